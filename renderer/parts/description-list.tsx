import type { ReactNode } from "react";
import { classes } from "./defined.ts";
import "./description-list.css";

export interface Described {
  readonly term: string;
  readonly value: ReactNode;
  /** For what machines wrote: keys, digests, paths. */
  readonly mono?: boolean;
}

export interface DescriptionListProps {
  readonly items: readonly Described[];
  /** rows: term beside value, with lines. stack: term over value. counts: long terms, short values at the end. */
  readonly look?: "rows" | "stack" | "counts";
}

/** Facts about one thing: terms and their values. */
export function DescriptionList({ items, look = "rows" }: DescriptionListProps): ReactNode {
  return (
    <dl className={classes("described", look)}>
      {items.map((item) => (
        <div key={item.term}>
          <dt>{item.term}</dt>
          <dd className={item.mono === true ? "mono" : undefined}>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One fact on a line of its own: "Registered  2026-11-03". */
export function KeyValue({ term, children }: { readonly term: string; readonly children: ReactNode }): ReactNode {
  return (
    <span className="key-value">
      <span className="ink3">{term}</span> {children}
    </span>
  );
}
