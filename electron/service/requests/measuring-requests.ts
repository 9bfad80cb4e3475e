import type { measuringRequests } from "../../contract/evaluation.ts";
import type { AttemptDetail, Run } from "../../contract/evaluation.ts";
import { logAttempts } from "../../domain/attempts/commands.ts";
import { attemptInvalidated, evidenceAttached } from "../../domain/attempts/events.ts";
import { attemptDetail, attemptGrid } from "../../domain/attempts/queries.ts";
import { Refusal } from "../../domain/refusal.ts";
import { startRun } from "../../domain/runs/commands.ts";
import { runStateChanged } from "../../domain/runs/events.ts";
import { resultMatrix, runResults } from "../../domain/runs/cells.ts";
import { getRun, listRuns } from "../../domain/runs/queries.ts";
import { runFacts, type RunFacts } from "../../domain/runs/state.ts";
import type { Handlers } from "../handlers.ts";
import type { Host } from "../host.ts";
import { saveEvidence, stageFile, type StagedEvidence } from "../evidence.ts";
import { act } from "../two-persons.ts";
import { newId } from "../new-id.ts";

function facts(host: Host, runId: string): RunFacts {
  const run = runFacts(host.session.model, runId);
  if (run === null) throw new Refusal("not-found", "the run");
  return run;
}

function run(host: Host, runId: string): Run {
  const found = getRun(host.session, runId);
  if (found === null) throw new Refusal("not-found", "the run");
  return found;
}

interface Address {
  readonly runId: string;
  readonly task: string;
  readonly epoch: number;
}

function detail(host: Host, address: Address): AttemptDetail {
  const found = attemptDetail(host.session, facts(host, address.runId), address);
  if (found === null) throw new Refusal("not-found", `${address.task}, epoch ${String(address.epoch)}`);
  return found;
}

export const measuringHandlers: Handlers<keyof typeof measuringRequests> = {
  "runs.list": ({ host }, filter) => listRuns(host.session, filter),

  "runs.get": ({ host }, { runId }) => run(host, runId),

  "runs.start": ({ host }, input) => {
    const id = newId();
    host.session.commit([startRun(host.session.model, input, id)]);
    host.changed();
    return run(host, id);
  },

  "runs.setState": ({ host }, input) => {
    host.session.commit([runStateChanged.draft(input)]);
    host.changed();
    return run(host, input.runId);
  },

  "runs.attempts": ({ host }, input) => attemptGrid(host.session, facts(host, input.runId), input),

  "attempts.log": ({ host }, { runId, attempts }) => {
    const { drafts, before } = logAttempts(host.session, facts(host, runId), attempts);
    host.session.commit(drafts);
    host.changed();
    return { run: run(host, runId), before };
  },

  "attempts.invalidate": async (context, { runId, task, epoch, reason, code, second }) => {
    const { host } = context;
    detail(host, { runId, task, epoch });
    await act(context, attemptInvalidated.draft({ runId, task, epoch, reason, code: code ?? "other" }), second);
    host.changed();
    return detail(host, { runId, task, epoch });
  },

  "attempts.attach": async (context, { runId, task, epoch, files }) => {
    const { host } = context;
    detail(host, { runId, task, epoch });
    // All of them or none: a file that cannot be read must not leave the ones before it attached.
    const staged: StagedEvidence[] = [];
    for (const file of files) staged.push(await stageFile(context, file, facts(host, runId).compartment));
    host.session.commit(
      staged.map(({ evidence }) => evidenceAttached.draft({ runId, task, epoch, evidence })),
      { blobs: staged.map(({ blob }) => blob) },
    );
    host.changed();
    return detail(host, { runId, task, epoch });
  },

  "attempts.get": ({ host }, address) => detail(host, address),

  "evidence.save": (context, { evidenceId, destination }) => saveEvidence(context, evidenceId, destination),

  "results.matrix": ({ host }, { campaignId, policy }) =>
    resultMatrix(host.session, campaignId === null ? {} : { campaignId }, policy),

  "results.runs": ({ host }, filter) => runResults(host.session, filter),
};
