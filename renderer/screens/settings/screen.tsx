import type { ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import { ErrorNote, Loading, PageHead } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { AirGapPanel } from "./air-gap-panel.tsx";
import { AppearancePanel } from "./appearance-panel.tsx";
import { AutoLockPanel } from "./auto-lock-panel.tsx";
import { MarkingPanel } from "./marking-panel.tsx";
import { PersonsPanel } from "./persons-panel.tsx";
import { VaultPanel } from "./vault-panel.tsx";
import "./settings.css";

/** How the application looks and locks, what the vault is called and marked, and what the air gap refused. */
function SettingsScreen(): ReactNode {
  const state = useQuery("vault.state", {});
  if (state.status === "loading") return <Loading />;
  return (
    <div className="page">
      <PageHead
        title="Settings"
        lead="The look and the lock are of this workstation; the rest is of the vault and is journaled."
      />
      <div className="page-body scrolls">
        {state.status === "failed" ? <ErrorNote failure={state.failure} /> : null}
        <div className="columns-2">
          <div className="stack">
            <AppearancePanel />
            <AutoLockPanel />
            <AirGapPanel />
          </div>
          {state.status === "ready" && state.data.open ? (
            <div className="stack">
              <VaultPanel vault={state.data} />
              <MarkingPanel key={JSON.stringify(state.data.marking)} marking={state.data.marking} />
              <PersonsPanel vault={state.data} />
            </div>
          ) : null}
        </div>
      </div>
    </div>
  );
}

export const screen: Screen = { id: "settings", Component: SettingsScreen };
