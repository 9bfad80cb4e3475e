import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import { classes, defined } from "./defined.ts";
import { IconSign, type SignName } from "./icon-sign.tsx";
import "./door-link.css";

export interface DoorLinkProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  /** quiet: looks like the text around it until pointed at; for numbers in tables and tiles. */
  readonly look?: "link" | "quiet";
  readonly sign?: SignName | undefined;
  readonly label?: string | undefined;
}

/** A way into what something is made of: every number is a door. */
export function DoorLink({ children, onPress, look = "link", sign, label }: DoorLinkProps): ReactNode {
  return (
    <AriaButton className={classes("door", look)} onPress={onPress} {...defined({ "aria-label": label })}>
      {sign ? <IconSign name={sign} size={10} /> : null}
      {children}
    </AriaButton>
  );
}
