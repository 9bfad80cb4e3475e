import { useEffect, type ReactNode } from "react";
import { markingWords } from "../../electron/contract/marking.ts";
import type { VaultState } from "../../electron/contract/vault.ts";
import { clearToasts, ErrorNote, Loading, Toasts } from "../parts/index.ts";
import { applyTheme } from "../theme/theme.ts";
import { useActivity, watchActivity } from "../state/activity.ts";
import { useAppearance } from "../state/appearance.ts";
import { lastMarking, rememberMarking } from "../state/last-marking.ts";
import { connection, queries, useQuery } from "../state/service.ts";
import { shell } from "../state/shell.ts";
import { navigate, replacePlace, resetView, screensWithoutVault, useView } from "../state/view.ts";
import { GlobalKeys } from "./global-keys.tsx";
import { IdleWarning } from "./idle-warning.tsx";
import { AboutDialog, ShortcutSheet } from "./overlays.tsx";
import { Palette } from "./palette.tsx";
import { LockedShell, VaultShell } from "./shell.tsx";

function useLook(): void {
  const { theme, density } = useAppearance();
  useEffect(() => applyTheme(window, theme, density), [theme, density]);
  useEffect(() => {
    void shell().setAppearance({ theme, density });
  }, [theme, density]);
}

/** Forgets everything that was read from the vault. Main reloads the page right after. */
function forget(): void {
  queries.clear();
  clearToasts();
  resetView();
}

/** Where a file that the system asked to open belongs; null for a kind that nothing here opens by itself. */
function screenForFile(name: string): "unlock" | "open-report" | null {
  if (name.endsWith(".evault")) return "unlock";
  return /\.(sealed|tar|age)$/.test(name) ? "open-report" : null;
}

/** The system asked the application to open a file: a vault goes to Unlock, a package to the sealed-report screen. */
function useOpenedFiles(): void {
  useEffect(
    () =>
      shell().on("openFile", ({ handle, name }) => {
        const screen = screenForFile(name);
        if (screen !== null) navigate(screen, { file: handle, name });
      }),
    [],
  );
}

function useLocking(): void {
  useEffect(() => {
    const stops = [shell().on("locked", forget), connection.on("locked", forget)];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}

/** The window's title bears the marking and the vault's outer-safe label. */
function useTitle(state: VaultState | null): void {
  const marking = state?.open === true ? markingWords(state.marking) : null;
  const label = state?.open === true ? state.label : null;
  useEffect(() => {
    if (state?.open === true) rememberMarking(state.marking);
    void shell().setTitle({ marking, name: label });
  }, [state, marking, label]);
}

/** Without a vault only the screens that need none can be open; with one, the unlock screen cannot. */
function usePlaceGuard(state: VaultState | null): boolean {
  const screen = useView((view) => view.place.screen);
  const open = state?.open;
  const fits =
    open === undefined || (open ? screen !== "unlock" && screen !== "create" : screensWithoutVault.includes(screen));
  useEffect(() => {
    if (open !== undefined && !fits) replacePlace(open ? "overview" : "unlock");
  }, [fits, open]);
  return fits;
}

function Frame(): ReactNode {
  const state = useQuery("vault.state", {});
  const vault = state.status === "ready" ? state.data : null;
  const serviceFailed = useActivity((activity) => activity.serviceFailed);
  useTitle(vault);
  const fits = usePlaceGuard(vault);
  if (serviceFailed)
    return (
      <Fault
        failure={{
          code: "service-stopped",
          detail: "It ended more often than it is started again. Quit and start EvalVault anew.",
        }}
      />
    );
  if (state.status === "failed") return <Fault failure={state.failure} />;
  if (vault === null || !fits) return <Loading words="Starting" />;
  return (
    <>
      {vault.open ? <VaultShell vault={vault} /> : <LockedShell marking={lastMarking()} />}
      <Palette isVaultOpen={vault.open} />
      <ShortcutSheet />
      <AboutDialog />
      <IdleWarning />
    </>
  );
}

function Fault({ failure }: { readonly failure: Parameters<typeof ErrorNote>[0]["failure"] }): ReactNode {
  return (
    <main className="page-body screen-fault">
      <h1>EvalVault cannot go on</h1>
      <ErrorNote failure={failure} />
    </main>
  );
}

/** The whole page. */
export function App(): ReactNode {
  useLook();
  useLocking();
  useOpenedFiles();
  useEffect(watchActivity, []);
  return (
    <>
      <GlobalKeys />
      <Frame />
      <Toasts />
    </>
  );
}
