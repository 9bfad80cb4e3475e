import { useState, type ReactNode } from "react";
import { Tag } from "../../parts/index.ts";
import { dayWords } from "../../state/time-words.ts";

/** Until when it is under embargo; marked where that day is over. */
export function EmbargoWords({ until }: { readonly until: number | null }): ReactNode {
  const [now] = useState(() => Date.now());
  if (until === null) return <span className="ink3">none</span>;
  if (until >= now) return <>until {dayWords(until)}</>;
  return (
    <Tag tone="warn" sign="warn">
      ended {dayWords(until)}
    </Tag>
  );
}

/** By when an answer is due; marked where that day is over. */
export function AnswerDue({ dueAt }: { readonly dueAt: number | null }): ReactNode {
  const [now] = useState(() => Date.now());
  if (dueAt === null) {
    return (
      <Tag faint sign="open">
        no answer yet
      </Tag>
    );
  }
  return dueAt < now ? (
    <Tag tone="bad" sign="warn">
      answer was due {dayWords(dueAt)}
    </Tag>
  ) : (
    <Tag tone="accent" sign="limit">
      answer due {dayWords(dueAt)}
    </Tag>
  );
}
