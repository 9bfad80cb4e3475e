import type { ParsedInput } from "../../contract/index.ts";
import type { SearchState } from "../../contract/searching.ts";
import { readTranscript, TextMatcher, hitsInItem, type ItemHit } from "../../interchange/inspect/index.ts";
import type { RequestContext } from "../handlers.ts";
import { blobSource } from "../transcripts.ts";
import { attemptsInScope, logBlob, runsInScope } from "./scope.ts";
import type { Search } from "./searches.ts";

/** Searches a scope from end to end. */
export async function runSearch(
  context: RequestContext,
  search: Search,
  input: ParsedInput<"search.transcripts">,
): Promise<SearchState> {
  const { session } = context.host;
  const matcher = new TextMatcher(input);
  const { runs, missed } = runsInScope(session, input.scope);
  for (const one of missed) search.missed(one);
  for (const one of runs) {
    const blob = logBlob(session, one);
    if (typeof blob === "string") {
      search.missed({ what: "run", name: one.run.code, count: 1, reason: blob });
      continue;
    }
    for (const { facts, member } of attemptsInScope(session, one, input.scope)) {
      const hits: ItemHit[] = [];
      for (let offset = 0, total = 1; offset < total;) {
        const { task, epoch } = facts;
        const page = await readTranscript(
          blobSource(blob),
          "inspect",
          { task, epoch, member },
          { signal: context.signal, offset, limit: 1_000 },
        );
        for (const item of page.items) {
          const whole = { ...item, detail: item.detail ?? "", answers: null, time: null };
          for (const hit of hitsInItem(matcher, item.index, whole)) hits.push(hit);
        }
        ({ total } = page);
        offset += 1_000;
      }
      search.take(facts, { hits, total: hits.length, bytes: 0, problem: null });
    }
  }
  search.end("done");
  return search.state;
}
