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

const queue = new ToastQueue<ToastWords>({ maxVisibleToasts: 3 });

/** Long enough to read and to reach Undo; pointing at it or focusing it stops the clock. */
const shownForMs = 8_000;

/** Says shortly what was done, with an undo where there is one. Announced by itself. */
export function showToast(toast: ToastWords): void {
  queue.add(toast, toast.tone === "bad" ? {} : { timeout: shownForMs });
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
