import { resamplingSeed, type ComparedPair } from "../../contract/comparing.ts";
import type { RequestOutput } from "../../contract/index.ts";
import type { Rate } from "../../contract/values.ts";
import type { SharedTask } from "../../statistics/paired-difference.ts";
import { pairedDifference, sharedTasks } from "../../statistics/paired-difference.ts";
import { adjusted, pairwise, type Pair, type PairComparison } from "../../statistics/pairwise.ts";
import { seededRandom } from "../../statistics/seeded-random.ts";
import type { QueryContext } from "../query-context.ts";
import { Refusal } from "../refusal.ts";
import { rateOfTasks } from "../runs/summary.ts";
import { level } from "./level.ts";
import { talliedVersions, type Narrowed, type TalliedVersion } from "./versions.ts";

/** Tasks that name a cluster count with it; those that name none are clusters of their own. */
const options = { unit: "cluster", level } as const;
const startRandom = () => seededRandom(resamplingSeed);

/** Compares in steps: after each pair says how many are done, of how many. */
export function* comparePairs(
  context: QueryContext,
  input: Narrowed<"comparisons.pairs">,
): Generator<{ done: number; total: number }, RequestOutput<"comparisons.pairs">> {
  const versions = talliedVersions(context, input);
  const baseline = input.baselineId ?? undefined;
  if (baseline !== undefined && !versions.some(({ version }) => version.id === baseline)) {
    throw new Refusal("invalid-request", "the baseline", "The baseline is one of the versions that are compared.");
  }
  const count = versions.length;
  const total = baseline === undefined ? (count * (count - 1)) / 2 : count - 1;
  const tallies = new Map(versions.map(({ version, tallies: own }) => [version.id, own]));
  const pairs: Pair[] = [];
  for (const pair of pairwise(tallies, startRandom, { ...options, baseline })) {
    pairs.push(pair);
    yield { done: pairs.length, total };
  }
  const compared = adjusted(pairs);
  return {
    versions: versions.map(({ version }) => version),
    level,
    pairs: compared.map((pair) => comparedPair(pair, versions)),
    tests: compared.filter(({ p }) => p !== null).length,
    adjustment: "holm",
  };
}

/** Two versions by themselves: one test, so that nothing is to be adjusted. */
export function comparePair(a: TalliedVersion, b: TalliedVersion): ComparedPair {
  const result = pairedDifference(a.tallies, b.tallies, startRandom(), options);
  const [pair] = adjusted([{ first: a.version.id, second: b.version.id, result }]);
  if (pair === undefined) throw new Error("one pair went in");
  return comparedPair(pair, [a, b]);
}

/** The shared tasks of two versions, as a pair counts them. */
export function sharedBy(a: TalliedVersion, b: TalliedVersion): SharedTask[] {
  return sharedTasks(a.tallies, b.tallies, options.unit);
}

function comparedPair(pair: PairComparison, versions: readonly TalliedVersion[]): ComparedPair {
  const [a, b] = [pair.first, pair.second].map((id) => versions.find(({ version }) => version.id === id));
  if (a === undefined || b === undefined) throw new Error("a pair is of versions that are compared");
  const { result } = pair;
  const { shared } = result;
  return {
    a: pair.first,
    b: pair.second,
    tasks: result.tasks,
    onlyTasksOfA: result.onlyTasksOfFirst,
    onlyTasksOfB: result.onlyTasksOfSecond,
    units: result.units,
    unit: result.units === result.tasks ? "task" : "cluster",
    rateA: rateOver(shared, "first", a),
    rateB: rateOver(shared, "second", b),
    difference: result.difference,
    standardError: result.standardError,
    interval: result.interval,
    correlation: result.correlation,
    test: testOf(pair),
    flips: {
      onlyA: result.onlyFirst.length,
      onlyB: result.onlySecond.length,
      both: shared.filter(({ first, second }) => first.solved > 0 && second.solved > 0).length,
      neither: shared.filter(({ first, second }) => first.solved === 0 && second.solved === 0).length,
    },
  };
}

/** A version's rate on the tasks that are shared; its own where that is all of them. */
function rateOver(shared: readonly SharedTask[], side: "first" | "second", { version, tallies }: TalliedVersion): Rate {
  return shared.length === tallies.length ? version.rate : rateOfTasks(shared.map((task) => task[side]));
}

function testOf({ p, adjustedP, result }: PairComparison): ComparedPair["test"] {
  if (p === null || adjustedP === null) return null;
  if (result.mcnemar !== null) return { method: "mcnemar-exact", p, adjustedP, drawn: null };
  if (result.pDraws === null) return { method: "sign-flip-exact", p, adjustedP, drawn: null };
  return { method: "sign-flip-sampled", p, adjustedP, drawn: { draws: result.pDraws, seed: resamplingSeed } };
}
