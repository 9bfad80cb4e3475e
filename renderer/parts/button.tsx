import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import { classes, defined } from "./defined.ts";
import { Kbd } from "./kbd.tsx";
import { IconSign, type SignName } from "./icon-sign.tsx";
import "./button.css";

export interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: (() => void) | undefined;
  /** primary: the one thing to do here. danger: cannot be undone. quiet: no frame. */
  readonly variant?: "plain" | "primary" | "quiet" | "danger";
  readonly size?: "small" | "regular" | "large";
  readonly type?: "button" | "submit";
  /** Shown on the button; the key itself is bound by a command. */
  readonly shortcut?: string | undefined;
  readonly sign?: SignName | undefined;
  readonly isDisabled?: boolean | undefined;
  /** Work is under way: the button stays focusable and says so. */
  readonly isPending?: boolean | undefined;
  /** Spoken name where the words on the button do not say enough. */
  readonly label?: string | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly slot?: string | undefined;
}

/** A press that does something. Words are verbs: "Import", "Lock", "Seal". */
export function Button(props: ButtonProps): ReactNode {
  const { children, variant = "plain", size = "regular", type = "button", shortcut, sign, label } = props;
  const isPending = props.isPending === true;
  const rest = defined({
    onPress: isPending ? undefined : props.onPress,
    isDisabled: props.isDisabled,
    autoFocus: props.autoFocus,
    slot: props.slot,
    "aria-label": label,
  });
  return (
    <AriaButton className={classes("button", variant, size, isPending && "pending")} type={type} {...rest}>
      {isPending ? <span className="button-busy" aria-hidden="true" /> : null}
      {sign ? <IconSign name={sign} /> : null}
      {children}
      {shortcut ? <Kbd keys={shortcut} /> : null}
    </AriaButton>
  );
}

export interface IconButtonProps {
  readonly sign: SignName;
  /** What it does, spoken. */
  readonly label: string;
  readonly onPress?: (() => void) | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly slot?: string | undefined;
}

/** A button with a sign only, 24 × 24 or larger. */
export function IconButton({ sign, label, onPress, isDisabled, slot }: IconButtonProps): ReactNode {
  return (
    <AriaButton className="icon-button" aria-label={label} {...defined({ onPress, isDisabled, slot })}>
      <IconSign name={sign} />
    </AriaButton>
  );
}
