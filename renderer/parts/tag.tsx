import type { ReactNode } from "react";
import { classes } from "./defined.ts";
import { IconSign, type SignName } from "./icon-sign.tsx";
import type { Tone } from "./tone.ts";
import "./tag.css";

export interface TagProps {
  readonly children: ReactNode;
  readonly tone?: Tone;
  readonly sign?: SignName | undefined;
  /** Faint: the state in which nothing has happened yet. */
  readonly faint?: boolean;
}

/** A state or a kind in a word or two, with a sign where the colour carries meaning. */
export function Tag({ children, tone = "plain", sign, faint = false }: TagProps): ReactNode {
  return (
    <span className={classes("tag", tone, faint && "faint")}>
      {sign ? <IconSign name={sign} size={11} /> : null}
      {children}
    </span>
  );
}
