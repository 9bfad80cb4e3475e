import type { ReactNode } from "react";
import { Panel, Select } from "../../parts/index.ts";
import { setIdleMinutes, useActivity } from "../../state/activity.ts";

const choices = [1, 2, 3, 5, 10, 15].map((minutes) => ({
  id: String(minutes),
  label: minutes === 1 ? "1 minute" : `${String(minutes)} minutes`,
}));

/** How long the vault stays open when nobody does anything. */
export function AutoLockPanel(): ReactNode {
  const idleMinutes = useActivity((activity) => activity.idleMinutes);
  return (
    <Panel title="Automatic lock">
      <Select
        label="Lock when nothing happens for"
        options={choices}
        value={String(idleMinutes)}
        onChange={(minutes) => {
          setIdleMinutes(Number(minutes));
        }}
        description="It also locks at suspend, at the system's screen lock, when the window closes, and with Ctrl L."
      />
    </Panel>
  );
}
