import { useEffect, type RefObject } from "react";
import { pageTitleId } from "../parts/index.ts";

/** How long a screen may read, and a palette may take to close, before its title is given up on. */
const patienceMs = 5_000;

/** Focuses the title if nothing of the new screen has the focus. @returns false while it cannot be done yet. */
function focusTitle(main: HTMLElement): boolean {
  // What stands over the page holds the focus: the palette until it has closed, or a dialog that opened with the screen.
  if (document.querySelector(".veil") !== null) return false;
  const active = document.activeElement;
  // A field that took the focus by itself (the passphrase) keeps it.
  if (active !== null && active !== main && main.contains(active)) return true;
  const title = document.getElementById(pageTitleId);
  title?.focus({ preventScroll: true });
  return title !== null;
}

/** Moves the focus to the title of the screen that opened, so that a screen reader says it and Tab goes on from there. */
export function useTitleFocus(main: RefObject<HTMLElement | null>, placeKey: string): void {
  useEffect(() => {
    const element = main.current;
    if (element === null || focusTitle(element)) return;
    const observer = new MutationObserver(() => {
      if (focusTitle(element)) observer.disconnect();
    });
    observer.observe(document.body, { childList: true, subtree: true });
    const timer = setTimeout(() => {
      observer.disconnect();
    }, patienceMs);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, [main, placeKey]);
}
