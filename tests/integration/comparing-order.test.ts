import "../faults/kill/quick-argon2.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RequestInput, RequestName, RequestOutput } from "../../electron/contract/index.ts";
import type { Draft } from "../../electron/domain/event.ts";
import { cell, compared, flips, runs, scope, setting, strong, strongAgain, weak } from "./compared-sample.ts";
import { benchmark, run, version, type LoggedAttempt } from "./compared-vault.ts";
import { createVaultFor, ServiceClient, temporaryFolder } from "./service-client.ts";

let folder: ReturnType<typeof temporaryFolder>;
let client: ServiceClient;

beforeEach(() => {
  folder = temporaryFolder();
  client = new ServiceClient(folder.path("profile"));
});
afterEach(async () => {
  await client.close();
  folder.remove();
});

async function vaultWith(...drafts: readonly Draft[]): Promise<void> {
  await createVaultFor(client, folder.path(`${String(drafts.length)}.evault`));
  client.host.session.commit([...setting, ...drafts]);
}

async function measured(): Promise<void> {
  await vaultWith(runs.weak(weak), runs.strong(strong), runs.again(strongAgain));
}

describe("numbers at the edge of what can be stored", () => {
  it("never make an answer that is none", async () => {
    const edges = [1e-320, 1e-300, 1e-9, 1, 1e9, 1e300, 1.7e308];
    const drafts = ["huge", "flat"].map((id, place) =>
      run({
        ...cell,
        id: `run-${id}`,
        modelVersionId: id,
        benchmarkId: "edges",
        attempts: edges.flatMap((_, task) =>
          [1, 2, 3].map((epoch) => ({
            task: `edge-${String(task)}`,
            epoch,
            // The second one's success hardly falls with length: its horizon is beyond every double.
            score: (place === 0 ? task < 3 : (task + epoch) % 2 === 0) ? 1 : 0,
            cost: 1.7e308,
            totalTokens: 1.7e308,
            totalMs: 1e-320,
          })),
        ),
      }),
    );
    const facts = edges.map((humanMinutes, task) => ({ id: `edge-${String(task)}`, humanMinutes }));
    await vaultWith(...version("huge"), ...version("flat"), benchmark("edges", facts), ...drafts);
    const asked = { ...scope, benchmarkId: "edges", modelVersionIds: ["huge", "flat"] };
    const { horizons } = await client.ask("comparisons.horizons", { ...asked, draws: 30 });
    for (const { curve, horizons: own } of horizons) {
      expect([...curve, ...own].every(({ minutes }) => Number.isFinite(minutes))).toBe(true);
    }
    for (const measure of ["cost", "tokens", "time"] as const) {
      const { versions: spent } = await client.ask("comparisons.spending", { ...asked, measure });
      expect(spent[0]?.cost).toMatchObject({ total: null, perTask: null, perTaskInterval: null, perSolve: null });
      expect(spent[0]?.time.total).toBe(21 * 1e-320);
    }
    const table = { ...asked, baselineId: null, by: "human-time", measure: "cost", draws: 30 } as const;
    for (const kind of ["horizons", "spending", "groups"] as const) {
      expect((await client.ask("comparisons.table", { ...table, kind })).rows.length).toBeGreaterThan(0);
    }
  });
});

/** Everything that can be asked of two versions, without what names single runs. */
async function everything(of: ServiceClient): Promise<unknown[]> {
  const ask = async <N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> =>
    of.ask(name, input);
  const table = { ...compared, baselineId: null, by: "category", measure: "cost", draws: 40 } as const;
  const answers = [
    await ask("comparisons.pairs", { ...compared, baselineId: null }),
    await ask("comparisons.passCurves", compared),
    await ask("comparisons.horizons", { ...compared, draws: 40 }),
    await ask("comparisons.spending", { ...compared, measure: "cost" }),
    await ask("comparisons.groups", { ...compared, by: "human-time", together: true }),
    await ask("comparisons.reliability", { ...compared, halfWidth: 0.1, difference: 0.1, power: 0.9 }),
    await ask("comparisons.flips", { ...scope, a: "weak", b: "strong", ...flips }),
    await ask("comparisons.table", { ...table, kind: "horizons" }),
  ];
  const named = new Set(["runs", "attempt"]);
  return answers.map((answer): unknown =>
    JSON.parse(JSON.stringify(answer, (key, value: unknown) => (named.has(key) ? null : value))),
  );
}

describe("no order changes a number, to the last bit", () => {
  it("of imports, of attempts in a log, of epochs", async () => {
    await measured();
    const first = await everything(client);
    const renumbered = (attempts: readonly LoggedAttempt[]): LoggedAttempt[] =>
      attempts.map((one) => ({ ...one, epoch: 4 - one.epoch })).reverse();
    await client.close();
    client = new ServiceClient(folder.path("other"));
    await vaultWith(
      runs.again(renumbered(strongAgain)),
      runs.strong(strong.toReversed()),
      runs.weak(renumbered(weak)),
      ...version("more"),
    );
    expect(await everything(client)).toEqual(first);
  });

  it("of asking again, until something is added to the journal", async () => {
    await measured();
    const input = { ...compared, baselineId: null };
    const first = await client.ask("comparisons.pairs", input);
    expect(await client.ask("comparisons.pairs", input)).toEqual(first);
    const [attempt] = strong.filter(({ score }) => score === 1);
    if (attempt === undefined) throw new Error("something was solved");
    const { task, epoch } = attempt;
    await client.ask("attempts.invalidate", { runId: "run-s1", task, epoch, reason: "leaked" });
    const after = await client.ask("comparisons.pairs", input);
    expect(after.pairs[0]?.rateB.n).toBe(143);
    expect(after).not.toEqual(first);
  });

  it("of what is kept and what is unfolded: an invalidated attempt is out of every answer at once", async () => {
    await measured();
    const before = await client.ask("comparisons.flips", { ...scope, a: "weak", b: "strong", ...flips });
    await client.ask("comparisons.spending", { ...compared, measure: "tokens" });
    const solved = before.rows.find(({ a }) => a.solved === 1);
    const attempt = solved?.a.attempt;
    if (solved === undefined || attempt === null || attempt === undefined) throw new Error("a task was solved once");
    await client.ask("attempts.invalidate", {
      runId: attempt.runId,
      task: solved.task,
      epoch: attempt.epoch,
      reason: "the flag was in the prompt",
      code: "cheating",
    });
    const after = await client.ask("comparisons.flips", { ...scope, a: "weak", b: "strong", ...flips });
    const row = after.rows.find(({ task }) => task === solved.task);
    expect(row?.a).toMatchObject({ n: 2, solved: 0 });
    expect(row?.a.attempt).toMatchObject({ solved: false });
    expect(row?.a.attempt?.epoch).not.toBe(attempt.epoch);
    const { versions: spent } = await client.ask("comparisons.spending", { ...compared, measure: "tokens" });
    expect(spent[0]?.curve.points.at(-1)?.rate).toBe(spent[0]?.version.rate.rate);
    // It was made all the same: what it used up stays in the sums.
    expect(spent[0]?.tokens.attempts).toBe(72);
  });
});
