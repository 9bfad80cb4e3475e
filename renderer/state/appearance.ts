import { create } from "zustand";
import { densityChoices, themeChoices } from "../../electron/contract/shell.ts";
import type { Density, ThemeChoice } from "../theme/theme.ts";
import { shell } from "./shell.ts";

export interface Appearance {
  readonly theme: ThemeChoice;
  readonly density: Density;
}

const storageKey = "evalvault.appearance";

/** The look of this session, null at its start. It outlives the page's reload at lock: its storage is in memory. */
function ofThisSession(storage: Pick<Storage, "getItem">): Appearance | null {
  const [theme, density] = (storage.getItem(storageKey) ?? "").split(" ");
  const choice = {
    theme: themeChoices.find((one) => one === theme),
    density: densityChoices.find((one) => one === density),
  };
  return choice.theme === undefined || choice.density === undefined
    ? null
    : { theme: choice.theme, density: choice.density };
}

export const useAppearance = create<Appearance>(() => ({ theme: "system", density: "regular" }));

/** Takes up the look that was chosen before: in this session, or in an earlier one, which main remembers. */
export async function restoreAppearance(): Promise<void> {
  const look = ofThisSession(window.sessionStorage);
  if (look !== null) {
    useAppearance.setState(look);
    return;
  }
  const info = await shell().appInfo();
  if (info.ok) useAppearance.setState({ theme: info.value.theme, density: info.value.density });
}

export function setAppearance(next: Partial<Appearance>): void {
  useAppearance.setState(next);
  const { theme, density } = useAppearance.getState();
  window.sessionStorage.setItem(storageKey, `${theme} ${density}`);
}
