import type { AgreementFigure, JudgementInput, ReviewAgreement, ReviewForm } from "../../contract/reviewing.ts";
import { alphaAgreement, kappaAgreement } from "../../statistics/agreement.ts";
import { numberLabels } from "../../statistics/krippendorff-alpha.ts";
import { seededRandom } from "../../statistics/seeded-random.ts";
import { wilsonBounds } from "../../statistics/wilson.ts";
import type { QueryContext } from "../query-context.ts";
import { number } from "../read-model.ts";
import { tellsAgreement } from "./queries.ts";
import { independentJudgements, type Standing } from "./standing.ts";
import { allRounds, itemFacts, itemStanding, roundFacts, type RoundFacts } from "./state.ts";

/** How far reviewers agree, from what each judged before seeing the other's judgement. */

/** The same figures give the same intervals wherever they are made. */
const bootstrapSeed = 20_261_121;

/** An item's judgements by their authors' ids. */
export type JudgedItem = ReadonlyMap<string, JudgementInput>;

interface Question {
  readonly key: string;
  readonly words: string;
  /** The label that a judgement gives; null where it gives none (nothing could be told). */
  readonly label: (judgement: JudgementInput) => string | null;
}

function questionsOf(rounds: readonly RoundFacts[]): Question[] {
  const flags = new Map(rounds.flatMap(({ form }) => form.flags.map((flag) => [flag.id, flag.words] as const)));
  const ofFlags = [...flags].map(([key, words]) => ({
    key,
    words,
    label: (judgement: JudgementInput): string => (judgement.flags.includes(key) ? "yes" : "no"),
  }));
  const score: Question = {
    key: "score",
    words: "Score stands",
    label: ({ verdict }) => (verdict === null || verdict.kind === "undecided" ? null : verdict.kind),
  };
  return rounds.some(({ form }) => form.asksScore) ? [...ofFlags, score] : ofFlags;
}

function asks(form: ReviewForm, key: string): boolean {
  return key === "score" ? form.asksScore : form.flags.some((flag) => flag.id === key);
}

type NoFigure = NonNullable<AgreementFigure["reason"]>;

function none(reason: NoFigure, n = 0): AgreementFigure {
  return { value: null, n, interval: null, reason };
}

/** The labels of an item's reviewers, in the order of their ids; those that gave none are left out. */
function labelsOf(item: JudgedItem, { label }: Question): [string, string][] {
  return [...item]
    .flatMap(([member, judgement]): [string, string][] => {
      const given = label(judgement);
      return given === null ? [] : [[member, given]];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The share of items on which all who judged gave the same label. */
function rawOf(items: readonly (readonly string[])[]): AgreementFigure {
  const n = items.length;
  if (n === 0) return none("no-items");
  const agreed = items.filter((labels) => new Set(labels).size === 1).length;
  const interval = { ...wilsonBounds(agreed, n), level: 0.95, method: "wilson", unit: "item" };
  return { value: agreed / n, n, interval, reason: null };
}

function kappaOf(items: readonly (readonly [string, string][])[]): AgreementFigure {
  const raters = new Set(items.flatMap((labels) => labels.map(([member]) => member)));
  if (items.length === 0) return none("no-items");
  if (raters.size > 2) return none("more-than-two-reviewers", items.length);
  const pairs = items.flatMap(([a, b]): [string, string][] =>
    a === undefined || b === undefined ? [] : [[a[1], b[1]]],
  );
  const { value, interval } = kappaAgreement(pairs, seededRandom(bootstrapSeed));
  return { value, n: pairs.length, interval, reason: value === null ? "one-category" : null };
}

function alphaOf(items: readonly (readonly string[])[]): AgreementFigure {
  if (items.length === 0) return none("no-items");
  const { value, interval } = alphaAgreement(numberLabels(items), "nominal", seededRandom(bootstrapSeed));
  return { value, n: items.length, interval, reason: value === null ? "one-category" : null };
}

function tableOf(items: readonly (readonly string[])[]): { both: number; one: number; none: number } {
  const yes = items.map((labels) => labels.filter((label) => label === "yes").length);
  return {
    both: items.filter((labels, place) => yes[place] === labels.length).length,
    one: items.filter((labels, place) => (yes[place] ?? 0) > 0 && (yes[place] ?? 0) < labels.length).length,
    none: yes.filter((count) => count === 0).length,
  };
}

/** One question's figures, over items that two judged. */
export function agreementRow(items: readonly JudgedItem[], question: Question): ReviewAgreement["rows"][number] {
  const labelled = items.map((item) => labelsOf(item, question)).filter((labels) => labels.length >= 2);
  const labels = labelled.map((one) => one.map(([, label]) => label));
  const { key, words } = question;
  return {
    ...{ key, words },
    table: key === "score" ? null : tableOf(labels),
    raw: rawOf(labels),
    kappa: kappaOf(labelled),
    alpha: alphaOf(labels),
  };
}

function withheldRow({ key, words }: Question): ReviewAgreement["rows"][number] {
  const hidden = none("blind-until-frozen");
  return { key, words, table: null, raw: hidden, kappa: hidden, alpha: hidden };
}

function standingsOf({ model }: QueryContext, round: RoundFacts): Standing[] {
  const rows = model.all("SELECT item FROM review_item WHERE round = ? AND judgements > 0 ORDER BY item", round.id);
  return rows.flatMap((row) => {
    const item = itemFacts(model, round.id, number(row, "item"));
    return item === null ? [] : [itemStanding(model, item)];
  });
}

/** Rounds of two judgements that agreement is asked of. */
function roundsOf(
  context: QueryContext,
  of: { readonly roundId: string } | { readonly campaignId: string },
): RoundFacts[] {
  if ("campaignId" in of) {
    return allRounds(context).filter((round) => round.campaignId === of.campaignId && round.perAttempt === 2);
  }
  const round = roundFacts(context.model, of.roundId);
  return round === null ? [] : [round];
}

/** Agreement in a round, or in all rounds of a campaign; of blind rounds once they are frozen. */
export function reviewAgreement(
  context: QueryContext,
  of: { readonly roundId: string } | { readonly campaignId: string },
): ReviewAgreement {
  const asked = roundsOf(context, of);
  const rounds = asked.filter(tellsAgreement);
  const standings = rounds.flatMap((round) =>
    standingsOf(context, round).map((standing) => ({ form: round.form, standing })),
  );
  const judged = standings
    .map(({ form, standing }) => ({ form, item: independentJudgements(standing) }))
    .filter(({ item }) => item.size >= 2);
  const asking = ({ key }: Question): JudgedItem[] =>
    judged.filter(({ form }) => asks(form, key)).map(({ item }) => item);
  const questions = questionsOf(asked);
  const withheld = rounds.length === 0 && asked.length > 0;
  return {
    rounds: rounds.length,
    reviewers: new Set(judged.flatMap(({ item }) => [...item.keys()])).size,
    items: judged.length,
    revisedAfterSight: standings
      .flatMap(({ standing }) => standing.judgements)
      .filter((one) => one.afterSight && one.standing !== "undone" && one.standing !== "late").length,
    adjudicated: standings.filter(({ standing }) => standing.decided?.how === "adjudicated").length,
    seed: bootstrapSeed,
    rows: questions.map((question) => (withheld ? withheldRow(question) : agreementRow(asking(question), question))),
  };
}
