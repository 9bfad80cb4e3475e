import { create } from "zustand";
import { densityChoices, themeChoices, type Density, type ThemeChoice } from "../theme/theme.ts";

export interface Appearance {
  readonly theme: ThemeChoice;
  readonly density: Density;
}

const storageKey = "evalvault.appearance";

/** The look outlives the page's reload at lock: the session's storage is in memory and ends with the application. */
function remembered(storage: Pick<Storage, "getItem">): Appearance {
  const [theme, density] = (storage.getItem(storageKey) ?? "").split(" ");
  return {
    theme: themeChoices.find((choice) => choice === theme) ?? "system",
    density: densityChoices.find((choice) => choice === density) ?? "regular",
  };
}

export const useAppearance = create<Appearance>(() => ({ theme: "system", density: "regular" }));

/** Takes up the look that was chosen before the page was reloaded. Called once, before the page is drawn. */
export function restoreAppearance(): void {
  useAppearance.setState(remembered(window.sessionStorage));
}

export function setAppearance(next: Partial<Appearance>): void {
  useAppearance.setState(next);
  const { theme, density } = useAppearance.getState();
  window.sessionStorage.setItem(storageKey, `${theme} ${density}`);
}
