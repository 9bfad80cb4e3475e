import type { ReactNode } from "react";
import {
  Button as AriaButton,
  FieldError,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from "react-aria-components";
import { classes, defined } from "./defined.ts";
import { IconSign } from "./icon-sign.tsx";
import { FieldLabel } from "./text-field.tsx";
import "./field.css";
import "./list.css";

export interface Option<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  /** In smaller ink beside the label. */
  readonly detail?: string | undefined;
}

export interface SelectProps<Id extends string> {
  readonly label: string;
  readonly options: readonly Option<Id>[];
  readonly value: Id | null;
  readonly onChange: (value: Id) => void;
  readonly placeholder?: string | undefined;
  readonly description?: string | undefined;
  readonly error?: string | null | undefined;
  readonly low?: boolean;
  readonly hideLabel?: boolean;
  readonly isDisabled?: boolean | undefined;
}

/** What one option looks like, in a list and on the closed select. */
export function OptionWords({ option }: { readonly option: Option }): ReactNode {
  return (
    <>
      <Text slot="label" className="option-label">
        {option.label}
      </Text>
      {option.detail === undefined ? null : (
        <Text slot="description" className="option-detail">
          {option.detail}
        </Text>
      )}
    </>
  );
}

/** One of a short list. For long lists that people search, ComboBox. */
export function Select<Id extends string>(props: SelectProps<Id>): ReactNode {
  const chosen = props.options.find((option) => option.id === props.value);
  return (
    <AriaSelect
      className={classes("field", props.low === true && "low")}
      value={props.value}
      onChange={(key) => {
        const option = props.options.find((candidate) => candidate.id === key);
        if (option) props.onChange(option.id);
      }}
      placeholder={props.placeholder ?? "Choose"}
      isInvalid={Boolean(props.error)}
      validationBehavior="aria"
      // The ring stands around the button, not around the label and the description as well.
      data-own-ring
      {...defined({ isDisabled: props.isDisabled, "aria-label": props.hideLabel === true ? props.label : undefined })}
    >
      {props.hideLabel === true ? null : <FieldLabel>{props.label}</FieldLabel>}
      <AriaButton className="input select-button">
        <SelectValue className="select-value">
          {() =>
            chosen ? <OptionWords option={chosen} /> : <span className="ink3">{props.placeholder ?? "Choose"}</span>
          }
        </SelectValue>
        <IconSign name="down" />
      </AriaButton>
      {props.description === undefined ? null : (
        <Text slot="description" className="field-description">
          {props.description}
        </Text>
      )}
      <FieldError className="field-error">{props.error}</FieldError>
      <Popover className="popover" offset={4}>
        <ListBox className="list-box" items={props.options}>
          {(option) => (
            <ListBoxItem className="option" id={option.id} textValue={option.label}>
              <OptionWords option={option} />
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
