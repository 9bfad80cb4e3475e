import type { ReactNode } from "react";
import { Meter } from "react-aria-components";
import { formatCount } from "../../../electron/contract/number-text.ts";

interface ShareBarProps {
  /** Spoken: what is done. */
  readonly label: string;
  readonly done: number;
  readonly total: number;
  /** After the numbers: "judged". */
  readonly words?: string | undefined;
}

/** How much of something is done: n of m, with a bar. */
export function ShareBar({ label, done, total, words = "" }: ShareBarProps): ReactNode {
  const spoken = `${formatCount(done)} of ${formatCount(total)}${words === "" ? "" : ` ${words}`}`;
  return (
    <Meter className="share-bar" aria-label={label} value={done} maxValue={Math.max(1, total)} valueLabel={spoken}>
      <span className="share-track">
        <span className="share-fill" style={{ width: `${String(total === 0 ? 0 : (100 * done) / total)}%` }} />
      </span>
      <span className="share-words">{spoken}</span>
    </Meter>
  );
}
