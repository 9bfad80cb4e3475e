import type { Role } from "./values.ts";

/** What can become of a finding, as data: kinds, the channels that each may go to, states, and what leads from one to another. */

/** A weakness of a model, for its developer; a vulnerability of software that a model found, for clearinghouse and vendor. */
export const findingKinds = ["model-weakness", "software-vulnerability"] as const;
export type FindingKind = (typeof findingKinds)[number];

export const findingKindWords: Readonly<Record<FindingKind, string>> = {
  "model-weakness": "Model weakness",
  "software-vulnerability": "Software vulnerability",
};

/** To whom a finding can go. */
export const findingChannels = ["developer", "clearinghouse", "vendor"] as const;
export type FindingChannel = (typeof findingChannels)[number];

export const findingChannelWords: Readonly<Record<FindingChannel, string>> = {
  developer: "Model developer",
  clearinghouse: "Clearinghouse",
  vendor: "Vendor",
};

/** The channels of each kind; no channel is in both. */
export const channelsOfKind: Readonly<Record<FindingKind, readonly FindingChannel[]>> = {
  "model-weakness": ["developer"],
  "software-vulnerability": ["clearinghouse", "vendor"],
};

/** In the order of a board's columns. */
export const findingStates = [
  "recorded",
  "triaged",
  "validated",
  "refuted",
  "duplicate",
  "routed",
  "acknowledged",
  "remediated",
  "distributed",
  "closed",
] as const;
export type FindingState = (typeof findingStates)[number];

export const findingStateWords: Readonly<Record<FindingState, string>> = {
  recorded: "recorded",
  triaged: "triaged",
  validated: "validated",
  refuted: "refuted",
  duplicate: "duplicate",
  routed: "routed",
  acknowledged: "acknowledged",
  remediated: "remediated",
  distributed: "distributed",
  closed: "closed",
};

/** By which request a state is left: a plain move, somebody's attempt to reproduce it, a mark as duplicate, a route. */
export type FindingStep = "move" | "validate" | "duplicate" | "route";

/** One way from a state to another. */
export interface FindingEdge {
  readonly from: FindingState;
  readonly to: FindingState;
  readonly by: FindingStep;
  readonly roles: readonly Role[];
  /** Whether it takes a written reason. */
  readonly needsReason: boolean;
}

const team: readonly Role[] = ["lead", "evaluator"];
const leads: readonly Role[] = ["lead"];

function edge(from: FindingState, to: FindingState, by: FindingStep, needsReason = false): FindingEdge {
  const isForLeads = by === "route" || to === "closed" || (by === "move" && to !== "triaged");
  return { from, to, by, roles: isForLeads ? leads : team, needsReason };
}

/** Every way there is. A route from "triaged" goes without a second look, so it takes a reason; so does closing early. */
export const findingEdges: readonly FindingEdge[] = [
  edge("recorded", "triaged", "move"),
  edge("recorded", "duplicate", "duplicate"),
  edge("recorded", "closed", "move", true),
  edge("triaged", "validated", "validate"),
  edge("triaged", "refuted", "validate"),
  edge("triaged", "duplicate", "duplicate"),
  edge("triaged", "routed", "route", true),
  edge("triaged", "closed", "move", true),
  edge("validated", "refuted", "validate"),
  edge("validated", "duplicate", "duplicate"),
  edge("validated", "routed", "route"),
  edge("validated", "closed", "move", true),
  edge("refuted", "validated", "validate"),
  edge("refuted", "closed", "move"),
  edge("duplicate", "closed", "move"),
  edge("routed", "acknowledged", "move"),
  edge("routed", "closed", "move", true),
  edge("acknowledged", "remediated", "move"),
  edge("acknowledged", "closed", "move", true),
  edge("remediated", "distributed", "move"),
  edge("remediated", "closed", "move", true),
  edge("distributed", "closed", "move"),
];

/** The way from one state to another by a step; null where there is none. */
export function findingEdge(from: FindingState, to: FindingState, by: FindingStep): FindingEdge | null {
  return findingEdges.find((one) => one.from === from && one.to === to && one.by === by) ?? null;
}
