import type { FrozenReport, FrozenTable, Provenance } from "../../../electron/contract/frozen-report.ts";
import {
  formatCount,
  formatIntervalMethod,
  formatRate,
  ledgerWords,
  ledgerOrder,
} from "../../../electron/contract/number-text.ts";
import { advisoryNotice, reportTemplates } from "../../../electron/contract/report-templates.ts";
import type { Ledger } from "../../../electron/contract/values.ts";

import { madeLedger, madeMatrix } from "../charts/chart-data.ts";

const provenance: Provenance = {
  runs: ["R-0001", "R-0002", "R-0003", "R-0004", "R-0005"],
  entries: { first: 12, last: 4182 },
  method:
    "Solve rates: errors as failures, invalidated left out; the method and unit of each interval stand beside it.",
};

type Cell = FrozenTable["rows"][number][string];
const words = (value: string): Cell => ({ value, text: value });
const whole = (value: number): Cell => ({ value, text: formatCount(value) });
const share = (value: number | null): Cell => ({ value, text: formatRate(value) });

const modelOf = (id: string): string => madeMatrix.modelVersions.find((model) => model.id === id)?.words ?? id;
const benchmarkOf = (id: string): string => madeMatrix.benchmarks.find((one) => one.id === id)?.title ?? id;

const resultsTable: FrozenTable = {
  id: "results",
  title: "Results: counts, rates, intervals",
  caption: "Errors count as failures; invalidated attempts are left out. A rate is the mean over tasks.",
  provenance,
  columns: [
    { key: "model", label: "Model version", unit: null, align: "start" },
    { key: "benchmark", label: "Benchmark", unit: null, align: "start" },
    { key: "n", label: "Attempts", unit: "n", align: "end" },
    { key: "solved", label: "Solved", unit: null, align: "end" },
    { key: "rate", label: "Solve rate", unit: null, align: "end" },
    { key: "low", label: "Low", unit: "95 %", align: "end" },
    { key: "high", label: "High", unit: "95 %", align: "end" },
    { key: "method", label: "Interval", unit: null, align: "start" },
  ],
  rows: madeMatrix.cells.map(({ modelVersionId, benchmarkId, rate }) => ({
    model: words(modelOf(modelVersionId)),
    benchmark: words(benchmarkOf(benchmarkId)),
    n: whole(rate.n),
    solved: whole(rate.solved),
    rate: share(rate.rate),
    low: share(rate.interval?.low ?? null),
    high: share(rate.interval?.high ?? null),
    method: words(formatIntervalMethod(rate.interval)),
  })),
};

const ledgers: readonly (readonly [string, Ledger])[] = madeMatrix.cells.map((cell, index) => [
  `${modelOf(cell.modelVersionId)} · ${benchmarkOf(cell.benchmarkId)}`,
  madeLedger(40, 3, 0.4, index + 1),
]);

const ledgerTable: FrozenTable = {
  id: "ledger",
  title: "Denominator ledger",
  caption: "Planned attempts by the one state that each ended in. Withheld attempts are counted as withheld.",
  provenance,
  columns: [
    { key: "name", label: "Model version · benchmark", unit: null, align: "start" },
    { key: "planned", label: "Planned", unit: null, align: "end" },
    ...ledgerOrder.map((key) => ({ key, label: ledgerWords[key], unit: null, align: "end" as const })),
  ],
  rows: ledgers.map(([name, ledger]) => ({
    name: words(name),
    planned: whole(ledger.planned),
    ...Object.fromEntries(ledgerOrder.map((key) => [key, whole(ledger[key])])),
  })),
};

const tasksTable: FrozenTable = {
  id: "tasks",
  title: "Tasks by model version",
  caption: "Attempts in the denominator and solved ones, task by task.",
  provenance: { ...provenance, runs: Array.from({ length: 30 }, (_, i) => `R-${String(i + 1).padStart(4, "0")}`) },
  columns: [
    { key: "task", label: "Task", unit: null, align: "start" },
    { key: "category", label: "Category", unit: null, align: "start" },
    { key: "minutes", label: "Human time", unit: "minutes", align: "end" },
    { key: "tokens", label: "Tokens", unit: null, align: "end" },
    { key: "change", label: "Change", unit: null, align: "end" },
  ],
  rows: Array.from({ length: 60 }, (_, i) => ({
    task: words(`Task ${String(i + 1)}`),
    category: words(["web", "crypto", "forensics"][i % 3] ?? ""),
    minutes: i % 7 === 0 ? { value: null, text: "–" } : whole(i * 13 + 2),
    tokens: whole(i * 2_371 + 412),
    change: { value: (i % 5) / 10 - 0.2, text: formatRate((i % 5) / 10 - 0.2) },
  })),
};

const summary = `**Meridian-2** (checkpoint 0914) was assessed with safeguards reduced and as deployed, on four public benchmarks.

- With safeguards reduced it solved 50 of 118 counted Cybench attempts.
- As deployed it solved far fewer; most of the difference are refusals.

The largest doubt is the *token limit*: five attempts ended there. See the [benchmark's page](https://example.org/cybench) and <https://example.org/x>.

| Limit | Value |
|---|---:|
| tokens | 200,000 |
| wall time | 45 min |

> Observed under the conditions stated, and no others.

\`\`\`
not a block in code:
[[figure:rates]]
\`\`\``;

const texts: Readonly<Record<string, string>> = {
  summary,
  purpose:
    "What can this model do by itself against systems of the kind that the benchmarks stand for?\n\n### Ruled in or out\n\nWritten down before the first result; see the annex.",
  protocol: "1. Scaffold: ReAct, version 4\n2. Network: none\n3. Limits: 200,000 tokens, 45 minutes",
};

/** A frozen report with real intervals on made-up runs: every block kind, every Markdown construct. */
export const sampleReport: FrozenReport = {
  schema: "evalvault-report-1",
  code: "EV-2026-0003",
  revision: 2,
  template: "evaluation",
  title: "Meridian-2: cyber capability, November 2026",
  marking: { level: "secret", suffix: "NOFORN" },
  notice: advisoryNotice,
  scope: "Campaign “Meridian-2 pre-release window”",
  preparedBy: "Lead A",
  signaturesRequired: 2,
  generatedAt: Date.UTC(2026, 10, 21, 14, 5),
  dataCutOff: Date.UTC(2026, 10, 20, 17, 42),
  tool: { name: "EvalVault", version: "0.1.0" },
  checkpoint: {
    size: 4182,
    root: "9c4177aef0a3c1d29b5e8f7061d24c3b9a8e7f6d5c4b3a29181706f5e4d3c2b1",
    note: "evalvault/3f2a\n4182\nnEF3rvCjwdKbXo9wYdJMO5qOf21cSzopGBcG9eTTwrE=\n\n— lead-a 9Q1x…\n",
  },
  models: [
    {
      words: "Meridian-2 (checkpoint 0914, safeguards reduced)",
      developer: "Northwind AI",
      name: "Meridian-2",
      checkpoint: "sha256:0914c2",
      safeguard: "reduced",
      access: "hosted weights",
      settings: "temperature 0.7, reasoning effort high",
    },
    {
      words: "Meridian-2 (checkpoint 0914, as deployed)",
      developer: "Northwind AI",
      name: "Meridian-2",
      checkpoint: "sha256:0914c2",
      safeguard: "as-deployed",
      access: "API",
      settings: "temperature 0.7",
    },
  ],
  benchmarks: madeMatrix.benchmarks.map(({ title, tasks }, index) => ({
    title,
    version: `${String(index + 1)}.0`,
    digest: "4be1f0".repeat(11).slice(0, 64),
    tasks: tasks ?? 0,
    licence: index === 0 ? "Apache-2.0" : null,
    source: null,
    scoring: "flag, 0 or 1",
  })),
  sections: reportTemplates.evaluation.sections.map(({ id, heading, markdown }) => ({
    id,
    heading,
    portion: id === "summary" ? "S//NF" : "",
    markdown: [texts[id] ?? "", markdown].filter((part) => part !== "").join("\n\n"),
  })),
  figures: [
    {
      id: "rates",
      kind: "rates",
      title: "Solve rate with interval, by model version and benchmark",
      caption: "Dot: solve rate over tasks. Line: 95 % interval; its method and unit are in the table of results.",
      provenance,
      rows: madeMatrix.cells.map(({ modelVersionId, benchmarkId, rate }) => ({
        label: `${modelOf(modelVersionId)} · ${benchmarkOf(benchmarkId)}`,
        rate,
      })),
    },
    {
      id: "ledger",
      kind: "ledger",
      title: "Every planned attempt, by state",
      caption: "Every planned attempt ends in exactly one state; the states add up to what was planned.",
      provenance,
      rows: ledgers.map(([label, ledger]) => ({ label, ledger })),
    },
    {
      id: "matrix",
      kind: "matrix",
      title: "Model versions × benchmarks",
      caption: "Solve rate by model version and benchmark, with the number of attempts that it rests on.",
      provenance,
      rows: madeMatrix.modelVersions.map((model) => model.words),
      columns: madeMatrix.benchmarks.map((benchmark) => benchmark.title),
      cells: madeMatrix.cells.map(({ modelVersionId, benchmarkId, rate }) => ({
        row: madeMatrix.modelVersions.findIndex((model) => model.id === modelVersionId),
        column: madeMatrix.benchmarks.findIndex((benchmark) => benchmark.id === benchmarkId),
        rate,
      })),
    },
  ],
  tables: [resultsTable, ledgerTable, tasksTable],
};
