import type { Run } from "../contract/evaluation.ts";
import { modelVersionWords } from "../domain/models/queries.ts";
import { Refusal } from "../domain/refusal.ts";
import type { RunFacts } from "../domain/runs/state.ts";
import { withdrawnVersions } from "../domain/submissions/queries.ts";
import type { OpenSession } from "./open-session.ts";

/**
 * Nothing of a model leaves the vault after its developer withdrew it, unless the terms of its submission let results be
 * told.
 * @throws Refusal "conflict", naming the first such model.
 */
export function refuseWithdrawn(session: OpenSession, runs: readonly (Run | RunFacts)[]): void {
  const withdrawn = withdrawnVersions(session.model);
  if (withdrawn.size === 0) return;
  const first = runs
    .map((run) => ("modelVersion" in run ? run.modelVersion.id : run.modelVersionId))
    .find((id) => withdrawn.has(id));
  if (first === undefined) return;
  throw new Refusal(
    "conflict",
    modelVersionWords(session.model, first),
    "Its developer has withdrawn it, and the terms let no result be told after that. Choose what it is not in.",
  );
}
