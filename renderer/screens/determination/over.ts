import type { Consultation, Determination, DeterminationLayer } from "../../../electron/contract/determinations.ts";

/** What stands over the screen of one determination. */
export type Over =
  | { readonly what: "review" | "skip" | "answer-skip"; readonly layer: number }
  | { readonly what: "answer"; readonly consultation: string }
  | { readonly what: "ask" | "decide" | "supersede" };

/** Whether anything of it can still be written down: a decided one is left as it is, and superseded by another. */
export function isGoingOn({ state }: Determination): boolean {
  return state === "in-review" || state === "ready";
}

export interface CurrentLayer {
  readonly place: number;
  readonly layer: DeterminationLayer;
}

/** The layer whose turn it is; null where none is left, or nothing goes on. */
export function currentLayer(determination: Determination): CurrentLayer | null {
  if (!isGoingOn(determination)) return null;
  const place = determination.layers.findIndex(({ state }) => state === "next" || state === "skip-proposed");
  const layer = determination.layers[place];
  return layer === undefined ? null : { place, layer };
}

/** Whether an answer can be written down: there is none, or it was that there is none by the date. */
export function mayAnswer({ state }: Consultation): boolean {
  return state !== "answered";
}

/** The consultation that is to be answered next: the one that is due first, those without a day after it. */
export function nextConsultation({ consultations }: Determination): Consultation | null {
  const open = consultations.filter(({ answer }) => answer === null);
  const byDay = open.toSorted((a, b) => (a.dueOn ?? "9999").localeCompare(b.dueOn ?? "9999"));
  return byDay[0] ?? null;
}
