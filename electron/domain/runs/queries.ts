import { z } from "zod";
import { recomputedMetricSchema } from "../../contract/attempt.ts";
import type { Run } from "../../contract/evaluation.ts";
import { headlinePolicy } from "../../contract/values.ts";
import { reviewedAttempts } from "../attempts/standing-score.ts";
import { benchmarkWords } from "../benchmarks/queries.ts";
import { campaignName } from "../campaigns/queries.ts";
import { memberName } from "../members/queries.ts";
import { modelVersionWords } from "../models/queries.ts";
import type { QueryContext } from "../query-context.ts";
import { count, number, text, textOrNull, type Row } from "../read-model.ts";
import { runFilterSql, type RunFilter } from "./cells.ts";
import { loggedFileSchema, type LoggedFile } from "./logged-file.ts";
import { rateUnder } from "./summary.ts";
import { runFacts } from "./state.ts";
import { runSummary } from "./unfold.ts";

/** The log that a run was imported from, null for one logged by hand. */
export function logOfRow(row: Row): LoggedFile | null {
  const log = textOrNull(row, "log");
  return log === null ? null : loggedFileSchema.parse(JSON.parse(log));
}

function runLog(row: Row): Run["log"] {
  const log = logOfRow(row);
  if (log === null) return null;
  const { fileName, sha256, harness, status, salvaged, lost, notes } = log;
  const main = { fileName, sha256, bytes: log.bytes, kind: "log" as const, status, attempts: log.attempts ?? null };
  const others = (log.others ?? []).map((other) => ({
    ...{ fileName: other.fileName, sha256: other.sha256, bytes: other.bytes, kind: other.kind },
    ...{ status: other.status, attempts: other.attempts },
  }));
  const shown = { fileName, sha256, harness, status, salvaged, lost, notes };
  return { ...shown, part: log.part ?? "", files: [main, ...others] };
}

function runOf(context: QueryContext, row: Row): Run {
  const { model } = context;
  const facts = runFacts(model, text(row, "id"));
  if (facts === null) throw new Error("a run lost its benchmark");
  const summary = runSummary(context, facts);
  const benchmark = benchmarkWords(model, facts.benchmarkId);
  return {
    id: facts.id,
    code: facts.code,
    modelVersion: { id: facts.modelVersionId, words: modelVersionWords(model, facts.modelVersionId) },
    benchmark: { id: facts.benchmarkId, ...benchmark },
    campaign:
      facts.campaignId === null
        ? null
        : { id: facts.campaignId, name: campaignName(model, facts.campaignId) ?? facts.campaignId },
    state: facts.state,
    origin: facts.origin,
    epochs: facts.epochs,
    startedAt: number(row, "started_at"),
    startedBy: memberName(model, text(row, "started_by")),
    ledger: summary.ledger,
    rate: rateUnder(summary, headlinePolicy),
    rates: summary.rates,
    passAtK: summary.passAtK,
    reviewed: reviewedAttempts(model, facts.number),
    metrics: z.array(recomputedMetricSchema).parse(JSON.parse(text(row, "metrics"))),
    log: runLog(row),
    evidence: count(model, "SELECT count(*) AS n FROM evidence WHERE run = ?", facts.number),
    entry: facts.seq,
  };
}

/** Runs, the newest first. */
export function listRuns(context: QueryContext, filter: RunFilter): Run[] {
  const { where, values } = runFilterSql(filter);
  return context.model
    .all(`SELECT * FROM run WHERE ${where} ORDER BY number DESC`, ...values)
    .map((row) => runOf(context, row));
}

/** Runs whose attempts are still being made, the newest first, at most `limit`. */
export function runsUnderWay(context: QueryContext, limit: number): Run[] {
  return context.model
    .all("SELECT * FROM run WHERE state IN ('planned', 'running', 'in-review') ORDER BY number DESC LIMIT ?", limit)
    .map((row) => runOf(context, row));
}

export function getRun(context: QueryContext, id: string): Run | null {
  const row = context.model.get("SELECT * FROM run WHERE id = ?", id);
  return row === undefined ? null : runOf(context, row);
}

/** The id of a run by its code ("R-0017", also without the zeros) or id. */
export function findRun(context: QueryContext, codeOrId: string): string | null {
  const [, prefix = "", place] = /^(C\d{1,6}-)?R-0*(\d{1,9})$/i.exec(codeOrId) ?? [];
  const code = place === undefined ? codeOrId : `${prefix.toUpperCase()}R-${place.padStart(4, "0")}`;
  const row = context.model.get("SELECT id FROM run WHERE id = ? OR code = ?", codeOrId, code);
  return row === undefined ? null : text(row, "id");
}

/** The log of a run, for its transcripts. */
export function logOfRun(context: QueryContext, runId: string): LoggedFile | null {
  const row = context.model.get("SELECT log FROM run WHERE id = ?", runId);
  return row === undefined ? null : logOfRow(row);
}
