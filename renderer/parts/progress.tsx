import type { ReactNode } from "react";
import { Label, ProgressBar } from "react-aria-components";
import { Button } from "./button.tsx";
import { classes } from "./defined.ts";
import "./progress.css";

export interface ProgressProps {
  /** The step that is under way: "Reading northgate.evault". */
  readonly step: string;
  readonly done: number;
  /** null: not known yet; the bar then only says that work goes on. */
  readonly total: number | null;
  /** "12 of 40 files": shown and spoken; a percentage where left out. */
  readonly words?: string | undefined;
  readonly onCancel?: (() => void) | undefined;
  readonly look?: "block" | "line";
}

/** Long work: the step by name, how far, and a way to stop it. */
export function Progress({ step, done, total, words, onCancel, look = "block" }: ProgressProps): ReactNode {
  const share = total === null || total === 0 ? 0 : Math.min(1, done / total);
  const spoken = words ?? `${String(Math.floor(share * 100))} %`;
  return (
    <div className={classes("progress", look)}>
      <ProgressBar
        className="progress-meter"
        value={share * 100}
        isIndeterminate={total === null}
        {...(total === null ? {} : { valueLabel: spoken })}
      >
        <Label className="progress-step cut">{step}</Label>
        <span className="progress-words">{total === null ? (words ?? "") : spoken}</span>
        <div className="progress-track">
          <div
            className={classes("progress-bar", total === null && "unknown")}
            style={{ width: total === null ? "30%" : `${String(share * 100)}%` }}
          />
        </div>
      </ProgressBar>
      {onCancel ? (
        <Button size="small" onPress={onCancel}>
          Cancel
        </Button>
      ) : null}
    </div>
  );
}

/** Says that something is being read, once it takes long enough to be noticed. */
export function Loading({ words = "Reading the vault" }: { readonly words?: string }): ReactNode {
  return (
    <div className="loading" role="status">
      {words}
    </div>
  );
}
