import type { KeyboardEvent } from "react";
import { isWriting } from "../review/judgement-keys.ts";

const arrows: Readonly<Record<string, string>> = { j: "ArrowDown", k: "ArrowUp" };

/**
 * J and K go down and up in the table of this part of the page, as the arrow keys do, and into it from elsewhere. Give it
 * as `onKeyDownCapture`: the table would take letters for the beginning of a name.
 */
export function onLetterCapture(event: KeyboardEvent<HTMLElement>): void {
  const arrow = arrows[event.key.toLowerCase()];
  if (arrow === undefined || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  const grid = event.currentTarget.querySelector<HTMLElement>("[role=grid]");
  if (grid === null) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.target instanceof HTMLElement && grid.contains(event.target)) {
    event.target.dispatchEvent(
      new KeyboardEvent("keydown", { key: arrow, code: arrow, bubbles: true, cancelable: true }),
    );
  } else grid.focus();
}
