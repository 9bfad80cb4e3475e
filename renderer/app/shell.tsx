import { useRef, type ReactNode } from "react";
import type { Marking } from "../../electron/contract/marking.ts";
import type { VaultState } from "../../electron/contract/vault.ts";
import { classes, EmptyState, MarkingBanner, PageHead } from "../parts/index.ts";
import { useView } from "../state/view.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { useTitleFocus } from "./focus-title.ts";
import { Navigation } from "./navigation.tsx";
import { screenById } from "./screen.ts";
import { ReadOnlyBar } from "./read-only-bar.tsx";
import { StatusBar } from "./status-bar.tsx";
import { TitleBar } from "./title-bar.tsx";
import "./shell.css";

type OpenVault = Extract<VaultState, { open: true }>;

/** The screen that is open, with the focus on its title. */
function Main(): ReactNode {
  const place = useView((view) => view.place);
  const main = useRef<HTMLElement>(null);
  const placeKey = `${place.screen} ${JSON.stringify(place.params)}`;
  useTitleFocus(main, placeKey);
  const screen = screenById(place.screen);
  return (
    <main className="main" id="main" ref={main}>
      <ErrorBoundary resetKey={placeKey}>
        {screen === undefined ? (
          <div className="page">
            <PageHead title="Not here" />
            <EmptyState title={`There is no screen called ${place.screen}`} />
          </div>
        ) : (
          <screen.Component key={placeKey} params={place.params} />
        )}
      </ErrorBoundary>
    </main>
  );
}

/** The frame around every screen of an open vault: banner, title bar, navigation, page, status bar, banner. */
export function VaultShell({ vault }: { readonly vault: OpenVault }): ReactNode {
  return (
    <div className={classes("window", vault.readOnly !== null && "read-only")}>
      <a className="skip-link" href="#main">
        Skip to the page
      </a>
      <MarkingBanner marking={vault.marking} place="top" />
      <TitleBar vault={vault} />
      {vault.readOnly === null ? null : <ReadOnlyBar reason={vault.readOnly.reason} />}
      <div className="window-body">
        <Navigation counts={vault.counts} />
        <Main />
      </div>
      <StatusBar vault={vault} />
      <MarkingBanner marking={vault.marking} place="bottom" />
    </div>
  );
}

/** The frame while no vault is open: banners and the page. */
export function LockedShell({ marking }: { readonly marking: Marking | null }): ReactNode {
  return (
    <div className="window locked">
      <MarkingBanner marking={marking} place="top" />
      <Main />
      <MarkingBanner marking={marking} place="bottom" />
    </div>
  );
}
