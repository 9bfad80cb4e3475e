import { create } from "zustand";

/** Every screen there is. A folder of `renderer/screens` draws each. */
export const screenIds = [
  "unlock",
  "create",
  "open-report",
  "overview",
  "models",
  "benchmarks",
  "benchmark",
  "campaigns",
  "campaign",
  "submissions",
  "submission",
  "determination",
  "timeline",
  "findings",
  "finding",
  "runs",
  "run",
  "attempts",
  "attempt",
  "import",
  "reviews",
  "review",
  "round",
  "search",
  "compare",
  "reports",
  "report",
  "recipients",
  "journal",
  "members",
  "settings",
] as const;
export type ScreenId = (typeof screenIds)[number];

/** Screens that work without an open vault. */
export const screensWithoutVault: readonly ScreenId[] = ["unlock", "create", "open-report"];

/** What a screen is opened on: ids and the like, by name. */
export type Params = Readonly<Record<string, string>>;

export interface Place {
  readonly screen: ScreenId;
  readonly params: Params;
}

export interface ViewState {
  readonly place: Place;
  /** With which params the place is come back to, where the screen moved on since it was opened. */
  readonly kept: Params | null;
  readonly past: readonly Place[];
  readonly future: readonly Place[];
  /** What stands over the page. */
  readonly overlay: "palette" | "shortcuts" | "about" | null;
  /** Words of the screen for the status bar: how much is shown, which keys work. */
  readonly hint: string;
}

const start: ViewState = {
  place: { screen: "overview", params: {} },
  kept: null,
  past: [],
  future: [],
  overlay: null,
  hint: "",
};

/** Where the person is. View state only: never anything that was read from the vault, but ids. */
export const useView = create<ViewState>(() => start);

const historyLimit = 100;

function samePlace(a: Place, b: Place): boolean {
  return a.screen === b.screen && JSON.stringify(a.params) === JSON.stringify(b.params);
}

/** The place that is left, as it is come back to. */
function left({ place, kept }: ViewState): Place {
  return kept === null ? place : { screen: place.screen, params: kept };
}

/** What of this place is come back to: the view and the choices that were made in it. The screen stays as it is. */
export function keepPlace(params: Params): void {
  useView.setState({ kept: params });
}

/** Opens a screen; Alt+← comes back. */
export function navigate(screen: ScreenId, params: Params = {}): void {
  useView.setState((view) => {
    const place = { screen, params };
    if (samePlace(place, view.place)) return { overlay: null };
    const past = [...view.past, left(view)].slice(-historyLimit);
    return { place, kept: null, past, future: [], overlay: null, hint: "" };
  });
}

/** Opens a screen in place of this one, which is not come back to. */
export function replacePlace(screen: ScreenId, params: Params = {}): void {
  useView.setState({ place: { screen, params }, kept: null, overlay: null, hint: "" });
}

export function goBack(): void {
  useView.setState((view) => {
    const place = view.past.at(-1);
    if (place === undefined) return view;
    const future = [left(view), ...view.future];
    return { place, kept: null, past: view.past.slice(0, -1), future, overlay: null, hint: "" };
  });
}

export function goForward(): void {
  useView.setState((view) => {
    const [place, ...future] = view.future;
    if (place === undefined) return view;
    return { place, kept: null, past: [...view.past, left(view)], future, overlay: null, hint: "" };
  });
}

export function setOverlay(overlay: ViewState["overlay"]): void {
  useView.setState({ overlay });
}

/** At lock: nothing is remembered of where the person was. */
export function resetView(): void {
  useView.setState(start);
}
