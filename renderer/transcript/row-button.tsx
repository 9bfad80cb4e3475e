import type { ReactNode } from "react";
import { IconSign, classes, type SignName } from "../parts/index.ts";

interface RowButtonProps {
  readonly children?: ReactNode;
  readonly onPress: () => void;
  readonly label?: string | undefined;
  readonly sign?: SignName | undefined;
  readonly look?: "link" | "quiet" | "icon";
}

/** A press within a row. The platform's own button: rows come and go by the dozen while a transcript is scrolled. */
export function RowButton({ children, onPress, label, sign, look = "link" }: RowButtonProps): ReactNode {
  return (
    <button
      type="button"
      className={look === "icon" ? "icon-button" : classes("door", look)}
      aria-label={label}
      onClick={onPress}
    >
      {sign === undefined ? null : <IconSign name={sign} size={look === "icon" ? 12 : 10} />}
      {children}
    </button>
  );
}
