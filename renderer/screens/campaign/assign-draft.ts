import { endOfDay } from "../../../electron/contract/end-of-day.ts";
import type { RequestInput } from "../../../electron/contract/index.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import type { Campaign } from "../../../electron/contract/planning.ts";
import { dayFault } from "../../state/time-words.ts";

/** Cells that are being given to somebody. */
export interface AssignDraft {
  /** `nobody`: they are taken back; null: not chosen yet. */
  readonly to: string | null;
  readonly modelVersionIds: readonly string[];
  readonly benchmarkIds: readonly string[];
  /** "2026-12-04", empty for when the campaign is due. */
  readonly due: string;
}

/** No member has this id. */
export const nobody = "nobody";

export type AssignFaults = Partial<Record<keyof AssignDraft, string>>;

/** What is missing or wrong, by field; empty when it can be done. */
export function assignFaults(draft: AssignDraft): AssignFaults {
  const due = draft.to === nobody ? undefined : dayFault(draft.due);
  return {
    ...(draft.to === null ? { to: "Choose who runs them." } : {}),
    ...(draft.modelVersionIds.length === 0 ? { modelVersionIds: "Choose at least one model version." } : {}),
    ...(draft.benchmarkIds.length === 0 ? { benchmarkIds: "Choose at least one benchmark." } : {}),
    ...(due === undefined ? {} : { due }),
  };
}

type Cell = Campaign["cells"][number];

/** The cells where what was chosen meets. */
export function chosenCells({ cells }: Pick<Campaign, "cells">, draft: AssignDraft): readonly Cell[] {
  const versions = new Set(draft.modelVersionIds);
  const packs = new Set(draft.benchmarkIds);
  return cells.filter((cell) => versions.has(cell.modelVersionId) && packs.has(cell.benchmarkId));
}

/** The request that a draft without faults makes. */
export function assignInput(campaign: Campaign, draft: AssignDraft): RequestInput<"campaigns.assign"> {
  const isBack = draft.to === null || draft.to === nobody;
  return {
    campaignId: campaign.id,
    cells: chosenCells(campaign, draft).map(({ modelVersionId, benchmarkId }) => ({ modelVersionId, benchmarkId })),
    memberId: isBack ? null : draft.to,
    dueAt: isBack ? null : endOfDay(draft.due),
  };
}

/** "4 cells: 2 are with Tomas Reyes now, 2 with nobody." */
export function nowWords(cells: readonly Pick<Cell, "assignment">[]): string {
  const counts = new Map<string, number>();
  for (const { assignment } of cells) {
    const name = assignment?.name ?? "nobody";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const parts = [...counts].map(([name, count], place) => {
    const verb = count === 1 ? "is" : "are";
    return place === 0 ? `${String(count)} ${verb} with ${name} now` : `${String(count)} with ${name}`;
  });
  return `${formatCounted(cells.length, "cell")}: ${parts.join(", ")}.`;
}
