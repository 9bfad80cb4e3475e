import { z } from "zod";
import { attemptAddressSchema, loggedAttemptSchema, type LoggedAttempt } from "../../contract/evaluation.ts";
import { invalidationCodeSchema, invalidationWords, type InvalidationCode } from "../../contract/invalidation.ts";
import { idSchema } from "../../contract/values.ts";
import { defineEvent, denied, type Denial, type FoldContext, type SecondPerson } from "../event.ts";
import { memberRole } from "../members/queries.ts";
import { decidedHere, runCode, runCompartment, runFacts, touchRun, type RunFacts } from "../runs/state.ts";
import { attemptTitle, outcomeWords } from "./words.ts";
import { recordChange, type AttemptChange } from "./changes.ts";

const open = new Set(["planned", "running", "logged", "in-review"]);

/** Why a run takes no more attempts, or null. A withdrawn one takes what others did to it before they knew. */
function closed(run: RunFacts | null, received: boolean): string | null {
  if (run === null) return "there is no such run";
  if (received) return decidedHere(run);
  return open.has(run.state) ? null : `the run is ${run.state}`;
}

function isPlanned(context: FoldContext, run: RunFacts, attempt: { task: string; epoch: number }): boolean {
  if (attempt.epoch > run.epochs) return false;
  const { model } = context;
  if (run.origin === "log") return true;
  // A run that is logged by hand always has its planned attempts in memory.
  const { task, epoch } = attempt;
  const sql = "SELECT 1 AS n FROM attempt WHERE run = ? AND task = ? AND epoch = ?";
  return model.get(sql, run.number, task, epoch) !== undefined;
}

/** A scored attempt needs a score; a planned one that was not run has none. */
function unfit(attempt: LoggedAttempt): string | null {
  if (attempt.outcome === "scored" && attempt.score === null) return `${attempt.task} is called scored without a score`;
  if (attempt.outcome === "not-run" && attempt.score !== null) return `${attempt.task} is called not run with a score`;
  return null;
}

export const attemptsLogged = defineEvent({
  type: "attempts.logged",
  v: 1,
  body: z.strictObject({ runId: idSchema, attempts: z.array(loggedAttemptSchema).min(1).max(5_000) }),
  roles: ["lead", "evaluator"],
  home: (model, body) => runCompartment(model, body.runId),
  refusal: (context, body) => {
    const run = runFacts(context.model, body.runId);
    const reason = closed(run, context.received);
    if (reason !== null || run === null) return reason;
    for (const attempt of body.attempts) {
      if (!isPlanned(context, run, attempt)) return `${attempt.task}, epoch ${String(attempt.epoch)}, is not planned`;
      const wrong = unfit(attempt);
      if (wrong !== null) return wrong;
    }
    return null;
  },
  fold: (context, body) => {
    const run = runFacts(context.model, body.runId);
    if (run === null) return;
    for (const attempt of body.attempts) {
      const place = { run: run.number, task: attempt.task, epoch: attempt.epoch };
      const words = `Logged by hand: ${outcomeWords(attempt.outcome, attempt.score, run.rule)}`;
      recordChange(context, place, { kind: "logged", attempt }, words, run.rule);
    }
    touchRun(context.model, run, true);
  },
  words: ({ model }, body) => {
    const first = body.attempts[0];
    const run = runFacts(model, body.runId);
    if (first === undefined || run === null) return "Attempts logged";
    if (body.attempts.length > 1)
      return `${String(body.attempts.length)} attempts of ${runCode(model, body.runId)} logged`;
    return `${attemptTitle(first)} of ${runCode(model, body.runId)} logged: ${outcomeWords(first.outcome, first.score, run.rule)}`;
  },
  about: (body) => body.runId,
});

export const attemptNoted = defineEvent({
  type: "attempt.noted",
  v: 1,
  body: attemptAddressSchema.extend({ note: z.string().max(20_000) }),
  roles: ["lead", "evaluator"],
  home: (model, body) => runCompartment(model, body.runId),
  refusal: ({ model }, body) => (runFacts(model, body.runId) === null ? "there is no such run" : null),
  fold: (context, body) => {
    const run = runFacts(context.model, body.runId);
    if (run === null) return;
    const place = { run: run.number, task: body.task, epoch: body.epoch };
    recordChange(context, place, { kind: "noted", note: body.note }, "Note changed", run.rule);
  },
  words: ({ model }, body) => `Note on ${attemptTitle(body)} of ${runCode(model, body.runId)}`,
  about: (body) => body.runId,
});

/** Who may change what of an attempt counts: of a run that was accepted, a lead with a second person. */
function countingRefusal({ model, actor, received }: FoldContext, runId: string): string | Denial | null {
  const run = runFacts(model, runId);
  if (run === null) return "there is no such run";
  if (received)
    return run.wasAccepted ? "the run was accepted here: what changes its numbers is decided here" : decidedHere(run);
  return run.wasAccepted && memberRole(model, actor) !== "lead" ? denied("the run was accepted: a lead decides") : null;
}

function secondOfAccepted({ model }: FoldContext, runId: string): SecondPerson | null {
  return runFacts(model, runId)?.wasAccepted === true ? { roles: ["lead"] } : null;
}

function changeCounting(
  context: FoldContext,
  body: { runId: string; task: string; epoch: number },
  change: AttemptChange,
  words: string,
): void {
  const run = runFacts(context.model, body.runId);
  if (run === null) return;
  recordChange(context, { run: run.number, task: body.task, epoch: body.epoch }, change, words, run.rule);
  touchRun(context.model, run, false);
}

/** As it was before there were codes. */
export const attemptInvalidatedFreely = defineEvent({
  type: "attempt.invalidated",
  v: 1,
  body: attemptAddressSchema.extend({ reason: z.string().min(1).max(1_000) }),
  roles: ["lead", "evaluator"],
  home: (model, body) => runCompartment(model, body.runId),
  secondPerson: (context, body) => secondOfAccepted(context, body.runId),
  refusal: (context, body) => countingRefusal(context, body.runId),
  fold: (context, body) => {
    const { reason } = body;
    changeCounting(context, body, { kind: "invalidated", reason }, `Invalidated: ${reason}`);
  },
  words: ({ model }, body) => `${attemptTitle(body)} of ${runCode(model, body.runId)} invalidated: ${body.reason}`,
  about: (body) => body.runId,
});

export const attemptInvalidated = defineEvent({
  type: "attempt.invalidated",
  v: 2,
  body: attemptAddressSchema.extend({ code: invalidationCodeSchema, reason: z.string().min(1).max(1_000) }),
  roles: ["lead", "evaluator"],
  home: (model, body) => runCompartment(model, body.runId),
  secondPerson: (context, body) => secondOfAccepted(context, body.runId),
  refusal: (context, body) => countingRefusal(context, body.runId),
  fold: (context, body) => {
    const { reason, code } = body;
    changeCounting(context, body, { kind: "invalidated", reason, code }, `Invalidated, ${codeWords(code)}: ${reason}`);
  },
  words: ({ model }, body) =>
    `${attemptTitle(body)} of ${runCode(model, body.runId)} invalidated, ${codeWords(body.code)}: ${body.reason}`,
  about: (body) => body.runId,
});

function codeWords(code: InvalidationCode): string {
  return invalidationWords[code].toLowerCase();
}

/** An invalidation is taken back, whether a person gave it or the log of the run. */
export const attemptReinstated = defineEvent({
  type: "attempt.reinstated",
  v: 1,
  body: attemptAddressSchema.extend({ reason: z.string().min(1).max(1_000) }),
  roles: ["lead", "evaluator"],
  home: (model, body) => runCompartment(model, body.runId),
  secondPerson: (context, body) => secondOfAccepted(context, body.runId),
  refusal: (context, body) => countingRefusal(context, body.runId),
  fold: (context, body) => {
    const { reason } = body;
    changeCounting(context, body, { kind: "reinstated", reason }, `Invalidation taken back: ${reason}`);
  },
  words: ({ model }, body) =>
    `${attemptTitle(body)} of ${runCode(model, body.runId)} counts again, its invalidation taken back: ${body.reason}`,
  about: (body) => body.runId,
});

export const evidenceAttached = defineEvent({
  type: "evidence.attached",
  v: 1,
  body: attemptAddressSchema.extend({
    evidence: z.strictObject({
      id: z.string().max(100),
      name: z.string().min(1).max(500),
      bytes: z.int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  }),
  roles: ["lead", "evaluator"],
  home: (model, body) => runCompartment(model, body.runId),
  refusal: ({ model }, body) => {
    if (runFacts(model, body.runId) === null) return "there is no such run";
    const known = model.get("SELECT 1 AS n FROM evidence WHERE id = ?", body.evidence.id) !== undefined;
    return known ? "this evidence is attached already" : null;
  },
  fold: ({ model, event }, body) => {
    const run = runFacts(model, body.runId);
    if (run === null) return;
    const { id, name, bytes, sha256 } = body.evidence;
    model.run(
      "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      id,
      run.number,
      body.task,
      body.epoch,
      name,
      bytes,
      sha256,
      event.at,
      event.by,
    );
  },
  words: ({ model }, body) =>
    `${body.evidence.name} attached to ${attemptTitle(body)} of ${runCode(model, body.runId)}`,
  about: (body) => body.runId,
});

export const attemptEvents = [
  attemptsLogged,
  attemptNoted,
  attemptInvalidatedFreely,
  attemptInvalidated,
  attemptReinstated,
  evidenceAttached,
];
