import type { Judgement, JudgementInput, ReviewForm, Verdict } from "../../../electron/contract/reviewing.ts";

/** What one may do with an item: give a judgement, change one's own, decide between two, or only read. */
export type JudgingMode = "judge" | "revise" | "adjudicate" | "read";

/** What a reviewer has filled in so far. Nothing is chosen before they choose it. */
export interface JudgementDraft {
  readonly flags: readonly string[];
  readonly verdict: Verdict["kind"] | null;
  /** The corrected score; kept while another verdict is looked at. */
  readonly score: number | null;
  readonly reason: string;
  /** 1 to 5. */
  readonly confidence: number | null;
}

export const emptyDraft: JudgementDraft = { flags: [], verdict: null, score: null, reason: "", confidence: null };

/** What is missing, by field, in words for beside it. */
export interface DraftFaults {
  readonly verdict?: string;
  readonly score?: string;
  readonly reason?: string;
  readonly confidence?: string;
}

export interface DraftRules {
  readonly form: ReviewForm;
  readonly scorerScore: number | null;
  /** An adjudication always says why. */
  readonly needsReason: boolean;
}

/** Sets or takes away a flag; flags stand in the form's order, so that equal drafts are equal values. */
export function toggleFlag(draft: JudgementDraft, id: string, form: ReviewForm): JudgementDraft {
  const asked = form.flags.map((flag) => flag.id);
  if (!asked.includes(id)) return draft;
  return { ...draft, flags: asked.filter((flag) => draft.flags.includes(flag) !== (flag === id)) };
}

/** Whether a judgement like this has to say why. */
export function needsReason(draft: JudgementDraft): boolean {
  return draft.flags.length > 0 || draft.verdict === "corrected" || draft.verdict === "undecided";
}

function verdictFault(draft: JudgementDraft, { form }: DraftRules): Pick<DraftFaults, "verdict"> {
  return form.asksScore && draft.verdict === null ? { verdict: "Say whether the score stands." } : {};
}

function scoreFault(draft: JudgementDraft, { form, scorerScore }: DraftRules): Pick<DraftFaults, "score"> {
  if (!form.asksScore || draft.verdict !== "corrected") return {};
  if (draft.score === null) return { score: "Say which score it should have." };
  return draft.score === scorerScore ? { score: "This is what the scorer said: then it stands." } : {};
}

/** What keeps a draft from being given; empty where nothing does. */
export function draftFaults(draft: JudgementDraft, rules: DraftRules): DraftFaults {
  const lacksReason = (rules.needsReason || needsReason(draft)) && draft.reason.trim() === "";
  return {
    ...verdictFault(draft, rules),
    ...scoreFault(draft, rules),
    ...(lacksReason ? { reason: "Say why: it stands beside your judgement." } : {}),
    ...(draft.confidence === null ? { confidence: "Say how sure you are." } : {}),
  };
}

function verdictOf(draft: JudgementDraft): Verdict | null {
  if (draft.verdict !== "corrected") return draft.verdict === null ? null : { kind: draft.verdict };
  return draft.score === null ? null : { kind: "corrected", score: draft.score };
}

/** The draft as it is sent; null while something is missing. */
export function judgementOf(draft: JudgementDraft, rules: DraftRules): JudgementInput | null {
  if (draft.confidence === null || Object.keys(draftFaults(draft, rules)).length > 0) return null;
  return {
    flags: [...draft.flags],
    verdict: rules.form.asksScore ? verdictOf(draft) : null,
    reason: draft.reason.trim(),
    confidence: draft.confidence,
  };
}

/** A draft that says what a judgement said: to change it, or to take it over. */
export function draftOf({ flags, verdict, reason, confidence }: JudgementInput | Judgement): JudgementDraft {
  return {
    flags,
    verdict: verdict?.kind ?? null,
    score: verdict?.kind === "corrected" ? verdict.score : null,
    reason,
    confidence,
  };
}

/** In what two judgements differ, as words for a sentence: "the score", "Cheating". Empty where they agree. */
export function differences(
  a: Pick<Judgement, "flags" | "verdict">,
  b: Pick<Judgement, "flags" | "verdict">,
  words: (flag: string) => string,
): readonly string[] {
  const flags = [...new Set([...a.flags, ...b.flags])].filter((id) => a.flags.includes(id) !== b.flags.includes(id));
  const sameVerdict = JSON.stringify(a.verdict) === JSON.stringify(b.verdict);
  return [...(sameVerdict ? [] : ["the score"]), ...flags.map(words)];
}

/*
 * Drafts live while the page does: locking reloads it. So nothing of a judgement that was not given outlives the key.
 */
const drafts = new Map<string, JudgementDraft>();

export interface ItemPlace {
  readonly roundId: string;
  readonly item: number;
}

function keyOf({ roundId, item }: ItemPlace): string {
  return `${roundId} ${String(item)}`;
}

/** What was filled in of an item before one went elsewhere. */
export function readDraft(place: ItemPlace): JudgementDraft | undefined {
  return drafts.get(keyOf(place));
}

export function keepDraft(place: ItemPlace, draft: JudgementDraft): void {
  drafts.set(keyOf(place), draft);
}

export function dropDraft(place: ItemPlace): void {
  drafts.delete(keyOf(place));
}
