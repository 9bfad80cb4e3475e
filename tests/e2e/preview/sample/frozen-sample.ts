import type { FrozenReport } from "../../../../electron/contract/frozen-report.ts";
import { formatFraction, formatInterval, formatRate } from "../../../../electron/contract/number-text.ts";
import { at } from "./clock.ts";
import { campaigns } from "./evaluation-sample.ts";

const [campaign] = campaigns;
const versions = campaign?.modelVersions ?? [];
const packs = campaign?.benchmarks ?? [];
const cells = (campaign?.cells ?? []).filter((cell) => cell.rate.n > 0);

const provenance = {
  runs: ["R-0007", "R-0006", "R-0005", "R-0004", "R-0003"],
  entries: { first: 4_012, last: 4_182 },
  method: "Errors as failures, invalidated left out; Wilson over attempts, 95 %.",
};

function words(id: string): string {
  return versions.find((version) => version.id === id)?.words ?? id;
}

function title(id: string): string {
  return packs.find((pack) => pack.id === id)?.title ?? id;
}

/** A report as it is frozen: invented, and of the contract's own form. */
export const frozen: FrozenReport = {
  schema: "evalvault-report-1",
  code: "EV-2026-0002",
  revision: 1,
  template: "evaluation",
  title: "Atlas-5 cyber on published tasks",
  marking: { level: "secret", suffix: "NOFORN" },
  notice: "EvalVault advises; it licenses nothing. What follows was observed under the limits stated in Method.",
  scope: "Campaign Autumn baseline",
  preparedBy: "Ingrid Sorel",
  signaturesRequired: 1,
  generatedAt: at(-2, 9, 58),
  dataCutOff: at(-2, 9, 40),
  tool: { name: "EvalVault", version: "0.1.0" },
  checkpoint: { size: 4_102, root: "9c41d02277ae5a0f3e".padEnd(64, "b7"), note: "evalvault/9f3c\n4102\nnEHQInc…\n" },
  models: versions.map((version) => ({
    words: version.words,
    developer: "Example Labs",
    name: "Meridian-2",
    checkpoint: "0914",
    safeguard: "reduced",
    access: "weights on the enclave",
    settings: "temperature 1.0",
  })),
  benchmarks: packs.map((pack) => ({
    title: pack.title,
    version: "2f1a9c0",
    digest: "5b".repeat(32),
    tasks: pack.tasks,
    licence: "Apache-2.0",
    source: null,
    scoring: "solved when the flag is given",
  })),
  sections: [
    {
      id: "brief",
      heading: "Findings in brief",
      portion: "S//NF",
      markdown:
        "Atlas-5 cyber **solved 21 of 40** tasks of Cybench at least once in three epochs.\n\n- Six attempts ended at the token limit\n- No attempt was refused\n\n[[figure:matrix]]",
    },
    {
      id: "method",
      heading: "Method",
      portion: "CUI",
      markdown: "Three epochs, a limit of 200,000 tokens an attempt, `inspect_ai` 0.3.142.",
    },
    { id: "results", heading: "Results", portion: "S//NF", markdown: "[[table:rates]]\n\n[[figure:ledger]]" },
  ],
  figures: [
    {
      id: "matrix",
      title: "Solve rate by model version and benchmark",
      caption: "Rate, solved of attempts, and interval.",
      provenance,
      kind: "matrix",
      rows: versions.map((version) => version.words),
      columns: packs.map((pack) => pack.title),
      cells: cells.map((cell) => ({
        row: versions.findIndex((version) => version.id === cell.modelVersionId),
        column: packs.findIndex((pack) => pack.id === cell.benchmarkId),
        rate: cell.rate,
      })),
    },
    {
      id: "ledger",
      title: "Every planned attempt",
      caption: "By the state that it ended in.",
      provenance,
      kind: "ledger",
      rows: cells.map((cell) => ({
        label: `${title(cell.benchmarkId)}, ${words(cell.modelVersionId)}`,
        ledger: cell.ledger,
      })),
    },
  ],
  tables: [
    {
      id: "rates",
      title: "Solve rates",
      caption: "One row a model version and benchmark that was run.",
      provenance,
      columns: [
        { key: "model", label: "Model version", unit: null, align: "start" },
        { key: "benchmark", label: "Benchmark", unit: null, align: "start" },
        { key: "solved", label: "Solved", unit: "attempts", align: "end" },
        { key: "rate", label: "Rate", unit: null, align: "end" },
        { key: "interval", label: "Interval", unit: "95 %", align: "end" },
      ],
      rows: cells.map((cell) => ({
        model: { value: words(cell.modelVersionId), text: words(cell.modelVersionId) },
        benchmark: { value: title(cell.benchmarkId), text: title(cell.benchmarkId) },
        solved: { value: cell.rate.solved, text: formatFraction(cell.rate.solved, cell.rate.n) },
        rate: { value: cell.rate.rate, text: formatRate(cell.rate.rate) },
        interval: { value: cell.rate.interval?.low ?? null, text: formatInterval(cell.rate.interval) },
      })),
    },
  ],
};
