import { useState, type ReactNode } from "react";
import { Tag } from "../../parts/index.ts";
import { dayWords } from "../../state/time-words.ts";

/** When a campaign is due, marked where that day is over. */
export function Due({ dueAt }: { readonly dueAt: number | null }): ReactNode {
  const [now] = useState(() => Date.now());
  if (dueAt === null) return <span className="ink3">no due date</span>;
  if (dueAt >= now) return <span className="ink2">{dayWords(dueAt)}</span>;
  return (
    <Tag tone="warn" sign="warn">
      was due {dayWords(dueAt)}
    </Tag>
  );
}
