import { z } from "zod";
import type { AttemptDetail } from "../../contract/evaluation.ts";
import { memberName } from "../members/queries.ts";
import { number, numberOrNull, oneOf, text, type ReadModel, type Row } from "../read-model.ts";
import { roundFacts } from "./state.ts";
import { showsNames } from "./sight.ts";

/** What reviews decided on an attempt. */

interface Place {
  readonly run: number;
  readonly task: string;
  readonly epoch: number;
}

const members = z.array(z.string());

function decisions(model: ReadModel, { run, task, epoch }: Place): Row[] {
  const sql = "SELECT * FROM review_decision WHERE run = ? AND task = ? AND epoch = ? ORDER BY stamp, event";
  return model.all(sql, run, task, epoch);
}

/** Who decided; null while the round is blind and open. */
function deciders(model: ReadModel, row: Row): string | null {
  const round = roundFacts(model, text(row, "round"));
  if (round === null || !showsNames(round)) return null;
  const by = members.parse(JSON.parse(text(row, "by")));
  return by.map((one) => memberName(model, one)).join(", ");
}

function reviewed(model: ReadModel, rows: readonly Row[]): AttemptDetail["reviewed"] {
  const last = rows.findLast((row) => row.verdict === "stands" || row.verdict === "corrected");
  if (last === undefined) return null;
  return {
    roundId: text(last, "round"),
    round: roundFacts(model, text(last, "round"))?.name ?? "",
    verdict: oneOf(last, "verdict", ["stands", "corrected"]),
    score: numberOrNull(last, "score"),
    how: oneOf(last, "how", ["single", "agreed", "adjudicated"]),
    at: number(last, "at"),
    by: deciders(model, last),
    reason: text(last, "reason"),
  };
}

/** Flags that rounds decided on, each once, with its words in the latest of them. */
function flags(model: ReadModel, rows: readonly Row[]): AttemptDetail["flags"] {
  const words = new Map<string, string>();
  for (const row of rows) {
    const form = roundFacts(model, text(row, "round"))?.form.flags ?? [];
    for (const id of members.parse(JSON.parse(text(row, "flags")))) {
      words.set(id, form.find((flag) => flag.id === id)?.words ?? id);
    }
  }
  return [...words].map(([id, said]) => ({ id, words: said }));
}

/** The key of an attempt within its run in {@link flagsOfRun}. */
export function attemptKey(task: string, epoch: number): string {
  return JSON.stringify([task, epoch]);
}

/** The ids of the flags that rounds decided on, by attempt of a run: only attempts that have any. */
export function flagsOfRun(model: ReadModel, run: number): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  const sql = "SELECT task, epoch, flags FROM review_decision WHERE run = ? AND flags <> '[]' ORDER BY stamp, event";
  for (const row of model.all(sql, run)) {
    const key = attemptKey(text(row, "task"), number(row, "epoch"));
    const ids = found.get(key) ?? new Set();
    for (const id of members.parse(JSON.parse(text(row, "flags")))) ids.add(id);
    found.set(key, ids);
  }
  return new Map([...found].map(([key, ids]) => [key, [...ids]]));
}

/** Where the judgements are. Of a round that is blind and open it would tell which item the attempt is. */
function items(model: ReadModel, rows: readonly Row[]): AttemptDetail["reviewItems"] {
  return rows.flatMap((row) => {
    const round = roundFacts(model, text(row, "round"));
    return round === null || !showsNames(round)
      ? []
      : [{ roundId: round.id, round: round.name, item: number(row, "item") }];
  });
}

/** The decision that counts for an attempt's score, the items that decided, and the flags that were decided. */
export function reviewsOfAttempt(
  model: ReadModel,
  place: Place,
): Pick<AttemptDetail, "reviewed" | "reviewItems" | "flags"> {
  const rows = decisions(model, place);
  return { reviewed: reviewed(model, rows), reviewItems: items(model, rows), flags: flags(model, rows) };
}

/** What an attempt's history says of reviews: that they were decided, and by whom where that may be told. */
export function reviewHistory(
  model: ReadModel,
  place: Place,
): { seq: number; at: number; byName: string; words: string }[] {
  return decisions(model, place).map((row) => {
    const score = numberOrNull(row, "score");
    const came = row.verdict === "corrected" ? `score corrected to ${String(score)}` : "score stands";
    const round = roundFacts(model, text(row, "round"))?.name ?? "";
    return {
      seq: number(row, "seq"),
      at: number(row, "at"),
      byName: deciders(model, row) ?? "Reviewers",
      words: `Review ${round}: ${row.verdict === null ? "decided" : came}`,
    };
  });
}
