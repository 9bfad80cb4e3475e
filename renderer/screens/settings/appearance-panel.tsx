import type { ReactNode } from "react";
import { Panel, RadioGroup } from "../../parts/index.ts";
import { setAppearance, useAppearance } from "../../state/appearance.ts";

const themes = [
  { id: "system", label: "System" },
  { id: "light", label: "Light" },
  { id: "dark", label: "Dark" },
  { id: "contrast", label: "High contrast" },
] as const;

const densities = [
  { id: "regular", label: "Regular, 32 px rows" },
  { id: "compact", label: "Compact, 26 px rows" },
] as const;

/** Theme and density. */
export function AppearancePanel(): ReactNode {
  const { theme, density } = useAppearance();
  return (
    <Panel title="Appearance">
      <div className="stack">
        <RadioGroup
          look="segments"
          label="Theme"
          options={themes}
          value={theme}
          onChange={(next) => {
            setAppearance({ theme: next });
          }}
        />
        <RadioGroup
          look="segments"
          label="Density"
          options={densities}
          value={density}
          onChange={(next) => {
            setAppearance({ density: next });
          }}
        />
      </div>
    </Panel>
  );
}
