import { create } from "zustand";
import { shell } from "./shell.ts";

/** When the vault locks by itself: the clock starts anew at every sign of a person. */
export interface Activity {
  readonly lastAt: number;
  readonly idleMinutes: number;
  /** Seconds left when main has warned; null: no warning. */
  readonly warning: number | null;
  readonly refused: number;
  readonly serviceFailed: boolean;
}

export const useActivity = create<Activity>(() => ({
  lastAt: Date.now(),
  idleMinutes: 10,
  warning: null,
  refused: 0,
  serviceFailed: false,
}));

const tellEveryMs = 1_000;
const signs = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

/** Starts to tell main of every sign of a person, once a second at most, and to hear its warnings. */
export function watchActivity(): () => void {
  const seen = (): void => {
    const now = Date.now();
    if (now - useActivity.getState().lastAt < tellEveryMs) return;
    useActivity.setState({ lastAt: now, warning: null });
    void shell().activity();
  };
  for (const sign of signs) window.addEventListener(sign, seen, { passive: true, capture: true });
  const stops = [
    shell().on("idleWarning", ({ secondsLeft }) => {
      useActivity.setState({ warning: secondsLeft });
    }),
    shell().on("refusedRequests", ({ total }) => {
      useActivity.setState({ refused: total });
    }),
    shell().on("serviceFailed", () => {
      useActivity.setState({ serviceFailed: true });
    }),
  ];
  void shell()
    .appInfo()
    .then((info) => {
      if (!info.ok) return;
      const { idleMinutes, refused, serviceFailed } = info.value;
      useActivity.setState({ idleMinutes, refused: refused.total, serviceFailed });
    });
  return () => {
    for (const sign of signs) window.removeEventListener(sign, seen, { capture: true });
    for (const stop of stops) stop();
  };
}

/** Minutes without activity after which the vault is locked. */
export function setIdleMinutes(idleMinutes: number): void {
  useActivity.setState({ idleMinutes });
  void shell().setAutoLock({ idleMinutes });
}
