import type { transcriptRequests } from "../../contract/transcripts.ts";
import { Refusal } from "../../domain/refusal.ts";
import { runFacts, type RunFacts } from "../../domain/runs/state.ts";
import type { Handlers } from "../handlers.ts";
import type { Host } from "../host.ts";
import { closeTranscript, transcriptItem, transcriptOutline, transcriptPage } from "../transcripts.ts";

function facts(host: Host, runId: string): RunFacts {
  const run = runFacts(host.session.model, runId);
  if (run === null) throw new Refusal("not-found", "the run");
  return run;
}

export const transcriptHandlers: Handlers<keyof typeof transcriptRequests> = {
  "attempts.transcript": (context, input) => transcriptPage(context, facts(context.host, input.runId), input),

  "transcripts.outline": (context, input) => transcriptOutline(context, facts(context.host, input.runId), input),

  "transcripts.item": (context, input) => transcriptItem(context, facts(context.host, input.runId), input),

  "transcripts.close": (context, input) => closeTranscript(context, facts(context.host, input.runId), input),
};
