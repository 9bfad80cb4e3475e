import type { SearchScope } from "../../../electron/contract/searching.ts";
import type { ItemKind } from "../../../electron/contract/transcripts.ts";
import type { Option } from "../../parts/index.ts";

/** What kind of place is searched. */
export type ScopeKind = "vault" | "campaign" | "run";

export const scopeOptions: readonly Option<ScopeKind>[] = [
  { id: "vault", label: "The whole vault" },
  { id: "campaign", label: "One campaign" },
  { id: "run", label: "One run" },
];

/** What is searched of a transcript, in groups: nobody thinks in thirty kinds. */
export type KindGroup = "all" | "said" | "tools" | "ends";

export const kindOptions: readonly Option<KindGroup>[] = [
  { id: "all", label: "Everything" },
  { id: "said", label: "What was said" },
  { id: "tools", label: "Tool calls and output" },
  { id: "ends", label: "Errors, limits, scores" },
];

const kindsIn: Readonly<Record<KindGroup, readonly ItemKind[] | null>> = {
  all: null,
  said: ["system", "user", "assistant", "message", "model", "input", "sample-init"],
  tools: ["assistant", "model", "tool", "tool-output", "sandbox", "subtask", "approval"],
  ends: ["error", "sample-limit", "limit", "interrupt", "score", "score-edit", "final-score", "invalidation"],
};

export function kindsOf(group: KindGroup): readonly ItemKind[] | null {
  return kindsIn[group];
}

/** The group that stands for these kinds. */
export function groupOf(kinds: readonly ItemKind[] | null): KindGroup {
  return kindOptions.find(({ id }) => JSON.stringify(kindsIn[id]) === JSON.stringify(kinds))?.id ?? "all";
}

/** The scope that is chosen; null while it is not said which campaign or run. */
export function scopeOf(kind: ScopeKind, id: string | null): SearchScope | null {
  if (kind === "vault") return { kind };
  return id === null ? null : { kind, id };
}
