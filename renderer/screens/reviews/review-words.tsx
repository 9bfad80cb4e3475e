import type { ReactNode } from "react";
import {
  confidenceWords,
  reviewFlagWords,
  type ItemState,
  type ReviewFlag,
  type ReviewForm,
  type Verdict,
} from "../../../electron/contract/reviewing.ts";
import { Tag, type SignName, type Tone } from "../../parts/index.ts";

function isKnown(id: string): id is ReviewFlag {
  return id in reviewFlagWords;
}

/** A flag in words: the round's own where its form is at hand, else those that every round has, else its id. */
export function flagWords(id: string, form?: ReviewForm): string {
  const asked = form?.flags.find((flag) => flag.id === id)?.words;
  return asked ?? (isKnown(id) ? reviewFlagWords[id] : id.replaceAll("-", " "));
}

/** A score as people write it: no more digits than it has. */
export function scoreWords(score: number | null): string {
  return score === null ? "none" : String(score).replace("-", "−");
}

/** What was said of the score: "stands", "corrected to 0.5", "cannot be told". */
export function verdictWords(verdict: Verdict | null): string {
  if (verdict === null) return "not asked";
  if (verdict.kind === "corrected") return `corrected to ${scoreWords(verdict.score)}`;
  return verdict.kind === "stands" ? "stands" : "cannot be told";
}

/** "4 of 5, sure". */
export function confidenceLine(confidence: number): string {
  return `${String(confidence)} of 5, ${(confidenceWords[confidence - 1] ?? "").toLowerCase()}`;
}

/** Whether a score counts as solved by the benchmark's rule. */
export function isSolved(score: number, rule: { direction: "higher" | "lower"; threshold: number }): boolean {
  return rule.direction === "higher" ? score >= rule.threshold : score <= rule.threshold;
}

/** "solved at 1 or more". */
export function ruleWords({ direction, threshold }: { direction: "higher" | "lower"; threshold: number }): string {
  return `solved at ${scoreWords(threshold)} or ${direction === "higher" ? "more" : "less"}`;
}

const itemLooks: Readonly<Record<ItemState, { words: string; tone: Tone; sign: SignName }>> = {
  "to-do": { words: "lacks a judgement", tone: "plain", sign: "open" },
  adjudication: { words: "to a third person", tone: "warn", sign: "warn" },
  decided: { words: "decided", tone: "ok", sign: "ok" },
};

/** How far an item has come. */
export function ItemStateTag({ state }: { readonly state: ItemState }): ReactNode {
  const look = itemLooks[state];
  return (
    <Tag tone={look.tone} sign={look.sign} faint={state === "to-do"}>
      {look.words}
    </Tag>
  );
}

/** Says that a round or an item is judged blind. */
export function BlindTag(): ReactNode {
  return (
    <Tag tone="review" sign="eye">
      blind
    </Tag>
  );
}

/** Flags as tags; what is not flagged takes no room. */
export function FlagTags({
  flags,
  form,
}: {
  readonly flags: readonly string[];
  readonly form?: ReviewForm | undefined;
}): ReactNode {
  return (
    <>
      {flags.map((id) => (
        <Tag key={id} tone="warn">
          {flagWords(id, form)}
        </Tag>
      ))}
    </>
  );
}
