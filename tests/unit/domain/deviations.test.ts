import { describe, expect, it } from "vitest";
import { deviationKinds, type DeviationKind } from "../../../electron/contract/planning.ts";
import { benchmarkTasksFound } from "../../../electron/domain/benchmarks/events.ts";
import { campaignDeviations } from "../../../electron/domain/campaigns/deviations.ts";
import { CampaignJournal, sha256, type Ended } from "./campaign-journal.ts";

const tasks = ["crypto-1", "web-1", "web-2"];
const all: readonly Ended[] = tasks.map((task) => ({ task, score: 1 }));

/** A registered plan of one cell with three tasks, and what is needed to log into it. */
function registered(given: { epochs?: number; dueAt?: number; modelVersionIds?: string[] } = {}) {
  const journal = new CampaignJournal();
  const benchmark = journal.benchmark("small", tasks);
  journal.plan([benchmark], given);
  journal.register();
  const [version = ""] = journal.versions;
  return { journal, benchmark, version, cell: { version, benchmark } };
}

function kinds(journal: CampaignJournal, now?: number): DeviationKind[] {
  return journal.deviations(now).map((one) => one.kind);
}

const fields = { category: null, difficulty: null, humanMinutes: null, cve: null, points: null, cluster: null };

describe("deviations from a registered plan", () => {
  it("are none while it is kept, and none while it is not registered", () => {
    const { journal, cell } = registered();
    journal.log({ ...cell, attempts: all });
    expect(journal.deviations()).toEqual([]);
    const open = new CampaignJournal();
    const benchmark = open.benchmark("small", tasks);
    open.plan([benchmark], { epochs: 5 });
    open.log({ version: open.versions[0] ?? "", benchmark, attempts: all.slice(1) });
    expect(open.deviations()).toEqual([]);
  });

  it("started-before-registration: by the vault, or by what the log says of itself", () => {
    const early = new CampaignJournal();
    const benchmark = early.benchmark("small", tasks);
    early.plan([benchmark]);
    early.log({ version: early.versions[0] ?? "", benchmark, attempts: all });
    early.register();
    expect(kinds(early)).toEqual(["started-before-registration"]);

    const { journal, cell } = registered();
    const createdAt = 1_600_000_000_000;
    const id = journal.log({ ...cell, attempts: all, createdAt });
    expect(journal.deviations()).toMatchObject([
      {
        kind: "started-before-registration",
        severity: "serious",
        run: { id, code: "R-0001" },
        since: createdAt,
        where: "Meridian-2 (0914, safeguards reduced) · Pack small",
      },
    ]);
    expect(journal.deviations()[0]?.what).toBe("Its log says that it was started before the plan was registered.");
  });

  it("model-outside-plan, benchmark-outside-plan, benchmark-version", () => {
    const { journal, benchmark, version } = registered();
    const other = journal.benchmark("other", ["x"]);
    const newer = journal.benchmark("small", tasks, { version: "2" });
    journal.log({ version: journal.versions[1] ?? "", benchmark, attempts: all });
    journal.log({ version, benchmark: other, attempts: [{ task: "x" }] });
    journal.log({ version, benchmark: newer, attempts: all });
    expect(journal.deviations().map(({ kind, run }) => [kind, run?.code])).toEqual([
      ["model-outside-plan", "R-0001"],
      ["benchmark-version", "R-0003"],
      ["benchmark-outside-plan", "R-0002"],
    ]);
    expect(journal.deviations()[1]?.what).toMatch(
      /^It is of version 2 \([0-9a-f]{8}\) of the benchmark; version 1 \([0-9a-f]{8}\) was planned\.$/,
    );
  });

  it("epochs: another number than planned; several runs may make up the planned ones", () => {
    const { journal, cell } = registered({ epochs: 2 });
    journal.log({ ...cell, attempts: all });
    journal.log({ ...cell, attempts: all });
    expect(journal.deviations().map(({ kind, what }) => [kind, what])).toEqual([
      ["epochs", "It has 1 epoch; 2 were planned."],
      ["epochs", "It has 1 epoch; 2 were planned."],
    ]);
  });

  it("tasks-missing and tasks-added, by name", () => {
    const { journal, cell } = registered();
    journal.log({ ...cell, attempts: [{ task: "web-1" }, { task: "extra" }], planned: ["web-1", "web-2", "extra"] });
    expect(journal.deviations().map(({ kind, severity, what }) => [kind, severity, what])).toEqual([
      ["tasks-missing", "serious", "It lacks 1 of 3 planned tasks: crypto-1."],
      ["tasks-added", "notable", "It has 1 unplanned task: extra."],
    ]);
  });

  it("pack-changed: a benchmark known from logs that grew after the registration, and only then", () => {
    const journal = new CampaignJournal();
    const benchmark = journal.benchmark("grown", ["a"], { origin: "log" });
    const found = (id: string) =>
      benchmarkTasksFound.draft({ benchmarkId: benchmark, tasks: [{ id, title: id, ...fields }] });
    journal.stands(found("b"));
    journal.plan([benchmark]);
    journal.register();
    journal.log({ version: journal.versions[0] ?? "", benchmark, attempts: [{ task: "a" }, { task: "b" }] });
    expect(journal.deviations()).toEqual([]);
    const at = journal.now;
    journal.stands(found("c"));
    expect(journal.deviations()).toMatchObject([{ kind: "pack-changed", run: null, where: "Pack grown", since: at }]);
    expect(journal.deviations()[0]?.what).toBe(
      "Its pack had 2 tasks when the plan was registered; logs have named 1 more since.",
    );
  });

  it("run-duplicate: a run beyond the planned epochs; of accepted and other runs the accepted was planned", () => {
    const { journal, cell } = registered();
    journal.log({ ...cell, attempts: all });
    const second = journal.log({ ...cell, attempts: all });
    expect(journal.deviations()).toMatchObject([{ kind: "run-duplicate", severity: "serious", run: { id: second } }]);
    journal.state(second, "accepted");
    expect(journal.deviations()).toMatchObject([{ kind: "run-duplicate", run: { code: "R-0001" } }]);
    journal.state(second, "withdrawn");
    expect(kinds(journal)).toEqual(["run-withdrawn"]);
  });

  it("settings-differ: what differs from most runs of the benchmark, over all model versions", () => {
    const journal = new CampaignJournal();
    const benchmark = journal.benchmark("small", tasks);
    const [first = "", second = ""] = journal.versions;
    journal.plan([benchmark], { epochs: 3, modelVersionIds: [first, second] });
    journal.register();
    const settings = (tokens: number, temperature: number, connections: number) => ({
      limits: { tokens },
      tags: ["nightly"],
      settings: {
        generate: { temperature, max_connections: connections },
        config: { token_limit: tokens },
        solver: "react",
      },
    });
    const attempts = [1, 2, 3].flatMap((epoch) => all.map((one) => ({ ...one, epoch })));
    const log = (version: string, given: Record<string, unknown>, format = "inspect") =>
      journal.log({ version, benchmark, attempts, epochs: 3, settings: given, format });
    log(first, settings(1_000_000, 0.7, 10));
    expect(journal.deviations()).toEqual([]);
    log(second, settings(1_000_000, 0.7, 40));
    expect(journal.deviations()).toEqual([]);
    const third = log(second, settings(500_000, 1, 10));
    log(second, { limits: { tokens: 1_000_000 }, settings: { provider: "x" } }, "promptfoo");
    const differing = journal.deviations().filter((one) => one.kind === "settings-differ");
    expect(differing).toMatchObject([{ severity: "serious", run: { id: third } }]);
    expect(differing[0]?.what).toBe(
      "Other settings than in the other runs of its benchmark: limit of tokens 500,000, not 1,000,000; generate.temperature 1, not 0.7.",
    );
  });

  it("attempts-missing: once the plan is due, by cell, also of a cell that has no run", () => {
    const dueAt = 1_700_000_100_000;
    const { journal, cell } = registered({ epochs: 2, dueAt });
    expect(journal.deviations(dueAt)).toEqual([]);
    expect(journal.deviations(dueAt + 1)).toMatchObject([
      { kind: "attempts-missing", severity: "serious", run: null, since: dueAt },
    ]);
    const attempts = [...all, ...all.map((one) => ({ ...one, epoch: 2 })).slice(1)];
    journal.log({ ...cell, attempts, epochs: 2, planned: tasks });
    const [missing] = journal.deviations(dueAt + 1);
    expect(missing).toMatchObject({ kind: "attempts-missing", severity: "notable" });
    expect(missing?.what).toBe("1 of 6 planned attempts were not run when the plan was due.");
  });

  it("run-rejected and run-withdrawn say only that, since when, and whether it had been accepted", () => {
    const { journal, cell } = registered();
    const rejected = journal.log({ ...cell, attempts: all.slice(1) });
    const rejectedAt = journal.now;
    journal.state(rejected, "rejected");
    const accepted = journal.log({ ...cell, attempts: all });
    journal.state(accepted, "accepted");
    const withdrawnAt = journal.now;
    journal.state(accepted, "withdrawn");
    expect(journal.deviations()).toMatchObject([
      { kind: "run-withdrawn", severity: "serious", since: withdrawnAt, run: { id: accepted } },
      { kind: "run-rejected", severity: "notable", since: rejectedAt, run: { id: rejected } },
    ]);
    expect(journal.deviations()[0]?.what).toBe(
      "It was withdrawn after it had been accepted; its attempts are in no number.",
    );
  });

  it("depend on the read model alone: the same from the journal again", () => {
    const { journal, cell } = registered({ dueAt: 1_700_000_000_001 });
    const id = journal.log({ ...cell, attempts: all.slice(1), createdAt: 5 });
    journal.log({ ...cell, attempts: all, epochs: 2 });
    journal.state(id, "rejected");
    const again = campaignDeviations(journal.replayed(), journal.campaignId, { now: journal.now, sha256 });
    expect(again).toEqual(journal.deviations());
    expect(again.length).toBeGreaterThan(1);
    expect(again.every(({ kind }) => deviationKinds.includes(kind))).toBe(true);
  });

  it("run-withdrawn is slight where an import was undone: the run never counted", () => {
    const { journal, cell } = registered();
    const runId = journal.log({ ...cell, attempts: all });
    journal.stands({ type: "run.import-undone", v: 1, body: { runId, importId: "import-1" } });
    expect(journal.deviations()).toMatchObject([{ kind: "run-withdrawn", severity: "slight", run: { id: runId } }]);
  });

  it("plan-changed: the plan has not the hash that it was registered under", () => {
    const { journal } = registered();
    expect(journal.deviations()).toEqual([]);
    const other = (text: string) => sha256(`${text} changed`);
    expect(campaignDeviations(journal, journal.campaignId, { now: journal.now, sha256: other })).toMatchObject([
      { kind: "plan-changed", severity: "serious", where: "", run: null },
    ]);
  });
});
