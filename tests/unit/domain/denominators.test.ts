import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outcomeStates } from "../../../electron/contract/attempt.ts";
import { ledgerOrder } from "../../../electron/contract/number-text.ts";
import type { PooledRates } from "../../../electron/contract/planning.ts";
import type { Ledger, PolicyRate, Rate } from "../../../electron/contract/values.ts";
import { campaignDenominators } from "../../../electron/domain/campaigns/denominators.ts";
import { getCampaign } from "../../../electron/domain/campaigns/queries.ts";
import { getRun } from "../../../electron/domain/runs/queries.ts";
import { CampaignJournal, type Ended } from "./campaign-journal.ts";

const packs = { one: ["a", "b", "c"], two: ["a", "x"] } as const;
const epochs = 2;

function lines(journal: CampaignJournal): PooledRates[] {
  const campaign = getCampaign(journal, journal.campaignId);
  if (campaign === null) throw new Error("no campaign");
  return campaignDenominators(journal, campaign);
}

function campaign(): { journal: CampaignJournal; benchmarks: string[]; versions: readonly [string, string] } {
  const journal = new CampaignJournal();
  const cluster = (task: string) => (task === "x" ? null : "family");
  const benchmarks = [journal.benchmark("one", packs.one), journal.benchmark("two", packs.two, { cluster })];
  const [first = "", second = ""] = journal.versions;
  journal.plan(benchmarks, { epochs, modelVersionIds: [first, second] });
  return { journal, benchmarks, versions: [first, second] };
}

function four(rates: readonly PolicyRate[]): [Rate, Rate, Rate, Rate] {
  const [headline, left, counted, both] = rates.map(({ rate }) => rate);
  if (headline === undefined || left === undefined || counted === undefined || both === undefined)
    throw new Error("not four");
  expect(rates.map(({ errors, invalidated }) => `${errors} ${invalidated}`)).toEqual([
    "as-failures left-out",
    "left-out left-out",
    "as-failures counted",
    "left-out counted",
  ]);
  return [headline, left, counted, both];
}

function total(ledger: Ledger): number {
  return ledgerOrder.reduce((sum, state) => sum + ledger[state], 0);
}

/** What holds of any attempts under the four policies, by what each of them counts. */
function relate(ledger: Ledger, rates: readonly PolicyRate[]): void {
  const [headline, left, counted, both] = four(rates);
  const errors = ledger.unscored + ledger.modelError + ledger.infrastructureFault;
  expect(total(ledger)).toBe(ledger.planned);
  expect(headline.n).toBe(ledger.planned - ledger.invalidated - ledger.withheld - ledger.notRun);
  expect(left.n).toBe(headline.n - errors);
  expect(counted.n).toBe(headline.n + ledger.invalidated);
  expect(both.n).toBe(left.n + ledger.invalidated);
  expect(headline.solved).toBe(ledger.solved);
  expect(left.solved).toBe(headline.solved);
  expect(both.solved).toBe(counted.solved);
  expect(counted.solved).toBeGreaterThanOrEqual(headline.solved);
  expect(counted.solved - headline.solved).toBeLessThanOrEqual(ledger.invalidated);
  // A failure left out can only raise a mean, of attempts within a task and of tasks.
  if (left.rate !== null && headline.rate !== null) expect(left.rate).toBeGreaterThanOrEqual(headline.rate - 1e-12);
  if (both.rate !== null && counted.rate !== null) expect(both.rate).toBeGreaterThanOrEqual(counted.rate - 1e-12);
  for (const { rate, n, interval } of [headline, left, counted, both]) {
    expect(rate === null).toBe(n === 0);
    expect(interval === null).toBe(n === 0);
    if (rate === null || interval === null) continue;
    expect(interval.low).toBeLessThanOrEqual(rate + 1e-12);
    expect(interval.high).toBeGreaterThanOrEqual(rate - 1e-12);
    expect(["task", "cluster"]).toContain(interval.unit);
  }
  if (errors === 0) expect([left, both]).toEqual([headline, counted]);
  if (ledger.invalidated === 0) expect([counted, both]).toEqual([headline, left]);
}

const ended = (tasks: readonly string[]): fc.Arbitrary<Ended[]> =>
  fc.uniqueArray(
    fc.record({
      task: fc.constantFrom(...tasks),
      epoch: fc.integer({ min: 1, max: epochs }),
      outcome: fc.constantFrom(...outcomeStates.filter((state) => state !== "not-run")),
      score: fc.constantFrom(null, 0, 1),
    }),
    { selector: ({ task, epoch }) => `${task} ${String(epoch)}`, maxLength: tasks.length * epochs },
  );
const anyRun = fc.oneof(
  fc.record({ pack: fc.constant(0), version: fc.integer({ min: 0, max: 1 }), attempts: ended(packs.one) }),
  fc.record({ pack: fc.constant(1), version: fc.integer({ min: 0, max: 1 }), attempts: ended(packs.two) }),
);

describe("the four denominators of runs, cells and a campaign", () => {
  it("relate as the policies say, in every run, cell and pool; the ledger accounts for every planned attempt", () => {
    fc.assert(
      fc.property(fc.array(anyRun, { maxLength: 5 }), (runs) => {
        const { journal, benchmarks, versions } = campaign();
        for (const { pack, version, attempts } of runs) {
          const planned = pack === 0 ? packs.one : packs.two;
          const into = { version: versions[version] ?? "", benchmark: benchmarks[pack] ?? "" };
          const run = getRun(journal, journal.log({ ...into, attempts, epochs, planned }));
          if (run === null) throw new Error("no run");
          expect(run.ledger.planned).toBe(planned.length * epochs);
          relate(run.ledger, run.rates);
          expect(run.rates[0]?.rate).toEqual(run.rate);
        }
        const all = lines(journal);
        for (const { ledger, rates } of all) relate(ledger, rates);
        const cells = all.filter(({ over }) => over === "cell");
        expect(cells).toHaveLength(4);
        for (const pool of all) {
          const within = cells.filter(({ model }) => pool.model === null || model === pool.model);
          const own = pool.over === "cell" ? [pool] : within;
          expect(pool.ledger.planned).toBe(own.reduce((sum, { ledger }) => sum + ledger.planned, 0));
          pool.rates.forEach(({ rate }, place) => {
            expect(rate.n).toBe(own.reduce((sum, { rates }) => sum + (rates[place]?.rate.n ?? 0), 0));
            expect(rate.solved).toBe(own.reduce((sum, { rates }) => sum + (rates[place]?.rate.solved ?? 0), 0));
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it("an invalidated attempt leaves two denominators and stays in two, with its score", () => {
    const { journal, benchmarks, versions } = campaign();
    const attempts = packs.one.map((task) => ({ task, score: 1 }));
    const runId = journal.log({ version: versions[0], benchmark: benchmarks[0] ?? "", attempts });
    expect(lines(journal)[0]?.rates.map(({ rate }) => [rate.solved, rate.n])).toEqual(Array(4).fill([3, 3]));
    const body = { runId, task: "b", epoch: 1, reason: "the flag was in the prompt" };
    journal.stands({ type: "attempt.invalidated", v: 1, body });
    expect(lines(journal)[0]?.rates.map(({ rate }) => [rate.solved, rate.n])).toEqual([
      [2, 2],
      [2, 2],
      [3, 3],
      [3, 3],
    ]);
  });

  it("pools by task of its benchmark: one name in two benchmarks is two tasks, in two model versions it is one", () => {
    const { journal, benchmarks, versions } = campaign();
    const [one = "", two = ""] = benchmarks;
    journal.log({ version: versions[0], benchmark: one, attempts: [{ task: "a", score: 1 }] });
    journal.log({ version: versions[0], benchmark: two, attempts: [{ task: "a" }] });
    journal.log({ version: versions[1], benchmark: one, attempts: [{ task: "a" }] });
    const of = (over: PooledRates["over"]) => lines(journal).filter((one_) => one_.over === over);
    expect(of("model-version")[0]?.rates[0]?.rate).toMatchObject({ tasks: 2, solvedTasks: 1, rate: 0.5 });
    expect(of("campaign")[0]?.rates[0]?.rate).toMatchObject({ n: 3, tasks: 2, solvedTasks: 1, rate: 0.25 });
    expect(of("campaign")[0]).toMatchObject({ model: null, benchmark: null, runs: 3 });
  });

  it("a run that holds half of the tasks twice does not make up for the others: they are not run", () => {
    const { journal, benchmarks, versions } = campaign();
    const into = { version: versions[0], benchmark: benchmarks[0] ?? "" };
    const attempts = ["a", "b"].map((task) => ({ task, score: 1 }));
    journal.log({ ...into, attempts });
    journal.log({ ...into, attempts });
    journal.log({ ...into, attempts });
    expect(lines(journal)[0]?.ledger).toMatchObject({ planned: 8, solved: 6, notRun: 2 });
    expect(getCampaign(journal, journal.campaignId)?.cells[0]?.ledger).toEqual(lines(journal)[0]?.ledger);
  });
});
