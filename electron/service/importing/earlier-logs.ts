import { memberRole } from "../../domain/members/queries.ts";
import type { Draft } from "../../domain/event.ts";
import { runImportUndone } from "../../domain/runs/events.ts";
import { keptBecause, runOfEvaluation } from "../../domain/runs/known.ts";
import { logOfRun } from "../../domain/runs/queries.ts";
import { runFacts, type RunFacts } from "../../domain/runs/state.ts";
import type { LoggedRun } from "../../interchange/logged-run.ts";
import { evaluationKey, type LogOfEvaluation } from "../../interchange/merge-logs.ts";
import { readLogFile } from "../../interchange/readers.ts";
import type { RequestContext } from "../handlers.ts";
import { storedBlob } from "../handover/stored-blob.ts";
import type { OpenSession } from "../open-session.ts";
import { blobSource } from "../transcripts.ts";
import type { Original } from "./originals.ts";

/** Logs of the same evaluation that were taken in before: a later log takes their run up, while nobody has touched it. */

export interface EarlierLogs {
  readonly logs: readonly (LogOfEvaluation & { readonly format: string; readonly kept: Original })[];
  /** What withdraws the run that is taken up into another. */
  readonly withdrawing: (into: string) => Draft[];
  /** What to say where there is such a run and it has to stay. */
  readonly note: string | null;
}

const none: EarlierLogs = { logs: [], withdrawing: () => [], note: null };

/** Why a run stays as it is; null: it may be taken up. */
function staysBecause({ model, vault }: OpenSession, run: RunFacts): string | null {
  const isOwn = run.startedBy === vault.memberId || memberRole(model, vault.memberId) === "lead";
  return isOwn ? keptBecause(model, run) : `${run.code} was imported by somebody else`;
}

export async function earlierLogs(
  context: RequestContext,
  read: LoggedRun | null,
  place: { readonly campaignId: string | null; readonly compartment: number },
): Promise<EarlierLogs> {
  const { session } = context.host;
  const evaluation = read === null ? null : evaluationKey(read);
  const id = evaluation === null ? null : runOfEvaluation(session.model, evaluation, place);
  const run = id === null ? null : runFacts(session.model, id);
  if (id === null || run === null) return none;
  const stays = staysBecause(session, run);
  if (stays !== null) {
    const note = `${run.code} was made from another log of this evaluation. Both count until one is withdrawn: ${stays}.`;
    return { ...none, note };
  }
  const importId = importOf(session, id);
  const logs = await storedLogs(context, id);
  return { logs, withdrawing: (into) => [runImportUndone.draft({ runId: id, importId, into })], note: null };
}

function importOf({ model }: OpenSession, id: string): string {
  const row = model.get("SELECT import_id FROM run WHERE id = ?", id);
  const importId = row?.import_id;
  return typeof importId === "string" ? importId : id;
}

/** The stored logs of a run, read once more. */
async function storedLogs(context: RequestContext, runId: string): Promise<EarlierLogs["logs"]> {
  const { session } = context.host;
  const log = logOfRun(session, runId);
  if (log === null) return [];
  const others = (log.others ?? []).filter(({ kind }) => kind === "log");
  const logs: EarlierLogs["logs"][number][] = [];
  for (const { fileName, sha256, bytes, blob } of [log, ...others]) {
    const source = blobSource(storedBlob(session, blob, sha256));
    const result = await readLogFile({ name: fileName, bytes: source }, { signal: context.signal });
    const only = result.kind === "runs" ? result.runs[0] : undefined;
    if (only === undefined) continue;
    const kept = { name: fileName, sha256, bytes, blob };
    const { run, salvaged } = only;
    logs.push({ name: fileName, sha256, run, salvaged, format: run.format, kept });
  }
  return logs;
}
