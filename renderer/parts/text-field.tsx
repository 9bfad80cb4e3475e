import type { ReactNode } from "react";
import { FieldError, Input, Label, Text, TextArea, TextField as AriaTextField } from "react-aria-components";
import { classes, defined } from "./defined.ts";
import "./field.css";

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: (() => void) | undefined;
  readonly description?: ReactNode;
  /** What is wrong and what to do; shown in place of nothing, never instead of the description. */
  readonly error?: string | null | undefined;
  readonly placeholder?: string | undefined;
  readonly optional?: boolean;
  readonly lines?: number;
  /** For what machines wrote: keys, digests, paths. */
  readonly mono?: boolean;
  readonly low?: boolean;
  readonly suffix?: string | undefined;
  readonly maxLength?: number | undefined;
  readonly isRequired?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly isReadOnly?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly hideLabel?: boolean;
  readonly name?: string | undefined;
}

/** The label over a field, with "optional" in smaller ink where that is so. */
export function FieldLabel({
  children,
  optional = false,
}: {
  readonly children: ReactNode;
  readonly optional?: boolean;
}) {
  return (
    <Label className="field-label">
      {children}
      {optional ? <span className="optional"> optional</span> : null}
    </Label>
  );
}

function TextInput(props: TextFieldProps): ReactNode {
  const className = classes("input", props.mono === true && "mono");
  const placeholder = defined({ placeholder: props.placeholder });
  if (props.lines !== undefined) return <TextArea className={className} rows={props.lines} {...placeholder} />;
  const input = <Input className={className} {...placeholder} />;
  if (props.suffix === undefined) return input;
  return (
    <div className="input-frame" data-invalid={props.error ? true : undefined}>
      {input}
      <span className="input-suffix">{props.suffix}</span>
    </div>
  );
}

/** One line of text, or several with `lines`. Spelling is never checked: that would look a host up. */
export function TextField(props: TextFieldProps): ReactNode {
  const rest = defined({
    onBlur: props.onBlur,
    maxLength: props.maxLength,
    isRequired: props.isRequired,
    isDisabled: props.isDisabled,
    isReadOnly: props.isReadOnly,
    autoFocus: props.autoFocus,
    name: props.name,
    "aria-label": props.hideLabel === true ? props.label : undefined,
  });
  return (
    <AriaTextField
      className={classes("field", props.low === true && "low")}
      value={props.value}
      onChange={props.onChange}
      isInvalid={Boolean(props.error)}
      validationBehavior="aria"
      autoComplete="off"
      spellCheck="false"
      {...rest}
    >
      {props.hideLabel === true ? null : <FieldLabel optional={props.optional ?? false}>{props.label}</FieldLabel>}
      <TextInput {...props} />
      {props.description === undefined ? null : (
        <Text slot="description" className="field-description">
          {props.description}
        </Text>
      )}
      <FieldError className="field-error">{props.error}</FieldError>
    </AriaTextField>
  );
}
