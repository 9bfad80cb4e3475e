import type { NotSearched, SearchScope } from "../../contract/searching.ts";
import { benchmarkTitle } from "../../domain/benchmarks/queries.ts";
import { campaignCompartment } from "../../domain/campaigns/queries.ts";
import { modelVersionWords } from "../../domain/models/queries.ts";
import { number, text } from "../../domain/read-model.ts";
import { Refusal } from "../../domain/refusal.ts";
import type { LoggedFile } from "../../domain/runs/logged-file.ts";
import { logOfRun } from "../../domain/runs/queries.ts";
import { runFacts, type RunFacts } from "../../domain/runs/state.ts";
import { storedLog } from "../../domain/runs/transcript-place.ts";
import { unfoldRun } from "../../domain/runs/unfold.ts";
import { VaultError, type BlobReader } from "../../vault/index.ts";
import { storedBlob } from "../handover/stored-blob.ts";
import type { OpenSession } from "../open-session.ts";
import type { AttemptFacts } from "./searches.ts";

/** An attempt with a transcript. */
export interface AttemptInScope {
  readonly facts: AttemptFacts;
  /** Where in the stored log its sample lies. */
  readonly member: string;
}

/** A stored log with transcripts that are in the scope. */
export interface LogInScope {
  readonly run: RunFacts;
  readonly blob: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly attempts: readonly AttemptInScope[];
}

const otherFormat = "its log is of a format whose transcripts cannot be read";
const lostBefore = "they were damaged or missing when their log was taken in";
const notHere = "its log is not in this vault: it came with a hand-over that left it out";

/** The logs of a scope, the oldest run first, and what of it cannot be searched. @throws Refusal "not-found" */
export function logsInScope(session: OpenSession, scope: SearchScope): { logs: LogInScope[]; missed: NotSearched[] } {
  const logs: LogInScope[] = [];
  const missed: NotSearched[] = sealedCompartments(session, scope);
  for (const id of runIds(session, scope)) {
    const run = runFacts(session.model, id);
    const logged = run === null ? null : logOfRun(session, id);
    // A run that was logged by hand has no transcripts: nothing of it is missed.
    if (run === null || logged === null) continue;
    const lost = lostSamples(logged);
    if (lost > 0 && scope.kind !== "attempt") {
      missed.push({ what: "attempt", name: run.code, count: lost, reason: lostBefore });
    }
    for (const [file, attempts] of attemptsByFile(session, run, scope)) {
      const stored = storedLog(logged, file);
      if (stored?.format === "inspect") {
        const bytes = logBytes(logged, file);
        logs.push({ run, blob: stored.blob, sha256: stored.sha256, bytes, attempts });
      } else missed.push({ what: "run", name: run.code, count: attempts.length, reason: otherFormat });
    }
  }
  return { logs, missed };
}

/** Samples that the log should hold and that could not be read when it was imported: they are no attempts. */
function lostSamples(log: LoggedFile): number {
  return log.lost.reduce((sum, { what, count }) => sum + (what === "sample" ? count : 0), 0);
}

function logBytes(log: LoggedFile, file: number): number {
  if (file === 0) return log.bytes;
  return (log.others ?? []).filter(({ kind }) => kind === "log")[file - 1]?.bytes ?? 0;
}

function runIds(session: OpenSession, scope: SearchScope): string[] {
  const { model } = session;
  switch (scope.kind) {
    case "vault":
      return model.all("SELECT id FROM run WHERE undone = 0 ORDER BY number").map((row) => text(row, "id"));
    case "campaign":
      if (campaignCompartment(model, scope.id) === null) throw new Refusal("not-found", "the campaign");
      return model
        .all("SELECT id FROM run WHERE campaign_id = ? AND undone = 0 ORDER BY number", scope.id)
        .map((row) => text(row, "id"));
    case "run":
    case "attempt": {
      const id = scope.kind === "run" ? scope.id : scope.runId;
      if (runFacts(model, id) === null) throw new Refusal("not-found", "the run");
      return [id];
    }
  }
}

/** Compartments that this member holds no key of: how many runs are in them nobody can say. */
function sealedCompartments(session: OpenSession, scope: SearchScope): NotSearched[] {
  if (scope.kind !== "vault") return [];
  return session.vault
    .compartments()
    .filter((one) => !one.readable)
    .map((one) => ({ what: "compartment", name: one.label, count: 1, reason: "you hold no key of it" }));
}

/** The attempts of a run that have a transcript, by the log that holds it. */
function attemptsByFile(session: OpenSession, run: RunFacts, scope: SearchScope): Map<number, AttemptInScope[]> {
  unfoldRun(session, run);
  const { model } = session;
  const wanted = scope.kind === "attempt" ? scope : null;
  const facts = {
    runId: run.id,
    runCode: run.code,
    model: modelVersionWords(model, run.modelVersionId),
    benchmark: benchmarkTitle(model, run.benchmarkId),
  };
  const rows = model.all(
    `SELECT a.task, a.epoch, a.member, a.file, coalesce(t.title, a.task) AS title FROM attempt a
     LEFT JOIN task t ON t.benchmark_id = ? AND t.id = a.task
     WHERE a.run = ? AND a.member IS NOT NULL AND (? IS NULL OR (a.task = ? AND a.epoch = ?))
     ORDER BY a.file, a.task, a.epoch`,
    run.benchmarkId,
    run.number,
    wanted === null ? null : 1,
    wanted?.task ?? null,
    wanted?.epoch ?? null,
  );
  const files = new Map<number, AttemptInScope[]>();
  for (const row of rows) {
    const attempt = { ...facts, task: text(row, "task"), title: text(row, "title"), epoch: number(row, "epoch") };
    const file = number(row, "file");
    const others = files.get(file) ?? [];
    others.push({ facts: attempt, member: text(row, "member") });
    files.set(file, others);
  }
  return files;
}

/** The stored log, or why it cannot be read. */
export function logBlob(session: OpenSession, log: LogInScope): BlobReader | string {
  try {
    const blob = storedBlob(session, log.blob, log.sha256);
    return blob.sha256 === log.sha256 ? blob : "the stored log is not the one that was imported";
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    if (error.code === "no-such-blob") return notHere;
    if (error.code === "no-such-compartment") return "you hold no key of its compartment";
    if (error.code === "damaged") return "its stored log is damaged";
    throw error;
  }
}
