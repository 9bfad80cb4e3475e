import { campaignCompartment } from "../../domain/campaigns/queries.ts";
import { sharedCompartment } from "../../domain/compartments/queries.ts";
import type { ReadModel } from "../../domain/read-model.ts";

/** Where the runs of a campaign are kept, and those of none. */
export function compartmentOfRuns(model: ReadModel, campaignId: string | null): number {
  return (campaignId === null ? null : campaignCompartment(model, campaignId)) ?? sharedCompartment(model);
}
