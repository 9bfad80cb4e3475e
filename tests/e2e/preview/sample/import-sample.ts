import { importStatuses, type ImportedFile, type ImportStatus } from "../../../../electron/contract/importing.ts";
import type { ParsedInput, RequestOutput } from "../../../../electron/contract/index.ts";
import { at } from "./clock.ts";
import { imports } from "./evaluation-sample.ts";

/** Imports as the preview shows them: what became of files, and a table on its way in. */

type Mapping = NonNullable<ParsedInput<"imports.previewTable">["mapping"]>;
type Preview = RequestOutput<"imports.previewTable">;

const nothing: ImportedFile = {
  file: "",
  folder: "",
  sha256: "ab".repeat(32),
  status: "refused",
  part: "",
  run: null,
  task: null,
  model: null,
  attempts: 0,
  lost: [],
  reason: null,
  metrics: [],
  into: null,
  handle: null,
};

const files: readonly ImportedFile[] = [
  ...imports.map(({ at: _at, ...file }) => file),
  { ...nothing, file: "results-autumn.csv", folder: "tables", status: "table", handle: "file-previewtable1" },
  {
    ...nothing,
    file: "cybench_meridian-2_7_part2.eval",
    folder: "parts",
    status: "merged",
    run: "run-7",
    task: "cybench",
    model: "example/meridian-2",
    attempts: 42,
    into: "cybench_meridian-2_7.eval",
  },
  { ...nothing, file: "results.json", folder: "lm-eval", status: "part-of", into: "samples_ctf.jsonl" },
  { ...nothing, file: "README.md", status: "not-a-log", reason: "It is no log that a reader knows." },
  {
    ...nothing,
    // What a file may call itself: reordered by the page, were it not made visible.
    file: `report\u202egpj.exe\u2066 ${"very-long-name-".repeat(20)}.eval`,
    folder: "../../etc/\u0007",
    reason: `The archive's directory names <img src=x onerror=alert(1)> outside of it.`,
  },
];

function sums(list: readonly ImportedFile[]): RequestOutput<"imports.logs">["sums"] {
  const count = (status: ImportStatus): number => list.filter((file) => file.status === status).length;
  const none = {
    imported: 0,
    salvaged: 0,
    duplicate: 0,
    merged: 0,
    "part-of": 0,
    table: 0,
    "not-a-log": 0,
    refused: 0,
  };
  const byStatus = Object.fromEntries(importStatuses.map((status) => [status, count(status)]));
  return {
    files: list.length,
    byStatus: { ...none, ...byStatus },
    runs: count("imported") + count("salvaged"),
    attempts: list.reduce((sum, file) => sum + (file.status === "duplicate" ? 0 : file.attempts), 0),
  };
}

const report = { id: "import-1", at: at(0, 8, 55), cancelled: false };

export const importReport: RequestOutput<"imports.logs"> = { ...report, files: [...files], sums: sums(files) };

/** As many as one import may hold. */
export function manyFiles(): RequestOutput<"imports.logs"> {
  const many = Array.from({ length: 10_000 }, (_, place): ImportedFile => {
    const file = files[place % files.length] ?? nothing;
    return { ...file, file: `${String(place).padStart(5, "0")}_${file.file}`, folder: `batch-${String(place % 40)}` };
  });
  return { ...report, files: many, sums: sums(many) };
}

const heads = ["challenge", "attempt", "verdict", "points", "seconds", "tokens_total", "analyst", "host", "model"];
const examples: readonly (readonly string[])[] = [
  ["Flag Command", "network-tools", "Labyrinth Linguist"],
  ["1", "2", "3"],
  ["solved", "gave up", "timed out"],
  ["1", "0", "0,5"],
  ["250", "1.864", "3.600"],
  ["12.408", "61.300"],
  ["T. Reyes", "M. Lindqvist"],
  ["enclave-04", "enclave-07"],
  ["example/meridian-2"],
];

const proposed: Mapping = {
  format: "csv",
  delimiter: ";",
  header: true,
  decimal: ",",
  columns: heads.map((name, index) => ({
    index,
    name,
    field:
      (["task", "epoch", "outcome", "score", "duration", "totalTokens", null, null, "model"] as const)[index] ?? null,
    unit: name === "seconds" ? "s" : null,
  })),
  outcomes: [],
  firstEpoch: 1,
  model: "",
  benchmark: "results-autumn",
};

const refusedRows: Preview["refused"] = [
  { line: 14, reason: "outcome-unknown", column: "verdict", text: "gave up" },
  { line: 31, reason: "outcome-unknown", column: "verdict", text: "gave up" },
  { line: 58, reason: "score-invalid", column: "points", text: "see note \u202e" },
  { line: 77, reason: "duplicate-attempt", column: "challenge", text: "network-tools" },
  { line: 90, reason: "too-many-cells", column: null, text: "" },
];

const taken: Preview["rows"] = Array.from({ length: 50 }, (_, place) => ({
  line: place + 2,
  model: "example/meridian-2",
  benchmark: "results-autumn",
  attempt: {
    ...{ task: ["Flag Command", "network-tools", "Labyrinth Linguist"][place % 3] ?? "", epoch: 1 + (place % 3) },
    ...{ outcome: place % 7 === 3 ? ("limit-reached" as const) : ("scored" as const), score: place % 2 },
    ...{ scores: [], inputTokens: null, outputTokens: null, totalTokens: 12_408, cost: null },
    ...{ totalMs: 250_000 + place * 1_000, workingMs: null, startedAt: null, limit: null, error: null },
    ...{ invalidation: null, messages: null, retries: 0, member: null, cluster: null, note: "", metadata: {}, file: 0 },
  },
  task: { category: null, difficulty: null, humanMinutes: null },
  cut: 0,
}));

/** A dry run of the sample's table: "gave up" is a word that nobody knows until it is said what it means. */
export function tablePreview(mapping: Mapping | null): Preview {
  const used = mapping ?? proposed;
  const said = used.outcomes.find(({ text }) => text === "gave up");
  const refused = said === undefined ? refusedRows : refusedRows.filter(({ text }) => text !== "gave up");
  const hasTask = used.columns.some(({ field }) => field === "task");
  const rows = 121;
  const byReason: Preview["counts"]["byReason"] = {};
  for (const { reason } of refused) byReason[reason] = (byReason[reason] ?? 0) + 1;
  const counts = {
    rows,
    taken: rows - refused.length,
    refused: refused.length,
    byReason,
    cut: 0,
    tasks: 40,
    epochs: 3,
  };
  const none = { rows: 0, taken: 0, refused: 0, byReason: {}, cut: 0, tasks: 0, epochs: 0 };
  const meaning = said === undefined ? null : { outcome: said.outcome, score: said.score };
  return {
    columns: heads.map((name, index) => ({
      index,
      name,
      examples: [...(examples[index] ?? [])],
      confidence: [1, 0.97, 0.9, 0.7, 0.95, 0.94, 0, 0, 1][index] ?? 0,
    })),
    mapping: used,
    unfit: hasTask ? null : "No column names the tasks: choose one.",
    refused: hasTask ? refused : [],
    rows: hasTask ? taken : [],
    counts: hasTask ? counts : none,
    words: [
      { text: "solved", rows: 61, meaning: { outcome: "scored", score: 1 } },
      { text: "failed", rows: 48, meaning: { outcome: "scored", score: 0 } },
      { text: "timed out", rows: 9, meaning: { outcome: "limit-reached", score: null } },
      { text: "gave up", rows: 2, meaning },
    ],
    runs: hasTask ? [{ model: "example/meridian-2", benchmark: "results-autumn", attempts: counts.taken }] : [],
    known: null,
  };
}
