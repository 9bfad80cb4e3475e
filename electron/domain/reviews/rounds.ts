import type { RoundInput, RoundPlan, RoundScope } from "../../contract/reviewing.ts";
import { campaignCompartment } from "../campaigns/queries.ts";
import type { Draft } from "../event.ts";
import { contributorOfMember } from "../handovers/queries.ts";
import { listMembers, memberName, memberRole } from "../members/queries.ts";
import type { QueryContext } from "../query-context.ts";
import { number, text, type ReadModel, type SqlValue } from "../read-model.ts";
import { Refusal } from "../refusal.ts";
import { runsOfCell } from "../runs/cells.ts";
import { runFacts, type RunFacts } from "../runs/state.ts";
import { unfoldRun } from "../runs/unfold.ts";
import { assign } from "./assignment.ts";
import { roundOpened } from "./events.ts";
import { loggedByHand } from "./state.ts";

/** Opens rounds: which attempts, in which order, with whom. */

/** Whether a member holds the key of a compartment: the outer tables of the file know. */
export type Reads = (member: string, compartment: number) => boolean;

interface Candidate {
  readonly run: RunFacts;
  readonly task: string;
  readonly epoch: number;
}

interface Found {
  readonly attempts: readonly Candidate[];
  readonly leftOut: RoundPlan["leftOut"];
}

const mostItems = 20_000;

function knownRun(model: ReadModel, id: string): RunFacts {
  const run = runFacts(model, id);
  if (run === null) throw new Refusal("not-found", "the run");
  return run;
}

function runsOfScope({ model }: QueryContext, { of }: RoundScope): RunFacts[] {
  if (of.kind === "run") return [knownRun(model, of.runId)];
  if (of.kind === "campaign") {
    if (campaignCompartment(model, of.campaignId) === null) throw new Refusal("not-found", "the campaign");
    return runsOfCell(model, { campaignId: of.campaignId });
  }
  return [...new Set(of.attempts.map((one) => one.runId))].map((id) => knownRun(model, id));
}

/** Why no attempt of a run can be in a round; null where they can. */
function closedRun(run: RunFacts, asksScore: boolean): string | null {
  if (run.state === "withdrawn" || run.state === "rejected") return `the run is ${run.state}`;
  if (run.state === "accepted" && asksScore) return "the run is accepted: take it back into review to judge its scores";
  return null;
}

function filterSql({ filter }: RoundScope): { where: string; values: SqlValue[] } {
  const parts: [string, SqlValue[]][] = [];
  const { outcomes, scoreAtLeast, scoreAtMost, solved } = filter;
  if (outcomes.length > 0) parts.push([`outcome IN (${outcomes.map(() => "?").join(", ")})`, [...outcomes]]);
  if (scoreAtLeast !== null) parts.push(["score >= ?", [scoreAtLeast]]);
  if (scoreAtMost !== null) parts.push(["score <= ?", [scoreAtMost]]);
  if (solved !== null) parts.push(["solved = ?", [Number(solved)]]);
  return {
    where: ["outcome NOT IN ('not-run', 'withheld')", ...parts.map(([sql]) => sql)].join(" AND "),
    values: parts.flatMap(([, values]) => values),
  };
}

function attemptsOfRun(context: QueryContext, run: RunFacts, scope: RoundScope): Candidate[] {
  unfoldRun(context, run);
  const { where, values } = filterSql(scope);
  const sql = `SELECT task, epoch FROM attempt WHERE run = ? AND ${where} ORDER BY task, epoch`;
  const all = context.model.all(sql, run.number, ...values).map((row) => ({
    run,
    task: text(row, "task"),
    epoch: number(row, "epoch"),
  }));
  const { of } = scope;
  if (of.kind !== "attempts") return all;
  const named = new Set(of.attempts.map((one) => JSON.stringify([one.runId, one.task, one.epoch])));
  return all.filter((one) => named.has(JSON.stringify([run.id, one.task, one.epoch])));
}

/** Attempts of a scope, in an order that every vault gives them; what cannot be in a round, by reason. */
function find(context: QueryContext, input: RoundInput): Found {
  const runs = runsOfScope(context, input.scope).sort((a, b) => (a.id < b.id ? -1 : 1));
  const [first] = runs;
  if (first === undefined) throw new Refusal("conflict", "the round", "There is no run to review.");
  if (runs.some((run) => run.compartment !== first.compartment)) {
    throw new Refusal("conflict", "the round", "Its runs are in several compartments: open a round for each.");
  }
  const leftOut = new Map<string, number>();
  const attempts = runs.flatMap((run) => {
    const reason = closedRun(run, input.form.asksScore);
    const own = attemptsOfRun(context, run, input.scope);
    if (reason === null) return own;
    leftOut.set(reason, (leftOut.get(reason) ?? 0) + own.length);
    return [];
  });
  return { attempts, leftOut: [...leftOut].map(([reason, count]) => ({ reason, count })) };
}

function mayReview(model: ReadModel, member: string): boolean {
  const role = memberRole(model, member);
  return role === "lead" || role === "evaluator";
}

/** Who judges: members who may and who read the compartment; somebody of another vault only by name. */
function reviewersOf(model: ReadModel, input: RoundInput, compartment: number, reads: Reads): string[] {
  const { reviewers } = input;
  if (reviewers.kind === "balanced") {
    return listMembers(model)
      .filter(
        ({ id, role, current }) =>
          current && (role === "evaluator" || (reviewers.leads && role === "lead")) && reads(id, compartment),
      )
      .map(({ id }) => id);
  }
  const named = [...new Set(reviewers.members)];
  for (const member of named) {
    if (mayReview(model, member)) {
      if (reads(member, compartment)) continue;
      throw new Refusal("not-allowed", memberName(model, member), "They do not read the compartment of these runs.");
    }
    if (contributorOfMember(model, member)?.accepted === true) continue;
    throw new Refusal("not-allowed", memberName(model, member), "Only leads and evaluators judge.");
  }
  return named;
}

export interface PlannedRound {
  readonly plan: RoundPlan;
  readonly draft: (id: string) => Draft;
}

/**
 * Plans a round: what `openRound` would make of the input. `seed` is used where the input names none.
 * @throws Refusal where there is nothing to review, or nobody who may
 */
export function planRound(context: QueryContext, input: RoundInput, reads: Reads, seed: number): PlannedRound {
  const { model } = context;
  const { attempts, leftOut } = find(context, input);
  const compartment = attempts[0]?.run.compartment;
  if (compartment === undefined) throw new Refusal("conflict", "the round", "There is no attempt to review.");
  const members = reviewersOf(model, input, compartment, reads);
  const { perAttempt, blind } = input;
  const mayJudge = (one: Candidate, place: number): boolean =>
    (!blind && perAttempt === 1) ||
    !loggedByHand(model, { run: one.run.number, task: one.task, epoch: one.epoch }, members[place] ?? "");
  const used = input.scope.sample?.seed ?? seed;
  const size = input.scope.sample?.size ?? null;
  const { items, unassigned } = assign(attempts, members.length, mayJudge, { seed: used, size, perAttempt });
  if (items.length === 0) {
    const reason = `There are too few who may judge: it takes ${perAttempt === 2 ? "two" : "one"} who did not log the attempt themselves.`;
    throw new Refusal("conflict", "the round", reason);
  }
  if (items.length > mostItems)
    throw new Refusal("conflict", "the round", "It has more than 20,000 attempts: take a sample.");
  const few = { reason: "too few who may judge them", count: unassigned.length };
  const load = members.map((_, place) => items.filter((item) => item.reviewers.includes(place)).length);
  return {
    plan: {
      attempts: items.length,
      seed: used,
      leftOut: [...leftOut, ...(unassigned.length === 0 ? [] : [few])],
      perReviewer: members.map((id, place) => ({ id, name: memberName(model, id), items: load[place] ?? 0 })),
    },
    draft: (id) => openedDraft({ id, input, seed: used, members, items }),
  };
}

function openedDraft(round: {
  readonly id: string;
  readonly input: RoundInput;
  readonly seed: number;
  readonly members: readonly string[];
  readonly items: readonly { readonly attempt: Candidate; readonly reviewers: readonly number[] }[];
}): Draft {
  const { id, input, seed, members, items } = round;
  const { name, perAttempt, blind, form, scope, dueAt } = input;
  const runIds = [...new Set(items.map(({ attempt }) => attempt.run.id))];
  const place = new Map(runIds.map((runId, at) => [runId, at]));
  const campaigns = new Set(items.map(({ attempt }) => attempt.run.campaignId));
  const [campaignId = null] = campaigns.size === 1 ? campaigns : [];
  return roundOpened.draft({
    ...{ id, name, perAttempt, blind, form, scope, seed, dueAt, campaignId, runIds },
    reviewers: [...members],
    items: items.map(({ attempt: { run, task, epoch }, reviewers }) => ({
      run: place.get(run.id) ?? 0,
      task,
      epoch,
      reviewers: [...reviewers],
    })),
  });
}
