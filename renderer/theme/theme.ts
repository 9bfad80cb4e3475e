import type { densityChoices, themeChoices } from "../../electron/contract/shell.ts";

/** The three sets of tokens, and "system", which follows the operating system. */
export type ThemeChoice = (typeof themeChoices)[number];
export type Theme = Exclude<ThemeChoice, "system">;

export type Density = (typeof densityChoices)[number];

/** What the operating system asks for, as two yes or no answers. */
export interface SystemPreference {
  readonly dark: boolean;
  readonly moreContrast: boolean;
}

/** The set of tokens that a choice comes to under what the system asks for. An explicit choice always wins. */
export function resolveTheme(choice: ThemeChoice, system: SystemPreference): Theme {
  if (choice !== "system") return choice;
  if (system.moreContrast) return "contrast";
  return system.dark ? "dark" : "light";
}

const darkQuery = "(prefers-color-scheme: dark)";
const contrastQuery = "(prefers-contrast: more)";

/** Reads the system's preference from media queries. */
export function systemPreference(view: Pick<Window, "matchMedia">): SystemPreference {
  return { dark: view.matchMedia(darkQuery).matches, moreContrast: view.matchMedia(contrastQuery).matches };
}

/**
 * Puts the chosen look on the document and keeps following the system while the choice is "system".
 * @returns a function that stops following.
 */
export function applyTheme(view: Window, choice: ThemeChoice, density: Density): () => void {
  const root = view.document.documentElement;
  const put = (): void => {
    root.dataset.theme = resolveTheme(choice, systemPreference(view));
    root.dataset.density = density;
  };
  put();
  const queries = [view.matchMedia(darkQuery), view.matchMedia(contrastQuery)];
  for (const query of queries) query.addEventListener("change", put);
  return () => {
    for (const query of queries) query.removeEventListener("change", put);
  };
}
