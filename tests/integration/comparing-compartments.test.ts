import "../faults/kill/quick-argon2.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comparePairs } from "../../electron/domain/comparisons/pairs.ts";
import { talliedVersions, versionsInScope } from "../../electron/domain/comparisons/versions.ts";
import { attemptsOf, cell, scope, setting, strong, weak } from "./compared-sample.ts";
import { run } from "./compared-vault.ts";
import { createVaultFor, ServiceClient, temporaryFolder } from "./service-client.ts";

/** What is kept apart is in no number of the rest: one version has a run on either side, another a log on both. */

const folder = temporaryFolder();
const client = new ServiceClient(folder.path("profile"));
const shared = 2;
let apart = 0;

beforeAll(async () => {
  await createVaultFor(client, folder.path("apart.evault"));
  const [lead] = await client.ask("members.list", {});
  const made = await client.ask("compartments.add", {
    name: "Harvest",
    label: "Compartment 3",
    memberIds: [lead?.id ?? ""],
  });
  apart = made.id;
  const plan = { modelVersionIds: ["strong"], benchmarkIds: ["bench"], epochs: 3, dueAt: null };
  const words = { name: "Harvest", question: "", decisionRule: "" };
  client.host.session.commit([...setting]);
  const { id: campaignId } = await client.ask("campaigns.plan", { ...words, ...plan, compartment: apart });
  const kept = { ...cell, modelVersionId: "strong", campaignId };
  client.host.session.commit([
    run({ ...kept, id: "run-a0", attempts: strong }),
    run({ ...kept, id: "run-a1", attempts: attemptsOf(400, 4) }),
  ]);
  client.host.session.commit([
    run({ ...cell, id: "run-weak", modelVersionId: "weak", attempts: weak }),
    run({ ...cell, id: "run-strong", modelVersionId: "strong", attempts: strong }),
  ]);
  // As where somebody who does not read what is kept apart took in the same log, and handed it over.
  client.host.session.model.run(
    "INSERT INTO run_log SELECT log_key, 'run-strong', sha256 FROM run_log WHERE run = 'run-a0'",
  );
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

const codesOf = (compartment: number | undefined): string[][] =>
  versionsInScope(client.host.session, { ...scope, compartment }).map(({ version }) =>
    version.runs.map(({ code }) => code),
  );

describe("a comparison of one compartment", () => {
  it("is of the runs in it alone, also where the same log was taken in on both sides", () => {
    expect(codesOf(shared)).toEqual([["R-0002"], ["R-0001"]]);
    expect(codesOf(apart)).toEqual([["C3-R-0001", "C3-R-0002"]]);
    // Who asks of everything that they read counts each log once.
    expect(codesOf(undefined).map((codes) => codes.length)).toEqual([2, 1]);
  });

  it("gives what it would give if there were nothing else", () => {
    const compared = { ...scope, modelVersionIds: ["weak", "strong"], baselineId: null };
    const answers = [{ ...compared, compartment: shared }, compared].map((input) => {
      const steps = comparePairs(client.host.session, input);
      for (;;) {
        const step = steps.next();
        if (step.done === true) return step.value.pairs[0];
      }
    });
    const [alone, all] = answers;
    expect(alone?.rateB).toMatchObject({ n: 72, rate: strong.filter(({ score }) => score === 1).length / 72 });
    expect(all?.rateB.n).toBe(144);
    expect(all?.difference).not.toBe(alone?.difference);
  });

  it("can be of one run", () => {
    const [only] = talliedVersions(client.host.session, { ...scope, runId: "run-a1", modelVersionIds: ["strong"] });
    expect(only?.version.runs.map(({ code }) => code)).toEqual(["C3-R-0002"]);
    expect(only?.version.rate.n).toBe(72);
  });
});
