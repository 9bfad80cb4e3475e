import { describe, expect, it } from "vitest";
import { headlinePolicy } from "../../../electron/contract/values.ts";
import { deviationsTable } from "../../../electron/domain/reports/plan-tables.ts";
import { runStarted } from "../../../electron/domain/runs/events.ts";
import { CampaignJournal, type PlanGiven } from "./campaign-journal.ts";

/** Runs whose logs state other limits or another elicitation than the registered plan. */

function registered(given: PlanGiven) {
  const journal = new CampaignJournal();
  const benchmark = journal.benchmark("small", ["a", "b"]);
  journal.plan([benchmark], { epochs: 9, ...given });
  journal.register();
  const [version = ""] = journal.versions;
  const attempts = ["a", "b"].map((task) => ({ task, score: 1 }));
  const log = (settings: Record<string, unknown>, format = "inspect") =>
    journal.log({ version, benchmark, attempts, epochs: 9, settings, format });
  /** [kind, severity, what], but for what the size of the runs comes to. */
  const found = () =>
    journal
      .deviations()
      .filter(({ kind }) => kind !== "run-duplicate")
      .map(({ kind, severity, what }) => [kind, severity, what]);
  return { journal, benchmark, version, log, found };
}

const inspect = (limits: Record<string, number>, generate: object = {}, more: object = {}) => ({
  limits,
  settings: { generate, ...more },
});

describe("limits of a registered plan", () => {
  it("are kept by a log that states the same", () => {
    const { log, found } = registered({ limits: { token_limit: 500_000, time_limit: 60, cost_limit: 2.5 } });
    log(inspect({ tokens: 500_000, seconds: 60, dollars: 2.5, messages: 7 }));
    expect(found()).toEqual([]);
  });

  it.each([
    ["message_limit", "messages", "Message limit: 10 messages planned, 20 messages in the log."],
    ["turn_limit", "turns", "Turn limit: 10 turns planned, 20 turns in the log."],
    ["token_limit", "tokens", "Token limit: 10 tokens planned, 20 tokens in the log."],
    ["time_limit", "seconds", "Time limit: 10 seconds planned, 20 seconds in the log."],
    ["working_limit", "workingSeconds", "Working time limit: 10 seconds planned, 20 seconds in the log."],
    ["cost_limit", "dollars", "Cost limit: 10 US dollars planned, 20 US dollars in the log."],
  ] as const)("%s differs: a serious deviation with both values", (name, key, what) => {
    const { log, found } = registered({ limits: { [name]: 10 } });
    log(inspect({ [key]: 20 }));
    expect(found()).toEqual([["limits-differ", "serious", what]]);
  });

  it("are in one line a run, several of them", () => {
    const { log, found } = registered({ limits: { token_limit: 1_000_000, message_limit: 50 } });
    log(inspect({ tokens: 500_000, messages: 40 }));
    expect(found()).toEqual([
      [
        "limits-differ",
        "serious",
        "Message limit: 50 messages planned, 40 messages in the log; Token limit: 1,000,000 tokens planned, 500,000 tokens in the log.",
      ],
    ]);
  });

  it("that a log does not state are slight", () => {
    const { log, found } = registered({ limits: { token_limit: 10, time_limit: 5 } });
    log(inspect({ tokens: 10 }));
    expect(found()).toEqual([
      ["protocol-not-stated", "slight", "Its log does not state what the plan says of time limit."],
    ]);
  });

  it("are not compared between logs where the plan says them: who keeps to it is not the odd one", () => {
    const { log, found } = registered({ limits: { token_limit: 10 } });
    log(inspect({ tokens: 10, messages: 5 }));
    log(inspect({ tokens: 20, messages: 5 }));
    log(inspect({ tokens: 20, messages: 6 }));
    expect(found().map(([kind, , what]) => [kind, what])).toEqual([
      ["limits-differ", "Token limit: 10 tokens planned, 20 tokens in the log."],
      ["limits-differ", "Token limit: 10 tokens planned, 20 tokens in the log."],
      ["settings-differ", "Other settings than in the other runs of its benchmark: limit of messages 6, not 5."],
    ]);
  });
});

describe("elicitation of a registered plan", () => {
  it("is kept under the name that the harness gives the scaffold", () => {
    const said = { scaffold: "React", temperature: 0.7, reasoningEffort: "High" };
    const { log, found } = registered({ elicitation: said });
    log(inspect({}, { temperature: 0.7, reasoning_effort: "high" }, { solver: "inspect_ai/react" }));
    expect(found()).toEqual([]);
    const steps = registered({ elicitation: { scaffold: "basic_agent" } });
    steps.log(inspect({}, {}, { steps: ["use_tools", "basic_agent"] }));
    expect(steps.found()).toEqual([]);
  });

  it("differs: a notable deviation with both values", () => {
    const { log, found } = registered({
      elicitation: { scaffold: "react", temperature: 0.7, reasoningEffort: "high" },
    });
    log(inspect({}, { temperature: 1, reasoning_effort: "low" }, { solver: "basic_agent" }));
    expect(found()).toEqual([
      [
        "elicitation-differs",
        "notable",
        "Scaffold: react planned, basic_agent in the log; Temperature: 0.7 planned, 1 in the log; Reasoning effort: high planned, low in the log.",
      ],
    ]);
  });

  it("of logs of other harnesses is read where they state it", () => {
    const { log, found } = registered({ elicitation: { temperature: 0, prompt: "short" } });
    log({ limits: {}, settings: { provider: { config: { temperature: 0.2 } }, prompt: "long" } }, "promptfoo");
    log({ limits: {}, settings: { gen_kwargs: { temperature: 0 } } }, "lm-evaluation-harness");
    expect(found()).toEqual([
      [
        "elicitation-differs",
        "notable",
        "Prompt variant: short planned, long in the log; Temperature: 0 planned, 0.2 in the log.",
      ],
      ["protocol-not-stated", "slight", "Its log does not state what the plan says of prompt variant."],
    ]);
  });

  it("that no log can state is slight, and so is everything of a run that was logged by hand", () => {
    const { journal, log, found, version, benchmark } = registered({
      limits: { token_limit: 10 },
      elicitation: { tools: "bash", network: "none", humanHelp: "none", scaffoldVersion: "2" },
    });
    log(inspect({ tokens: 10 }));
    const { campaignId } = journal;
    const cell = { modelVersionId: version, benchmarkId: benchmark, campaignId, epochs: 9 };
    journal.stands(runStarted.draft({ id: journal.newId(), ...cell }));
    expect(found()).toEqual([
      [
        "protocol-not-stated",
        "slight",
        "Its log does not state what the plan says of scaffold version, tools, network, human help.",
      ],
      [
        "protocol-not-stated",
        "slight",
        "It was logged by hand: no log states what the plan says of token limit, scaffold version, tools, network, human help.",
      ],
    ]);
  });
});

it("says of a rejected run only that, and of hostile settings nothing wrong", () => {
  const { journal, log, found } = registered({ limits: { token_limit: 10 }, elicitation: { scaffold: "constructor" } });
  const rejected = log(inspect({ tokens: 20 }));
  journal.state(rejected, "rejected");
  expect(found().map(([kind]) => kind)).toEqual(["run-rejected"]);
  log({ limits: [10], settings: null }, "other");
  log({ limits: { tokens: "10" }, settings: { solver: { constructor: 1 } } });
  expect(found().map(([kind]) => kind)).toEqual(["run-rejected", "protocol-not-stated", "protocol-not-stated"]);
});

it("stands in the report's table of deviations in the same words", () => {
  const { journal, log } = registered({ limits: { token_limit: 10 } });
  log(inspect({ tokens: 20 }));
  const deviations = journal.deviations();
  const registration = { hash: "", at: 0, beforeFirstResult: true };
  const plans = [{ name: "Autumn", registered: registration, deviations }];
  const matrix = { policy: headlinePolicy, modelVersions: [], benchmarks: [], cells: [] };
  const provenance = { runs: [], entries: { first: 0, last: 0 }, method: "" };
  const [row] = deviationsTable({ runs: [], matrix, pooled: [], plans, provenance }).rows;
  expect(row).toMatchObject({
    kind: { text: "other limits than planned" },
    severity: { text: "serious" },
    what: { text: "Token limit: 10 tokens planned, 20 tokens in the log." },
    run: { text: "R-0001" },
  });
});
