import type { ParsedInput, RequestOutput } from "../../../../electron/contract/index.ts";
import type { SearchHit, SearchState } from "../../../../electron/contract/searching.ts";
import { attemptRows } from "./attempt-sample.ts";
import { hitsIn } from "./transcript-sample.ts";

interface Search {
  readonly hits: readonly SearchHit[];
  readonly attempts: RequestOutput<"search.attempts">["attempts"];
  state: SearchState;
}

const searches = new Map<string, Search>();

const around = 80;

function hitsOfAttempt(
  input: ParsedInput<"search.transcripts">,
  task: string,
  attempt: number,
  firstPlace: number,
): SearchHit[] {
  return hitsIn(task, input).map(({ item, field, offset, length }, place) => {
    const text = item[field] ?? "";
    return {
      place: firstPlace + place,
      attempt,
      runId: "run-7",
      runCode: "R-0007",
      task,
      epoch: 2,
      index: item.index,
      kind: item.kind,
      title: item.title,
      field,
      offset,
      before: text.slice(Math.max(0, offset - around), offset),
      match: text.slice(offset, offset + length),
      after: text.slice(offset + length, offset + length + around),
    };
  });
}

/** "many" finds 10,000 and more; every other text is looked for in the transcripts of the sample. */
function tasksOf(input: ParsedInput<"search.transcripts">): readonly string[] {
  if (input.scope.kind === "attempt") return [input.scope.task];
  if (input.text === "mov") return ["dynastic"];
  return ["labyrinth-linguist", "urgent", "emoji-encoder"];
}

/** Starts a search of the sample; `finish` ends it. */
export function begin(input: ParsedInput<"search.transcripts">): {
  readonly state: SearchState;
  readonly finish: (isStopped: boolean) => SearchState;
} {
  const hits: SearchHit[] = [];
  const attempts: Search["attempts"] = [];
  for (const task of tasksOf(input)) {
    const found = hitsOfAttempt(input, task, attempts.length, hits.length);
    if (found.length === 0) continue;
    attempts.push({
      runId: "run-7",
      runCode: "R-0007",
      model: "Meridian-2 (checkpoint 0914, safeguards reduced)",
      benchmark: "Cybench",
      task,
      title: attemptRows.find((row) => row.task === task)?.title ?? task,
      epoch: 2,
      hits: found.length,
      firstHit: hits.length,
    });
    hits.push(...found);
  }
  const state: SearchState = {
    state: "running",
    hits: hits.length,
    kept: hits.length,
    attemptsWithHits: attempts.length,
    attempts: 120,
    bytes: 412_000_000,
    notSearched:
      input.scope.kind === "vault"
        ? [{ what: "compartment", name: null, count: 1, reason: "You may not read it." }]
        : [],
  };
  const search: Search = { hits, attempts, state };
  searches.set(input.searchId, search);
  return {
    state,
    finish: (isStopped) => {
      search.state = { ...state, state: isStopped ? "stopped" : "done" };
      return search.state;
    },
  };
}

export function hitPage({
  searchId,
  offset,
  limit,
  attempt,
}: ParsedInput<"search.hits">): RequestOutput<"search.hits"> | undefined {
  const search = searches.get(searchId);
  if (search === undefined) return undefined;
  const hits = attempt === undefined ? search.hits : search.hits.filter((hit) => hit.attempt === attempt);
  return { search: search.state, total: hits.length, hits: hits.slice(offset, offset + limit) };
}

export function attemptPage({
  searchId,
  offset,
  limit,
}: ParsedInput<"search.attempts">): RequestOutput<"search.attempts"> | undefined {
  const search = searches.get(searchId);
  if (search === undefined) return undefined;
  return {
    search: search.state,
    total: search.attempts.length,
    attempts: search.attempts.slice(offset, offset + limit),
  };
}

export function drop(searchId: string): void {
  searches.delete(searchId);
}
