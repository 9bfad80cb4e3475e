import { useState, type ReactNode } from "react";
import { FieldError, Input, Text, TextField as AriaTextField } from "react-aria-components";
import { defined } from "./defined.ts";
import { Button } from "./button.tsx";
import { FieldLabel } from "./text-field.tsx";
import { StrengthMeter } from "./strength-meter.tsx";
import "./field.css";

export interface PasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Shows how hard it is to guess; for a passphrase that is being made, not for one that is being entered. */
  readonly meter?: boolean;
  /** Words that a guesser would try first: the vault's and the member's name. */
  readonly related?: readonly string[];
  readonly description?: string | undefined;
  readonly error?: string | null | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
  /** "current" lets a password manager fill it in, "new" lets it offer one (WCAG 3.3.8: paste is never blocked). */
  readonly kind?: "current" | "new";
}

/** A passphrase: hidden unless asked, paste allowed, with an honest meter where one is being made. */
export function PasswordField(props: PasswordFieldProps): ReactNode {
  const [shown, setShown] = useState(false);
  const { kind = "current", meter = false } = props;
  return (
    <AriaTextField
      className="field"
      value={props.value}
      onChange={props.onChange}
      type={shown ? "text" : "password"}
      isInvalid={Boolean(props.error)}
      validationBehavior="aria"
      autoComplete={kind === "new" ? "new-password" : "current-password"}
      spellCheck="false"
      maxLength={1_000}
      {...defined({ autoFocus: props.autoFocus, isDisabled: props.isDisabled })}
    >
      <FieldLabel>{props.label}</FieldLabel>
      <div className="input-frame" data-invalid={props.error ? true : undefined}>
        <Input className="input" />
        <Button
          variant="quiet"
          size="small"
          label={shown ? "Hide the passphrase" : "Show the passphrase"}
          onPress={() => {
            setShown(!shown);
          }}
        >
          {shown ? "Hide" : "Show"}
        </Button>
      </div>
      {meter ? <StrengthMeter passphrase={props.value} related={props.related ?? []} /> : null}
      {props.description === undefined ? null : (
        <Text slot="description" className="field-description">
          {props.description}
        </Text>
      )}
      <FieldError className="field-error">{props.error}</FieldError>
    </AriaTextField>
  );
}
