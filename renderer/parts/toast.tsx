import type { ReactNode } from "react";
import {
  Text,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";
import { Button, IconButton } from "./button.tsx";
import { IconSign } from "./icon-sign.tsx";
import "./toast.css";

export interface ToastWords {
  readonly words: string;
  readonly tone?: "ok" | "bad" | "info";
  readonly undo?: (() => void) | undefined;
}

const mostToasts = 3;
const queue = new ToastQueue<ToastWords>({ maxVisibleToasts: mostToasts });
/** Keys of the toasts that were shown, oldest first. */
let shown: readonly string[] = [];

/** Long enough to read and to reach Undo; pointing at it or focusing it stops the clock. */
const shownForMs = 8_000;

/**
 * Says shortly what was done, with an undo where there is one. Announced by itself. Takes the place of the oldest where
 * there are many: the clock of a toast that waits does not run, and old news would come up long after.
 */
export function showToast(toast: ToastWords): void {
  const key = queue.add(toast, toast.tone === "bad" ? {} : { timeout: shownForMs });
  const keys = [...shown, key];
  for (const old of keys.slice(0, -mostToasts)) queue.close(old);
  shown = keys.slice(-mostToasts);
}

/** Takes every toast away: at lock nothing of the vault may stay in sight. */
export function clearToasts(): void {
  queue.clear();
}

const signs = { ok: "ok", bad: "fault", info: "info" } as const;

/** Where toasts stand. One to a window. F6 reaches it. */
export function Toasts(): ReactNode {
  return (
    <ToastRegion queue={queue} className="toasts" aria-label="Notices">
      {({ toast }) => (
        <AriaToast toast={toast} className={`toast ${toast.content.tone ?? "ok"}`}>
          <IconSign name={signs[toast.content.tone ?? "ok"]} />
          <ToastContent className="toast-words">
            <Text slot="title">{toast.content.words}</Text>
          </ToastContent>
          {toast.content.undo ? (
            <Button
              size="small"
              onPress={() => {
                toast.content.undo?.();
                queue.close(toast.key);
              }}
            >
              Undo
            </Button>
          ) : null}
          <IconButton sign="close" label="Dismiss" slot="close" />
        </AriaToast>
      )}
    </ToastRegion>
  );
}
