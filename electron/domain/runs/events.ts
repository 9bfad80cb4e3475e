import { z } from "zod";
import { recomputedMetricSchema } from "../../contract/attempt.ts";
import { runStateSchema } from "../../contract/evaluation.ts";
import { formatCounted } from "../../contract/number-text.ts";
import { idSchema } from "../../contract/values.ts";
import { attemptColumnsSchema } from "../attempts/columns.ts";
import { benchmarkOrigin, benchmarkTitle } from "../benchmarks/queries.ts";
import { campaignCompartment, campaignName } from "../campaigns/queries.ts";
import { defineEvent, denied, type FoldContext, type Home } from "../event.ts";
import { memberRole } from "../members/queries.ts";
import { modelVersionExists, modelVersionWords } from "../models/queries.ts";
import { changeState, foldImportedRun, foldStartedRun, foldUndone } from "./fold.ts";
import { keptBecause, runOfLogKey } from "./known.ts";
import { transitionRefusal } from "./lifecycle.ts";
import { loggedFileSchema, logKeys } from "./logged-file.ts";
import { decidedHere, runCode, runCompartment, runFacts } from "./state.ts";
import type { ReadModel } from "../read-model.ts";

const cellShape = {
  id: idSchema,
  modelVersionId: idSchema,
  benchmarkId: idSchema,
  campaignId: idSchema.nullable(),
  epochs: z.int().min(1).max(1_000_000),
};

function cellRefusal(
  { model }: FoldContext,
  body: { id: string; modelVersionId: string; benchmarkId: string; campaignId: string | null },
): string | null {
  if (runFacts(model, body.id) !== null) return "a run with this id is there already";
  if (!modelVersionExists(model, body.modelVersionId)) return "its model version is not there";
  if (benchmarkOrigin(model, body.benchmarkId) === null) return "its benchmark is not there";
  return body.campaignId === null || campaignName(model, body.campaignId) !== null ? null : "its campaign is not there";
}

/** With its campaign; a run of no campaign where its author puts it. */
function cellHome(model: ReadModel, body: { campaignId: string | null }): Home {
  return body.campaignId === null ? "any" : campaignCompartment(model, body.campaignId);
}

function cellWords({ model }: FoldContext, body: { modelVersionId: string; benchmarkId: string }): string {
  return `${modelVersionWords(model, body.modelVersionId)} on ${benchmarkTitle(model, body.benchmarkId)}`;
}

/** A run that people log by hand: every task × epoch of the benchmark is planned. */
export const runStarted = defineEvent({
  type: "run.started",
  v: 1,
  body: z.strictObject({
    ...cellShape,
    /**
     * What is planned where the benchmark is known from logs alone and grows: the same in every vault that the run is
     * handed to, whatever else that vault knows of the benchmark. Absent: all tasks of the pack.
     */
    tasks: z
      .array(z.strictObject({ id: z.string().max(2_000), cluster: z.string().max(2_000).nullable() }))
      .max(200_000)
      .optional(),
  }),
  roles: ["lead", "evaluator"],
  home: cellHome,
  refusal: cellRefusal,
  fold: foldStartedRun,
  words: (context, body) => `Run ${runCode(context.model, body.id)} started: ${cellWords(context, body)}`,
  about: (body) => body.id,
});

/** A run taken in from a harness' log: one entry, its attempts in columns. */
export const runImported = defineEvent({
  type: "run.imported",
  v: 1,
  body: z.strictObject({
    ...cellShape,
    log: loggedFileSchema,
    /** Task ids that the log planned, null where it does not say. */
    plannedTasks: z.array(z.string().max(2_000)).max(1_000_000).nullable(),
    metrics: z.array(recomputedMetricSchema).max(10_000),
    /** Absent in entries from before tags stood by themselves. */
    tags: z.array(z.string().max(500)).max(200).optional(),
    attempts: attemptColumnsSchema,
    /** Names the import that it came with; absent in entries from before imports were named: it is its own. */
    importId: idSchema.optional(),
  }),
  roles: ["lead", "evaluator"],
  home: cellHome,
  refusal: (context, body) => {
    const known = logKeys(body.log).some((key) => runOfLogKey(context.model, key) !== null);
    // Two people who imported one log each have a run of it: both are kept, one is counted (cells.ts).
    return known && !context.received ? "this log was imported before" : cellRefusal(context, body);
  },
  fold: foldImportedRun,
  words: (context, body) =>
    `Run ${runCode(context.model, body.id)} imported: ${cellWords(context, body)}, ${formatCounted(body.attempts.n, "attempt")}`,
  about: (body) => body.id,
});

export const runStateChanged = defineEvent({
  type: "run.state-changed",
  v: 1,
  body: z.strictObject({ runId: idSchema, state: runStateSchema, reason: z.string().max(1_000) }),
  roles: ["lead", "evaluator"],
  home: (model, body) => runCompartment(model, body.runId),
  refusal: ({ model, actor, received }, body) => {
    const run = runFacts(model, body.runId);
    if (run === null) return "there is no such run";
    if (received) return decidedHere(run);
    return transitionRefusal(run.state, body.state, memberRole(model, actor), body.reason);
  },
  fold: (context, body) => {
    changeState(context, body.runId, body.state);
  },
  words: ({ model }, body) =>
    `${runCode(model, body.runId)} is now ${body.state.replace("-", " ")}${body.reason === "" ? "" : `: ${body.reason}`}`,
  about: (body) => body.runId,
});

/** A run of an import that is undone: withdrawn before anybody looked into it, so that its log can be taken in again. */
export const runImportUndone = defineEvent({
  type: "run.import-undone",
  v: 1,
  body: z.strictObject({
    runId: idSchema,
    importId: idSchema,
    /** The run that holds its attempts now, where a later log of the same evaluation was taken in. */
    into: idSchema.optional(),
  }),
  roles: ["lead", "evaluator"],
  home: (model, body) => runCompartment(model, body.runId),
  refusal: ({ model, actor, received }, body) => {
    const run = runFacts(model, body.runId);
    if (run === null) return "there is no such run";
    if (received) return decidedHere(run);
    const isOwn = run.startedBy === actor || memberRole(model, actor) === "lead";
    return isOwn ? keptBecause(model, run) : denied("only a lead undoes what somebody else imported");
  },
  fold: (context, body) => {
    foldUndone(context, body.runId);
  },
  words: ({ model }, body) => {
    const why = body.into === undefined ? "import undone" : "taken up into the run of a later log";
    return `${runCode(model, body.runId)} is now withdrawn: ${why}`;
  },
  about: (body) => body.runId,
});

export const runEvents = [runStarted, runImported, runStateChanged, runImportUndone];
