import type { Verdict } from "../../../electron/contract/reviewing.ts";
import type { JudgingMode } from "./judgement-draft.ts";

export type ReviewAction =
  | { readonly kind: "flag"; readonly index: number }
  | { readonly kind: "confidence"; readonly value: number }
  | { readonly kind: "verdict"; readonly verdict: Verdict["kind"] }
  | { readonly kind: "take"; readonly which: 0 | 1 }
  | { readonly kind: "reason" };

interface LetterKey {
  readonly key: string;
  readonly words: string;
  readonly action: ReviewAction;
}

/** Letters of the form, in the order in which people are told. The others are the transcript's. */
export const letterKeys: readonly LetterKey[] = [
  { key: "S", words: "The score stands", action: { kind: "verdict", verdict: "stands" } },
  { key: "C", words: "Correct the score", action: { kind: "verdict", verdict: "corrected" } },
  { key: "U", words: "Cannot be told", action: { kind: "verdict", verdict: "undecided" } },
  { key: "R", words: "Write the reason", action: { kind: "reason" } },
  { key: "A", words: "Take over judgement A", action: { kind: "take", which: 0 } },
  { key: "B", words: "Take over judgement B", action: { kind: "take", which: 1 } },
];

interface KeyPress {
  readonly key: string;
  /** Where the key lies: digits are found by it, whatever the layout writes with or without Shift. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const digit = /^(?:Digit|Numpad)(\d)$/;

function ofDigit(value: number, isShifted: boolean): ReviewAction | null {
  if (isShifted) return value >= 1 && value <= 5 ? { kind: "confidence", value } : null;
  return { kind: "flag", index: value === 0 ? 9 : value - 1 };
}

/** What a key press on the review page asks for; null where it is not the page's. */
export function reviewActionOf(press: KeyPress): ReviewAction | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const [, found] = digit.exec(press.code) ?? [];
  if (found !== undefined) return ofDigit(Number(found), press.shiftKey);
  if (press.shiftKey || press.key.length !== 1) return null;
  return letterKeys.find(({ key }) => key === press.key.toUpperCase())?.action ?? null;
}

/** Whether a letter, small, is the form's while there is one; A and B only where two judgements are compared. */
export function isReviewKey(letter: string, mode: JudgingMode): boolean {
  const found = letterKeys.find(({ key }) => key.toLowerCase() === letter);
  if (mode === "read" || found === undefined) return false;
  return found.action.kind !== "take" || mode === "adjudicate";
}

/** The key that sets the flag at that place; null from the eleventh on. */
export function flagKey(index: number): string | null {
  return index < 10 ? String((index + 1) % 10) : null;
}

/** Whether the focus is where letters are written: there the page's keys do not work. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== "checkbox" && target.type !== "radio";
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}
