import type { ReactNode } from "react";
import { IconSign, type SignName } from "./icon-sign.tsx";
import "./empty-state.css";

export interface EmptyStateProps {
  /** What this is. */
  readonly title: string;
  /** Why it is empty and what to do. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly sign?: SignName;
}

/** Stands where there is nothing yet: what this is, why it is empty, and the next step. */
export function EmptyState({ title, children, action, sign = "open" }: EmptyStateProps): ReactNode {
  return (
    <div className="empty-state">
      <span className="empty-sign">
        <IconSign name={sign} size={20} />
      </span>
      <h3>{title}</h3>
      {children === undefined ? null : <p>{children}</p>}
      {action === undefined ? null : <div className="row">{action}</div>}
    </div>
  );
}
