import type { ReactNode } from "react";
import { FieldError, Group, Input, NumberField as AriaNumberField, Text } from "react-aria-components";
import { classes, defined } from "./defined.ts";
import { FieldLabel } from "./text-field.tsx";
import "./field.css";

export interface NumberFieldProps {
  readonly label: string;
  /** null: nothing was entered. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | undefined;
  readonly unit?: string | undefined;
  readonly description?: string | undefined;
  readonly error?: string | null | undefined;
  readonly optional?: boolean;
  readonly low?: boolean;
  readonly isDisabled?: boolean | undefined;
}

/** A number with its unit beside it; arrow keys step it, empty is null. */
export function NumberField(props: NumberFieldProps): ReactNode {
  const rest = defined({ minValue: props.min, maxValue: props.max, step: props.step, isDisabled: props.isDisabled });
  return (
    <AriaNumberField
      className={classes("field", props.low === true && "low")}
      value={props.value ?? Number.NaN}
      onChange={(value) => {
        props.onChange(Number.isNaN(value) ? null : value);
      }}
      isInvalid={Boolean(props.error)}
      validationBehavior="aria"
      {...rest}
    >
      <FieldLabel optional={props.optional ?? false}>{props.label}</FieldLabel>
      <Group className="input-frame">
        <Input className="input" />
        {props.unit === undefined ? null : <span className="input-suffix">{props.unit}</span>}
      </Group>
      {props.description === undefined ? null : (
        <Text slot="description" className="field-description">
          {props.description}
        </Text>
      )}
      <FieldError className="field-error">{props.error}</FieldError>
    </AriaNumberField>
  );
}
