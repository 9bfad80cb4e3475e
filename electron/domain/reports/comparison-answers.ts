import { comparisonAnswerSchema, type ComparisonAnswer } from "../../contract/comparison-answer.ts";
import { changeTexts } from "../../contract/change-texts.ts";
import { mostCompared, usualDraws, usualPlan, type ComparisonTable } from "../../contract/comparing.ts";
import type { RequestOutput } from "../../contract/index.ts";
import { headlinePolicy } from "../../contract/values.ts";
import { doublingTable } from "../comparisons/doubling-table.ts";
import { rateGroups } from "../comparisons/groups.ts";
import { horizonsTable } from "../comparisons/horizons-table.ts";
import { timeHorizons } from "../comparisons/horizons.ts";
import { pairsTable } from "../comparisons/pairs-table.ts";
import { comparePairs } from "../comparisons/pairs.ts";
import { passCurves } from "../comparisons/pass-curves.ts";
import { groupsTable, passTable, trendTable } from "../comparisons/rates-tables.ts";
import { reliabilityTable } from "../comparisons/reliability-table.ts";
import { reliability } from "../comparisons/reliability.ts";
import { spendingTable } from "../comparisons/spending-table.ts";
import { versionSpending } from "../comparisons/spending.ts";
import { rateTrend } from "../comparisons/trend.ts";
import {
  versionsInScope,
  type Comparison,
  type ComparisonScope,
  type TalliedVersion,
} from "../comparisons/versions.ts";
import { listTasks } from "../benchmarks/queries.ts";
import type { QueryContext } from "../query-context.ts";
import type { ComparisonName } from "./blocks.ts";
import { KeptAnswers } from "./kept-answers.ts";

/** The answers that blocks of a report are made of, and their tables. */

const pairs = new KeptAnswers<RequestOutput<"comparisons.pairs">>();
const horizons = new KeptAnswers<RequestOutput<"comparisons.horizons">>();

export type AnswerScope = Omit<ComparisonScope, "policy">;
export interface Digesting {
  /** Hex digest of a text. */
  readonly sha256: (text: string) => string;
}

/** The versions of a scope that are compared, in order of their words, and how many there are beyond them. */
export interface ComparedVersions {
  readonly versions: readonly TalliedVersion[];
  readonly beyond: number;
}

/** As many versions as one comparison takes, under the headline denominator. */
export function versionsCompared(context: QueryContext, scope: AnswerScope): ComparedVersions {
  const found = versionsInScope(context, { ...scope, policy: headlinePolicy });
  return { versions: found.slice(0, mostCompared), beyond: Math.max(0, found.length - mostCompared) };
}

interface Question {
  readonly of: ComparisonName;
  readonly scope: AnswerScope;
  readonly given: Digesting;
}

/** What a comparison says of these versions, asked as the page asks at first. Long ones say how far they are. */
export function* comparisonAnswer(
  context: QueryContext,
  question: Question,
  { versions }: ComparedVersions,
): Generator<unknown, ComparisonAnswer> {
  const modelVersionIds = versions.map(({ version }) => version.id);
  const input = { ...question.scope, policy: headlinePolicy, modelVersionIds };
  // What the long answers are made of, all of it: where it is the same, so are they.
  const key = (): string =>
    question.given.sha256(JSON.stringify([versions, listTasks(context.model, input.benchmarkId)]));
  return withoutIds(yield* asked(context, question.of, input, key), versions);
}

type Input = Comparison & { readonly modelVersionIds: string[] };

function* asked(
  context: QueryContext,
  of: ComparisonName,
  input: Input,
  key: () => string,
): Generator<unknown, ComparisonAnswer> {
  switch (of) {
    case "pairs":
      return {
        of,
        answer: yield* pairs.answer(context, key(), () => comparePairs(context, { ...input, baselineId: null })),
      };
    case "pass-at-k":
      return { of, answer: passCurves(context, input) };
    case "reliability":
      return { of, answer: reliability(context, { ...input, ...usualPlan }) };
    case "time-horizon":
    case "doubling-time": {
      const drawn = () => timeHorizons(context, { ...input, draws: usualDraws });
      const answer = yield* horizons.answer(context, key(), drawn);
      return { of, answer: { ...answer, horizons: answer.horizons.map(withoutTaskNames) } };
    }
    case "cost":
    case "tokens":
      return { of, answer: versionSpending(context, { ...input, measure: of }) };
    case "trend":
      return { of, answer: rateTrend(context, input) };
    case "categories":
      return { of, answer: rateGroups(context, { ...input, by: "category", together: false }) };
  }
}

/** A figure shows where the tasks lie, and does not say which they are: that is for the table of tasks. */
function withoutTaskNames<T extends { readonly points: readonly { readonly task: string }[] }>(horizon: T): T {
  return { ...horizon, points: horizon.points.map((point, place) => ({ ...point, task: String(place + 1) })) };
}

/** No id of the vault goes out with a report: versions are numbered, runs go by their codes. */
function withoutIds(comparison: ComparisonAnswer, versions: readonly TalliedVersion[]): ComparisonAnswer {
  const ofVersions = versions.map(({ version }, place) => [version.id, `v${String(place + 1)}`] as const);
  const ofRuns = versions.flatMap(({ runs }) => runs.map(({ id, code }) => [id, code.toLowerCase()] as const));
  const names = new Map([...ofVersions, ...ofRuns]);
  return comparisonAnswerSchema.parse(changeTexts(comparison, (text) => names.get(text) ?? text));
}

/** The same answer as a table. */
export function comparisonTableOf({ of, answer }: ComparisonAnswer): ComparisonTable {
  switch (of) {
    case "pairs":
      return pairsTable(answer);
    case "pass-at-k":
      return passTable(answer);
    case "reliability":
      return reliabilityTable(answer);
    case "time-horizon":
      return horizonsTable(answer);
    case "doubling-time":
      return doublingTable(answer);
    case "cost":
    case "tokens":
      return spendingTable(answer);
    case "trend":
      return trendTable(answer);
    case "categories":
      return groupsTable(answer);
  }
}
