import { useEffect, type RefObject } from "react";

/** What keys are for on this screen: the marks of a chart, the matrix, a table, a transcript. */
const walked = "[data-mark][tabindex='0'], [role=grid], .compare-sides [tabindex='0']";
const patienceMs = 3_000;
const stepMs = 100;

/**
 * Keeps the focus on the screen when what had it went away, because another view, denominator or table took its place: on
 * the page at once, so that its keys go on working, and on what is walked as soon as that is there.
 * @param key changes with what is shown
 */
export function useKeptFocus(page: RefObject<HTMLElement | null>, key: string): void {
  useEffect(() => {
    const element = page.current;
    if (element === null) return;
    let waited = 0;
    const timer = setInterval(() => {
      waited += stepMs;
      const { activeElement } = document;
      if (activeElement === document.body) element.focus({ preventScroll: true });
      const next = document.activeElement === element ? element.querySelector<HTMLElement>(walked) : null;
      next?.focus({ preventScroll: true });
      if (next !== null || waited >= patienceMs) clearInterval(timer);
    }, stepMs);
    return () => {
      clearInterval(timer);
    };
  }, [page, key]);
}
