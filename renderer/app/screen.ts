import type { ComponentType } from "react";
import { screenIds, type Params, type ScreenId } from "../state/view.ts";

/** What a folder of `renderer/screens` gives: `export const screen: Screen` from its `screen.tsx`. */
export interface Screen {
  readonly id: ScreenId;
  readonly Component: ComponentType<{ readonly params: Params }>;
}

const found = import.meta.glob<{ readonly screen?: Screen; readonly screens?: readonly Screen[] }>(
  "../screens/*/screen.tsx",
  {
    eager: true,
  },
);

const byId = new Map<ScreenId, Screen>();
for (const module of Object.values(found)) {
  for (const screen of [...(module.screens ?? []), ...(module.screen ? [module.screen] : [])])
    byId.set(screen.id, screen);
}

/** The screen of that name, undefined when no folder draws it. */
export function screenById(id: ScreenId): Screen | undefined {
  return byId.get(id);
}

/** Screens that no folder draws: none in a finished build; a test says so. */
export function missingScreens(): readonly ScreenId[] {
  return screenIds.filter((id) => !byId.has(id));
}
