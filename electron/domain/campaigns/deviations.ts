import { formatCount, formatCounted } from "../../contract/number-text.ts";
import { deviationSeverities, type Deviation } from "../../contract/planning.ts";
import { benchmarkTitle } from "../benchmarks/queries.ts";
import { modelVersionWords } from "../models/queries.ts";
import type { QueryContext } from "../query-context.ts";
import { addLedgers, emptyLedger } from "../runs/summary.ts";
import { runSummary } from "../runs/unfold.ts";
import { uncovered, withUncovered } from "./coverage.ts";
import { registeredPlan, runsOfCampaign, type PlannedRun, type RegisteredPlan } from "./plan-facts.ts";
import { planText } from "./plan-text.ts";
import { deviationsOfRun, duplicates, settingDeviations } from "./run-deviations.ts";

/** What the domain cannot know by itself. */
export interface DeviationsAt {
  readonly now: number;
  /** Hex digest of a text. */
  readonly sha256: (text: string) => string;
}

/**
 * Where what was done departs from the registered plan of a campaign: the serious first, then the oldest. Empty while
 * the plan is not registered. Depends on the read model and the time alone.
 */
export function campaignDeviations(context: QueryContext, campaignId: string, at: DeviationsAt): Deviation[] {
  const plan = registeredPlan(context.model, campaignId);
  if (plan === null) return [];
  const runs = runsOfCampaign(context, campaignId);
  const found = [
    ...changedPlan(context, plan, at),
    ...grownPacks(context, plan),
    ...runs.flatMap((run) => deviationsOfRun(context, plan, run)),
    ...duplicates(context, plan, runs),
    ...settingDeviations(context, plan, runs),
    ...missingAttempts(context, plan, { runs, now: at.now }),
  ];
  const rank = ({ severity }: Deviation): number => deviationSeverities.indexOf(severity);
  return found.toSorted((a, b) => rank(a) - rank(b) || a.since - b.since);
}

function changedPlan({ model }: QueryContext, plan: RegisteredPlan, { sha256 }: DeviationsAt): Deviation[] {
  const text = planText(model, plan.id);
  if (text !== null && sha256(text) === plan.hash) return [];
  const what = "The plan as it stands does not have the hash under which it was registered.";
  return [{ kind: "plan-changed", severity: "serious", what, run: null, where: "", since: plan.registeredAt }];
}

function grownPacks({ model }: QueryContext, plan: RegisteredPlan): Deviation[] {
  return [...plan.tasks].flatMap(([benchmarkId, { planned, found }]): Deviation[] => {
    const [first] = found;
    if (first === undefined) return [];
    const what = `Its pack had ${formatCounted(planned.size, "task")} when the plan was registered; logs have named ${formatCount(found.length)} more since.`;
    const where = benchmarkTitle(model, benchmarkId);
    const since = Math.min(...found.map((one) => one.at));
    return [{ kind: "pack-changed", severity: "notable", what, run: null, where, since }];
  });
}

/** Of every cell, once the plan is due: attempts that have not ended in any state. */
function missingAttempts(
  context: QueryContext,
  plan: RegisteredPlan,
  { runs, now }: { readonly runs: readonly PlannedRun[]; readonly now: number },
): Deviation[] {
  const { dueAt } = plan;
  if (dueAt === null || now <= dueAt) return [];
  return [...plan.modelVersionIds].flatMap((modelVersionId) =>
    [...plan.benchmarkIds].flatMap((benchmarkId): Deviation[] => {
      const counted = runs.filter(
        ({ facts, isCounted }) =>
          isCounted && facts.modelVersionId === modelVersionId && facts.benchmarkId === benchmarkId,
      );
      const facts = counted.map((run) => run.facts);
      const held = facts.reduce((sum, run) => addLedgers(sum, runSummary(context, run).ledger), emptyLedger);
      const { planned, notRun } = withUncovered(held, uncovered(context, { ...plan, benchmarkId }, facts));
      if (notRun === 0) return [];
      const what = `${formatCount(notRun)} of ${formatCounted(planned, "planned attempt")} were not run when the plan was due.`;
      const where = `${modelVersionWords(context.model, modelVersionId)} · ${benchmarkTitle(context.model, benchmarkId)}`;
      const severity = notRun === planned ? "serious" : "notable";
      return [{ kind: "attempts-missing", severity, what, run: null, where, since: dueAt }];
    }),
  );
}
