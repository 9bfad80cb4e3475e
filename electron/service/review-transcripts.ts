import type { ParsedInput, RequestOutput } from "../contract/index.ts";
import { Refusal } from "../domain/refusal.ts";
import { findItem } from "../domain/reviews/item.ts";
import { maskDeep } from "../domain/reviews/masking.ts";
import { maskFor, showsNames } from "../domain/reviews/sight.ts";
import type { RequestContext } from "./handlers.ts";
import { transcriptPage } from "./transcripts.ts";

const maskedNote =
  "Names of the model, its developer, its checkpoint and its run are hidden in this round; the text may still tell in other words which model it is.";

/** A page of the transcript of an item under review, by an address that does not tell its run. */
export async function reviewTranscript(
  context: RequestContext,
  { roundId, item: place, offset, limit }: ParsedInput<"reviews.transcript">,
): Promise<RequestOutput<"reviews.transcript">> {
  const { session } = context.host;
  const { round, item, run } = findItem(session.model, { roundId, item: place });
  const mask = maskFor(session, round, run);
  const page = await transcriptPage(context, run, { task: item.task, epoch: item.epoch, offset, limit }).catch(
    (error: unknown) => {
      throw error instanceof Refusal ? new Refusal(error.code, mask(error.subject), mask(error.message)) : error;
    },
  );
  if (showsNames(round)) return { ...page, masked: false };
  const { total, items, notes } = page;
  const hidden = items.map((one) => ({
    ...one,
    title: mask(one.title),
    text: mask(one.text),
    detail: one.detail === null ? null : mask(one.detail),
    calls: maskDeep(one.calls, mask),
  }));
  return { total, items: hidden, notes: [maskedNote, ...notes.map(mask)], masked: true };
}
