import { useId, type ReactNode } from "react";
import { classes, defined } from "./defined.ts";
import "./panel.css";

export interface PanelProps {
  readonly title?: string | undefined;
  /** In smaller ink beside the title: the unit, the method, the count. */
  readonly hint?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Without inner space: for a table or a list that reaches the edges. */
  readonly flush?: boolean;
  /** Takes the height that is left and scrolls inside. */
  readonly fill?: boolean;
  readonly label?: string | undefined;
  /** Holds words only: its body takes the focus, so that arrow keys scroll it. */
  readonly isReading?: boolean;
}

/** A framed part of a page; a landmark region where it has a title. */
export function Panel(props: PanelProps): ReactNode {
  const { title, hint, actions, children, flush = false, fill = false, label, isReading = false } = props;
  const id = useId();
  const named = title === undefined ? defined({ "aria-label": label }) : { "aria-labelledby": id };
  return (
    <section className={classes("panel", fill && "fill")} {...named}>
      {title === undefined ? null : (
        <header className="panel-head">
          <h2 id={id}>{title}</h2>
          {hint === undefined ? null : <span className="panel-hint">{hint}</span>}
          {actions === undefined ? null : <div className="panel-actions">{actions}</div>}
        </header>
      )}
      <div className={classes("panel-body", flush && "flush")} {...(isReading ? { tabIndex: 0 } : {})}>
        {children}
      </div>
    </section>
  );
}
