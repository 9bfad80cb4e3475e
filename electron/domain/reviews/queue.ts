import { z } from "zod";
import { outcomeStates } from "../../contract/attempt.ts";
import type { ParsedInput, RequestOutput } from "../../contract/index.ts";
import { itemStates, type QueueRow } from "../../contract/reviewing.ts";
import { meetsRule } from "../../statistics/denominator.ts";
import { benchmarkTitle } from "../benchmarks/queries.ts";
import { modelVersionWords } from "../models/queries.ts";
import type { QueryContext } from "../query-context.ts";
import {
  count,
  number,
  numberOrNull,
  oneOf,
  text,
  textOrNull,
  type ReadModel,
  type Row,
  type SqlValue,
} from "../read-model.ts";
import { runFacts } from "../runs/state.ts";
import { unfoldRun } from "../runs/unfold.ts";
import { findItem, ownState } from "./item.ts";
import { adjudicableSql, mayJudge, reviewsWaiting, shownName } from "./queries.ts";
import { maskFor, showsNames, sightOf } from "./sight.ts";
import { roundFacts, type RoundFacts } from "./state.ts";
import type { Mask } from "./masking.ts";

/** The queue of items: one's own, those that wait for adjudication, or all. */

type QueueInput = ParsedInput<"reviews.queue">;

interface Clause {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

const mineSql = "EXISTS (SELECT 1 FROM review_reviewer w WHERE w.round = i.round AND w.item = i.item AND w.member = ?";

/** Of the three lists: which items are in it for a member. */
function whoseClause(model: ReadModel, whose: QueueInput["whose"], member: string): Clause {
  if (whose === "mine") return { sql: `${mineSql})`, values: [member] };
  if (whose === "all") return { sql: "1 = 1", values: [] };
  if (!mayJudge(model, member)) return { sql: "1 = 0", values: [] };
  return { sql: `r.frozen_at IS NULL AND ${adjudicableSql}`, values: [member, member, member] };
}

function ownClause(model: ReadModel, own: QueueInput["own"], member: string): Clause[] {
  switch (own) {
    case undefined:
      return [];
    case "to-do":
      return [{ sql: `r.frozen_at IS NULL AND ${mineSql} AND w.done = 0)`, values: [member] }];
    case "done":
      return [{ sql: `${mineSql} AND w.done = 1)`, values: [member] }];
    case "adjudicate":
      return [whoseClause(model, "adjudication", member)];
    case "none":
      return [{ sql: `NOT ${mineSql})`, values: [member] }];
  }
}

/** Rounds in which a member may know the decisions of items before they are frozen: in blind ones nobody. */
const tellingRounds = "(r.blind = 0 OR r.frozen_at IS NOT NULL)";

const joins = `FROM review_item i JOIN review_round r ON r.id = i.round JOIN run ON run.number = i.run
  LEFT JOIN benchmark b ON b.id = run.benchmark_id
  LEFT JOIN task t ON t.benchmark_id = run.benchmark_id AND t.id = i.task`;

/** Items in whose texts the words stand as this member reads them: a name that is masked is not found either. */
function wordClauses(context: QueryContext, filter: string): Clause[] {
  if (filter === "") return [];
  const like = `%${filter.replace(/[\\%_]/g, "\\$&")}%`;
  const holds: Clause = {
    sql: `(i.task LIKE ? ESCAPE '\\' OR t.title LIKE ? ESCAPE '\\' OR t.category LIKE ? ESCAPE '\\'
      OR b.title LIKE ? ESCAPE '\\')`,
    values: [like, like, like, like],
  };
  const blind = context.model.all(
    `SELECT i.round, i.item, run.id AS run, i.task, t.title, t.category, b.title AS benchmark ${joins}
     WHERE NOT ${tellingRounds} AND ${holds.sql}`,
    ...holds.values,
  );
  const masks = new Map<string, Mask>();
  const masked = blind.filter((row) => {
    const mask = maskOfRow(context, row, masks);
    const texts = ["task", "title", "category", "benchmark"].map((column) => mask(textOrNull(row, column) ?? ""));
    return !texts.some((words) => words.toLowerCase().includes(filter.toLowerCase()));
  });
  if (masked.length === 0) return [holds];
  const places = masked.map((row) => `${text(row, "round")} ${String(number(row, "item"))}`);
  const isMasked = "i.round || ' ' || i.item IN (SELECT value FROM json_each(?))";
  return [holds, { sql: `NOT (${isMasked})`, values: [JSON.stringify(places)] }];
}

function maskOfRow(context: QueryContext, row: Row, masks: Map<string, Mask>): Mask {
  const [roundId, runId] = [text(row, "round"), text(row, "run")];
  const key = `${roundId} ${runId}`;
  const [round, run] = [roundFacts(context.model, roundId), runFacts(context.model, runId)];
  if (round === null || run === null) throw new Error("an item of a review lost its round or its run");
  const mask = masks.get(key) ?? maskFor(context, round, run);
  masks.set(key, mask);
  return mask;
}

function clauses(context: QueryContext, input: QueueInput, member: string): Clause[] {
  const { model } = context;
  const { roundId, whose, state, own, flag, filter } = input;
  return [
    roundId === undefined ? { sql: "r.frozen_at IS NULL", values: [] } : { sql: "i.round = ?", values: [roundId] },
    whoseClause(model, whose, member),
    ...(state === undefined ? [] : [{ sql: "i.state = ?", values: [state] }]),
    ...ownClause(model, own, member),
    ...(flag === undefined
      ? []
      : [
          {
            sql: `${tellingRounds} AND EXISTS (SELECT 1 FROM review_decision d, json_each(d.flags) f
              WHERE d.round = i.round AND d.item = i.item AND f.value = ?)`,
            values: [flag],
          },
        ]),
    ...wordClauses(context, filter),
  ];
}

/** A page of the queue as a member may see it. What is due first comes first, then what is not done, by number. */
export function reviewQueue(context: QueryContext, input: QueueInput, member: string): RequestOutput<"reviews.queue"> {
  const { model } = context;
  const all = clauses(context, input, member);
  const from = `${joins} WHERE ${all.map(({ sql }) => `(${sql})`).join(" AND ")}`;
  const values = all.flatMap((one) => one.values);
  const rows = model.all(
    `SELECT i.round, i.item, i.state, i.judgements, t.title, t.category ${from}
     ORDER BY r.due_at IS NULL, r.due_at, r.opened_at, i.round, i.item LIMIT ? OFFSET ?`,
    ...values,
    input.limit,
    input.offset,
  );
  const names = new Map<string, string>();
  return {
    total: count(model, `SELECT count(*) AS n ${from}`, ...values),
    sums: reviewsWaiting(context, member),
    rows: rows.map((row) => queueRow(context, row, member, names)),
  };
}

function nameOf(context: QueryContext, round: RoundFacts, member: string, names: Map<string, string>): string {
  const name = names.get(round.id) ?? shownName(context, round, member);
  names.set(round.id, name);
  return name;
}

function decidedFlags(model: ReadModel, round: string, item: number): string[] {
  const row = model.get("SELECT flags FROM review_decision WHERE round = ? AND item = ?", round, item);
  return row === undefined ? [] : z.array(z.string()).parse(JSON.parse(text(row, "flags")));
}

/** What the scorer gave, whatever reviews made of it. */
function given(context: QueryContext, { run, item }: ReturnType<typeof findItem>) {
  unfoldRun(context, run);
  const sql = `SELECT given_outcome, given_score, member FROM attempt WHERE run = ? AND task = ? AND epoch = ?`;
  const row = context.model.get(sql, item.run, item.task, item.epoch);
  const score = row === undefined ? null : numberOrNull(row, "given_score");
  return {
    outcome: row === undefined ? ("not-run" as const) : oneOf(row, "given_outcome", outcomeStates),
    score,
    solved: score === null ? null : meetsRule(score, run.rule),
    hasTranscript: row !== undefined && run.origin === "log" && textOrNull(row, "member") !== null,
  };
}

function queueRow(context: QueryContext, row: Row, member: string, names: Map<string, string>): QueueRow {
  const { model } = context;
  const found = findItem(model, { roundId: text(row, "round"), item: number(row, "item") });
  const { round, item, run, standing } = found;
  const mask = maskFor(context, round, run);
  const sight = sightOf(round, standing, member);
  const category = textOrNull(row, "category");
  return {
    roundId: round.id,
    round: nameOf(context, round, member, names),
    item: item.item,
    benchmark: mask(benchmarkTitle(model, run.benchmarkId)),
    task: mask(item.task),
    title: mask(textOrNull(row, "title") ?? item.task),
    category: category === null ? null : mask(category),
    epoch: item.epoch,
    ...given(context, found),
    state: oneOf(row, "state", itemStates),
    own: ownState(model, found, member),
    judgements: number(row, "judgements"),
    perAttempt: round.perAttempt,
    blind: round.blind,
    dueAt: round.dueAt,
    model: showsNames(round) ? modelVersionWords(model, run.modelVersionId) : null,
    flags: sight.others ? decidedFlags(model, round.id, item.item) : [],
  };
}
