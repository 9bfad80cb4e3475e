import type { ReactNode } from "react";
import { markingLevel, markingWords, type Marking } from "../../electron/contract/marking.ts";
import "./marking-banner.css";

export interface MarkingBannerProps {
  /** null: no vault is open, so there is nothing to mark. */
  readonly marking: Marking | null;
  readonly place: "top" | "bottom";
}

/**
 * The marking of everything in the window, at its top and bottom, always in sight, never dismissed.
 * Its colours are the scheme's own, in every theme.
 */
export function MarkingBanner({ marking, place }: MarkingBannerProps): ReactNode {
  if (marking === null) return <div className="marking-banner none">{place === "top" ? "No vault is open" : ""}</div>;
  const { background, ink } = markingLevel(marking);
  const words = markingWords(marking);
  return (
    <div
      className="marking-banner"
      role="note"
      aria-label={`Marking, ${place}: ${words}`}
      style={{ background, color: ink }}
    >
      {words}
    </div>
  );
}

/** The marking of one thing on a page, in the scheme's colours. */
export function MarkingTag({ marking }: { readonly marking: Marking }): ReactNode {
  const { background, ink } = markingLevel(marking);
  return (
    <span className="marking-tag" style={{ background, color: ink }}>
      {markingWords(marking)}
    </span>
  );
}
