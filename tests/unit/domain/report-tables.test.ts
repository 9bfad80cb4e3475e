import { describe, expect, it } from "vitest";
import type { FrozenReport, FrozenTable } from "../../../electron/contract/frozen-report.ts";
import type { ReportScope } from "../../../electron/contract/reporting.ts";
import { composeReport } from "../../../electron/domain/reports/compose.ts";
import { reportDrafted } from "../../../electron/domain/reports/events.ts";
import { getReport } from "../../../electron/domain/reports/queries.ts";
import { describeComparison } from "../../../electron/publishing/comparison-words.ts";
import { publish } from "../../../electron/publishing/publish.ts";
import { CampaignJournal, sha256, type Ended } from "./campaign-journal.ts";

const tasks = ["a", "b", "c", "d"];
const attempts: readonly Ended[] = [
  { task: "a", score: 1 },
  { task: "b" },
  { task: "c", outcome: "model-error", score: null },
  { task: "d", outcome: "invalidated", score: 1 },
];

/** Two model versions planned on two packs; the first version ran on one of them, before the registration. */
function journal(): { journal: CampaignJournal; runId: string } {
  const made = new CampaignJournal();
  const [first = "", second = ""] = made.versions;
  const benchmarks = [made.benchmark("one", tasks), made.benchmark("two", ["x"])];
  made.plan(benchmarks, { modelVersionIds: [first, second], dueAt: 1_700_000_900_000 });
  const runId = made.log({ version: first, benchmark: benchmarks[0] ?? "", attempts });
  made.register();
  return { journal: made, runId };
}

function composed(on: CampaignJournal, scope: ReportScope): FrozenReport {
  const id = on.newId();
  const marking = { level: "cui", suffix: "" };
  const sections = [{ id: "all", heading: "All", guidance: "", markdown: "[[table:deviations]]" }];
  on.stands(reportDrafted.draft({ id, template: "evaluation", scope, title: "Round", marking, sections }));
  const report = getReport(on.model, id);
  if (report === null) throw new Error("no report");
  return composeReport(on, report, {
    at: Date.UTC(2026, 10, 21),
    tool: { name: "EvalVault", version: "1" },
    checkpoint: { size: 1, root: "00", note: "" },
    notice: "It advises.",
    signaturesRequired: 1,
    sha256,
    describe: describeComparison,
  });
}

function tableOf(report: FrozenReport, id: string): FrozenTable {
  const table = report.tables.find((one) => one.id === id);
  if (table === undefined) throw new Error(`no table ${id}`);
  return table;
}

function texts(table: FrozenTable, ...keys: string[]): string[][] {
  return table.rows.map((row) => keys.map((key) => row[key]?.text ?? "missing"));
}

describe("the tables of a report on a campaign", () => {
  it("show every cell and pool under all four denominators, with n, interval, method and unit", () => {
    const { journal: on } = journal();
    const table = tableOf(composed(on, { kind: "campaign", id: on.campaignId }), "denominators");
    const rows = texts(table, "model", "benchmark", "denominator", "planned", "n", "solved", "rate");
    const first = "Meridian-2 (0914, safeguards reduced)";
    expect(rows.slice(0, 4)).toEqual([
      [first, "Pack one", "Errors as failures, invalidated left out", "4", "3", "1", "0.333"],
      [first, "Pack one", "Errors left out, invalidated left out", "4", "2", "1", "0.500"],
      [first, "Pack one", "Errors as failures, invalidated counted", "4", "4", "2", "0.500"],
      [first, "Pack one", "Errors left out, invalidated counted", "4", "3", "2", "0.667"],
    ]);
    // Four cells, a pool for each version, one of all: four rows each.
    expect(rows).toHaveLength(7 * 4);
    expect(rows.at(-1)?.slice(0, 5)).toEqual([
      "All model versions",
      "All benchmarks",
      "Errors left out, invalidated counted",
      "10",
      "3",
    ]);
    expect(texts(table, "low", "high", "method", "unit")[0]).toEqual([
      "0.061",
      "0.792",
      "Wilson over tasks, 95 %",
      "tasks",
    ]);
    expect(texts(table, "n", "rate", "low", "method", "unit")[4]).toEqual(["0", "–", "–", "no interval", "–"]);
  });

  it("account for what was planned and never run, in the table and in the figure", () => {
    const { journal: on } = journal();
    const report = composed(on, { kind: "campaign", id: on.campaignId });
    expect(
      texts(tableOf(report, "ledger"), "benchmark", "planned", "solved", "modelError", "invalidated", "notRun"),
    ).toEqual([
      ["Pack one", "4", "1", "1", "1", "0"],
      ["Pack two", "1", "0", "0", "0", "1"],
      ["All benchmarks", "5", "1", "1", "1", "1"],
      ["Pack one", "4", "0", "0", "0", "4"],
      ["Pack two", "1", "0", "0", "0", "1"],
      ["All benchmarks", "5", "0", "0", "0", "5"],
      ["All benchmarks", "10", "1", "1", "1", "6"],
    ]);
    const figure = report.figures.find(({ id }) => id === "ledger");
    if (figure?.kind !== "ledger") throw new Error("no figure of the ledger");
    expect(figure.rows.map(({ ledger }) => [ledger.planned, ledger.notRun])).toEqual([
      [4, 0],
      [1, 1],
      [4, 4],
      [1, 1],
    ]);
  });

  it("list the deviations from the registered plan by themselves, and its hash", () => {
    const { journal: on, runId } = journal();
    const table = tableOf(composed(on, { kind: "campaign", id: on.campaignId }), "deviations");
    const row = on.model.get("SELECT registered_hash AS hash FROM campaign");
    expect(table.caption).toContain(`after the first result, SHA-256 ${String(row?.hash)}; 4 deviations.`);
    expect(texts(table, "severity", "kind", "run", "where")).toEqual([
      ["serious", "started before registration", "R-0001", "Meridian-2 (0914, safeguards reduced) · Pack one"],
      ["serious", "attempts not run", "–", "Meridian-2 (0914, safeguards reduced) · Pack two"],
      ["serious", "attempts not run", "–", "Meridian-2 (1002, safeguards reduced) · Pack one"],
      ["serious", "attempts not run", "–", "Meridian-2 (1002, safeguards reduced) · Pack two"],
    ]);
    expect(table.rows[0]?.since?.text).toMatch(/^2023-11-14 \d\d:\d\d UTC$/);
    // A report on the run says what it says itself, and the plan; one on the vault says all.
    expect(texts(tableOf(composed(on, { kind: "run", id: runId }), "deviations"), "run")[0]).toEqual(["R-0001"]);
    expect(tableOf(composed(on, { kind: "vault" }), "deviations").rows).toHaveLength(4);
  });

  it("are the same digits in the page, in report.json and in the CSV files", () => {
    const { journal: on } = journal();
    const report = composed(on, { kind: "campaign", id: on.campaignId });
    const files = new Map(publish(report).map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]));
    const page = files.get("report.html") ?? "";
    const csv = files.get("tables/denominators.csv") ?? "";
    expect(JSON.parse(files.get("report.json") ?? "null")).toMatchObject({ code: report.code });
    for (const row of tableOf(report, "denominators").rows.slice(0, 4)) {
      const text = (key: string): string => row[key]?.text ?? "missing";
      expect(page).toContain(`>${text("low")}</td>`);
      expect(csv).toContain([text("n"), text("solved"), text("rate"), text("low"), text("high")].join(","));
    }
    expect(csv).toContain("Wilson over tasks");
    expect(files.get("tables/deviations.csv")).toContain("started before registration");
  });
});
