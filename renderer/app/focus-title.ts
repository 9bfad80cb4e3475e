import { useEffect, type RefObject } from "react";
import { pageTitleId } from "../parts/index.ts";

/** How long a screen may read before its title is given up on. */
const patienceMs = 5_000;

function focusTitle(main: HTMLElement): boolean {
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
    // A dialog that opened with the screen holds the focus itself.
    if (element === null || document.querySelector(".veil") !== null) return;
    // What was pressed to come here lets the focus go; a field of the new screen that took it keeps it.
    const active = document.activeElement;
    if (active instanceof HTMLElement && !element.contains(active)) active.blur();
    if (focusTitle(element)) return;
    const observer = new MutationObserver(() => {
      if (focusTitle(element)) observer.disconnect();
    });
    observer.observe(element, { childList: true, subtree: true });
    const timer = setTimeout(() => {
      observer.disconnect();
    }, patienceMs);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, [main, placeKey]);
}
