import type { TableField, TimeUnit } from "../../contract/importing.ts";

/** What columns are called in the tables that people have: proposals only, a person has the last word. */

interface Proposal {
  readonly field: TableField;
  readonly confidence: number;
  readonly unit: TimeUnit | null;
}

/** Names by field, the surest first; each further one is a little less sure. */
const names: readonly (readonly [TableField, readonly string[]])[] = [
  [
    "task",
    [
      ...["task", "taskid", "taskname", "sampleid", "sample", "challenge", "challengeid", "challengename", "testcase"],
      ...["problem", "problemid", "instanceid", "questionid", "docid", "itemid", "item", "test", "id", "name"],
    ],
  ],
  ["epoch", ["epoch", "attempt", "attemptnumber", "attemptno", "trial", "repeat", "repetition", "iteration", "try"]],
  ["outcome", ["outcome", "outcomestate", "state", "status", "verdict"]],
  [
    "solved",
    ["solved", "success", "successful", "correct", "passed", "pass", "iscorrect", "issolved", "resolved", "result"],
  ],
  ["score", ["score", "value", "accuracy", "acc", "exactmatch", "grade", "reward", "points"]],
  ["scores", ["scores"]],
  ["inputTokens", ["inputtokens", "tokensin", "prompttokens", "tokensinput"]],
  ["outputTokens", ["outputtokens", "tokensout", "completiontokens", "tokensoutput"]],
  ["totalTokens", ["totaltokens", "tokens", "tokenstotal", "usagetotal", "ntokens"]],
  ["cost", ["cost", "costusd", "totalcost", "usd", "price"]],
  ["duration", ["totalms", "duration", "totaltime", "walltime", "elapsed", "runtime", "timetaken", "latency", "time"]],
  ["workingTime", ["workingms", "workingtime", "activetime"]],
  ["startedAt", ["startedat", "starttime", "started", "start", "timestamp", "createdat", "date"]],
  ["limit", ["limit", "limithit", "limitreached"]],
  ["error", ["error", "errormessage", "exception"]],
  ["invalidation", ["invalidation", "invalidated", "invalidationreason"]],
  ["messages", ["messages", "messagecount", "nmessages"]],
  ["retries", ["retries", "retrycount"]],
  ["category", ["category", "domain", "topic"]],
  ["difficulty", ["difficulty", "level"]],
  ["humanMinutes", ["humanminutes", "firstsolveminutes", "humantime"]],
  ["cluster", ["cluster", "clusterkey", "family", "cve"]],
  ["note", ["note", "notes", "comment", "comments", "remark", "explanation", "reason"]],
  ["model", ["model", "modelname", "modelid", "system"]],
  ["metadata", ["metadata"]],
  ["benchmark", ["benchmark", "suite", "dataset", "evaluation", "eval"]],
];

const units: readonly (readonly [RegExp, TimeUnit])[] = [
  [/(?:ms|millis|milliseconds|msec)$/, "ms"],
  [/(?:minutes|mins|min)$/, "min"],
  [/(?:seconds|secs|sec)$/, "s"],
  [/(?:hours|hrs)$/, "h"],
];

const byName: ReadonlyMap<string, { field: TableField; confidence: number }> = new Map(
  names.flatMap(([field, list]) =>
    list.map((name, place) => [name, { field, confidence: Math.max(0.5, 1 - place * 0.03) }] as const),
  ),
);

/** "Total Tokens (k)" → "totaltokensk"; "usage.total_tokens" → "usagetotaltokens". */
function bare(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** What is timed, by what stands before the unit in the column's name. */
function timedField(name: string, unit: TimeUnit): TableField | null {
  if (name === "human" || name === "firstsolve") return unit === "min" ? "humanMinutes" : null;
  if (name === "working") return "workingTime";
  if (name === "" || name === "total") return "duration";
  const field = byName.get(name)?.field;
  return field === "duration" || field === "workingTime" ? field : null;
}

function timeProposal(name: string): Proposal | null {
  for (const [pattern, unit] of units) {
    const rest = name.replace(pattern, "");
    const field = rest === name ? null : timedField(rest, unit);
    if (field !== null) return { field, confidence: 0.95, unit: field === "humanMinutes" ? null : unit };
  }
  return null;
}

/** A key inside an object says less than one of the row itself. */
const insideAnother = 0.9;

function namedProposal(name: string): Proposal | null {
  const known = byName.get(name);
  if (known === undefined) return null;
  return { ...known, unit: known.field === "duration" || known.field === "workingTime" ? "s" : null };
}

/** What a column of this name most likely is, null where nothing speaks for anything. */
export function proposeField(name: string): Proposal | null {
  const whole = bare(name);
  const last = bare(name.slice(name.lastIndexOf(".") + 1));
  for (const candidate of new Set([whole, last])) {
    const proposal = timeProposal(candidate) ?? namedProposal(candidate);
    if (proposal === null) continue;
    return candidate === whole ? proposal : { ...proposal, confidence: proposal.confidence * insideAnother };
  }
  return null;
}
