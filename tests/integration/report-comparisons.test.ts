import "../faults/kill/quick-argon2.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { frozenReportSchema, type FrozenReport } from "../../electron/contract/frozen-report.ts";
import { machineNumber } from "../../electron/contract/number-text.ts";
import type { ReportScope } from "../../electron/contract/reporting.ts";
import { publish } from "../../electron/publishing/publish.ts";
import { attemptsOf, cell, scope, setting, strong, tasks, weak } from "./compared-sample.ts";
import { benchmark, run } from "./compared-vault.ts";
import { createVaultFor, ServiceClient, temporaryFolder } from "./service-client.ts";

/** Comparisons in reports: two versions on one benchmark, one of them also in a campaign that is kept apart. */

const folder = temporaryFolder();
const client = new ServiceClient(folder.path("profile"));
const names = [
  "pairs",
  "pass-at-k",
  "reliability",
  "time-horizon",
  "doubling-time",
  "cost",
  "tokens",
  "trend",
  "categories",
];
let campaignId = "";

beforeAll(async () => {
  await createVaultFor(client, folder.path("reports.evault"));
  const [lead] = await client.ask("members.list", {});
  const apart = await client.ask("compartments.add", {
    name: "Harvest",
    label: "Compartment 3",
    memberIds: [lead?.id ?? ""],
  });
  client.host.session.commit([...setting, benchmark("alone", tasks.slice(0, 6))]);
  const campaign = await client.ask("campaigns.plan", {
    name: "Harvest",
    question: "",
    decisionRule: "",
    modelVersionIds: ["strong", "idle"],
    benchmarkIds: ["bench"],
    epochs: 3,
    dueAt: null,
    compartment: apart.id,
  });
  campaignId = campaign.id;
  const kept = { ...cell, campaignId };
  client.host.session.commit([
    run({ ...cell, id: "run-weak", modelVersionId: "weak", attempts: weak }),
    run({ ...cell, id: "run-strong", modelVersionId: "strong", attempts: strong }),
    run({ ...cell, id: "run-alone", benchmarkId: "alone", modelVersionId: "weak", attempts: weak.slice(0, 18) }),
  ]);
  client.host.session.commit([
    run({ ...kept, id: "run-a1", modelVersionId: "strong", attempts: attemptsOf(400, 4) }),
    run({ ...kept, id: "run-a2", modelVersionId: "idle", attempts: attemptsOf(1, 5) }),
  ]);
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

async function drafted(of: ReportScope, markdown: string): Promise<string> {
  const report = await client.ask("reports.draft", { template: "evaluation", scope: of, title: "Compared" });
  for (const { id } of report.sections)
    await client.ask("reports.write", {
      reportId: report.id,
      sectionId: id,
      markdown: id === "results" ? markdown : "",
    });
  return report.id;
}

async function preview(reportId: string): Promise<FrozenReport> {
  return frozenReportSchema.parse(JSON.parse((await client.ask("reports.preview", { reportId })).json));
}

const lines = (kind: "figure" | "table", ids: readonly string[]): string =>
  ids.map((id) => `[[${kind}:${id}]]`).join("\n\n");

function filesOf(report: FrozenReport): Map<string, string> {
  return new Map(publish(report).map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]));
}

const comparisonsOf = (report: FrozenReport) =>
  report.figures.flatMap((figure) => (figure.kind === "comparison" ? [figure] : []));

describe("comparisons in a report", () => {
  it("are offered by their scope, and made only where a section places them", async () => {
    const id = await drafted({ kind: "vault" }, "");
    const { blocks } = await client.ask("reports.get", { reportId: id });
    const offered = blocks.map((block) => `${block.kind}:${block.id}`);
    for (const name of names) {
      expect(offered).toContain(`figure:${name}`);
      expect(offered).toContain(`table:${name}`);
      expect(offered).toContain(`figure:${name}-bench`);
    }
    expect(comparisonsOf(await preview(id))).toEqual([]);
  });

  it("stand with sentence, method with unit, denominator and the runs that they are of", async () => {
    const report = await preview(await drafted({ kind: "vault" }, lines("figure", names)));
    const figures = comparisonsOf(report);
    // Two versions on "bench"; "alone" has one, and so no pairs and no trend; nothing has a release day.
    expect(figures.map(({ id }) => id)).toEqual([
      "pairs-bench",
      "pass-at-k-alone",
      "pass-at-k-bench",
      "reliability-alone",
      "reliability-bench",
      "time-horizon-alone",
      "time-horizon-bench",
      "doubling-time",
      "cost-alone",
      "cost-bench",
      "tokens-alone",
      "tokens-bench",
      "trend-bench",
      "categories-alone",
      "categories-bench",
    ]);
    const pairs = figures[0];
    expect(pairs?.caption).toMatch(/differ|higher|lower|established/);
    expect(pairs?.provenance.method).toMatch(
      /clustered by task, t, 95 %.*Holm over 1 test.*Denominator: errors as failures/,
    );
    expect(pairs?.provenance.runs).toEqual(["R-0001", "R-0002"]);
    expect(pairs?.provenance.entries.first).toBeGreaterThan(0);
    expect(figures.find(({ id }) => id === "time-horizon-bench")?.provenance.method).toMatch(
      /hierarchical bootstrap, tasks, attempts, percentiles, 95 %, 1,000 draws, seed 1/,
    );
    const empty = figures.find(({ id }) => id === "doubling-time");
    expect(empty?.comparison).toBeNull();
    expect(empty?.caption).toMatch(/nothing to compare/);
  });

  it("hold no id of the vault and no task by name", async () => {
    const report = await preview(await drafted({ kind: "vault" }, lines("figure", names)));
    const json = JSON.stringify(comparisonsOf(report).map(({ comparison }) => comparison));
    for (const word of ["run-weak", "run-strong", "task-00", "-model"]) expect(json).not.toContain(word);
    expect(json).toContain('"id":"v1"');
  });

  it("are the digits of the page, in the file of pages, JSON, CSV and SVG, and the same bytes each time", async () => {
    const markdown = `${lines("figure", names)}\n\n${lines("table", names)}`;
    const id = await drafted({ kind: "campaign", id: campaignId }, markdown);
    const [report, again] = [await preview(id), await preview(id)];
    expect({ ...again, generatedAt: 0 }).toEqual({ ...report, generatedAt: 0 });
    const files = filesOf(report);
    expect(filesOf(report)).toEqual(files);
    const { rows } = await client.ask("comparisons.table", {
      ...scope,
      campaignId,
      modelVersionIds: ["idle", "strong"],
      kind: "pairs",
      baselineId: null,
      by: "category",
      measure: "cost",
      draws: 0,
    });
    const [pair] = rows;
    const difference = pair?.["difference"]?.text ?? "missing";
    expect(report.tables.find((table) => table.id === "pairs-bench")?.rows).toEqual(rows);
    expect(files.get("tables/pairs-bench.csv")).toContain(machineNumber(difference));
    for (const path of ["figures/pairs-bench.svg", "report.html"]) expect(files.get(path)).toContain(difference);
    expect(files.get("report.html")).toContain(`id="figure-time-horizon-bench"`);
    expect(files.get("report.html")).not.toContain("undefined");
  });

  it("of a whole vault are only of what all evaluators share, of a campaign kept apart only of that", async () => {
    const whole = await preview(await drafted({ kind: "vault" }, "[[figure:pairs]]\n\n[[table:pairs]]"));
    const apart = await preview(await drafted({ kind: "campaign", id: campaignId }, "[[figure:pairs]]"));
    expect(JSON.stringify(whole)).not.toContain("C3-");
    const [figure] = comparisonsOf(apart);
    expect(figure?.provenance.runs).toEqual(["C3-R-0001", "C3-R-0002"]);
    const [ofWhole] = comparisonsOf(whole);
    if (ofWhole?.comparison?.of !== "pairs") throw new Error("no pairs");
    const alone = strong.filter(({ score }) => score === 1).length / strong.length;
    expect(ofWhole.comparison.answer.pairs[0]?.rateA.rate).toBeCloseTo(alone, 12);
  });

  it("follow the data until the report is frozen, and then stay", async () => {
    const id = await drafted({ kind: "vault" }, "[[table:pairs-bench]]");
    const before = (await preview(id)).tables.find((table) => table.id === "pairs-bench");
    client.host.session.commit([run({ ...cell, id: "run-more", modelVersionId: "weak", attempts: attemptsOf(90, 7) })]);
    const after = (await preview(id)).tables.find((table) => table.id === "pairs-bench");
    expect(after?.rows).not.toEqual(before?.rows);
    await client.ask("reports.freeze", { reportId: id });
    client.host.session.commit([run({ ...cell, id: "run-late", modelVersionId: "weak", attempts: attemptsOf(1, 8) })]);
    expect((await preview(id)).tables.find((table) => table.id === "pairs-bench")).toEqual(after);
  });

  it("are named by a new report only where two versions were run on one benchmark", async () => {
    const sectionOf = async (of: ReportScope): Promise<string> => {
      const report = await client.ask("reports.draft", { template: "evaluation", scope: of, title: "New" });
      return report.sections.find(({ id }) => id === "results")?.markdown ?? "";
    };
    expect(await sectionOf({ kind: "vault" })).toContain("[[figure:pairs]]\n\n[[table:pairs]]");
    expect(await sectionOf({ kind: "campaign", id: campaignId })).toContain("[[figure:pairs]]");
    expect(await sectionOf({ kind: "run", id: "run-weak" })).not.toContain("pairs");
  });

  it("of one run are of its attempts alone", async () => {
    const report = await preview(
      await drafted({ kind: "run", id: "run-weak" }, lines("figure", ["pass-at-k", "pairs"])),
    );
    const [pass, pairs] = comparisonsOf(report).toSorted((a, b) => b.id.localeCompare(a.id));
    expect(pass?.provenance.runs).toEqual(["R-0001"]);
    expect([pass?.id, pairs?.id]).toEqual(["pass-at-k-bench", "pairs"]);
  });
});
