import type { ReactNode } from "react";
import {
  CheckboxButton,
  CheckboxField,
  RadioButton,
  RadioField,
  RadioGroup as AriaRadioGroup,
  SwitchButton,
  SwitchField,
} from "react-aria-components";
import { classes, defined } from "./defined.ts";
import { IconSign } from "./icon-sign.tsx";
import { FieldLabel } from "./text-field.tsx";
import type { Option } from "./select.tsx";
import "./choices.css";

export interface CheckboxProps {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (selected: boolean) => void;
  readonly isDisabled?: boolean | undefined;
  readonly isIndeterminate?: boolean | undefined;
}

/** Yes or no, taken when the form is. */
export function Checkbox({ children, isSelected, onChange, isDisabled, isIndeterminate }: CheckboxProps): ReactNode {
  return (
    <CheckboxField
      className="choice-field"
      isSelected={isSelected}
      onChange={onChange}
      {...defined({ isDisabled, isIndeterminate })}
    >
      <CheckboxButton className="choice">
        {" "}
        <span className="check-box">
          <IconSign name={isIndeterminate === true ? "none" : "ok"} />
        </span>
        <span className="choice-words">{children}</span>
      </CheckboxButton>{" "}
    </CheckboxField>
  );
}

/** Yes or no, taken at once. */
export function Switch({
  children,
  isSelected,
  onChange,
  isDisabled,
}: Omit<CheckboxProps, "isIndeterminate">): ReactNode {
  return (
    <SwitchField className="choice-field" isSelected={isSelected} onChange={onChange} {...defined({ isDisabled })}>
      <SwitchButton className="choice">
        <span className="switch-track">
          <span className="switch-thumb" />
        </span>
        <span className="choice-words">{children}</span>
      </SwitchButton>
    </SwitchField>
  );
}

export interface RadioGroupProps<Id extends string> {
  readonly label: string;
  readonly options: readonly Option<Id>[];
  readonly value: Id | null;
  readonly onChange: (value: Id) => void;
  /** segments: side by side, for two to five short words. */
  readonly look?: "list" | "segments";
  readonly hideLabel?: boolean;
  readonly isDisabled?: boolean | undefined;
}

/** One of a few, all in sight. */
export function RadioGroup<Id extends string>(props: RadioGroupProps<Id>): ReactNode {
  const { look = "list" } = props;
  return (
    <AriaRadioGroup
      className={classes("field radio-group", look)}
      value={props.value}
      onChange={(value) => {
        const option = props.options.find((candidate) => candidate.id === value);
        if (option) props.onChange(option.id);
      }}
      {...defined({ isDisabled: props.isDisabled, "aria-label": props.hideLabel === true ? props.label : undefined })}
    >
      {props.hideLabel === true ? null : <FieldLabel>{props.label}</FieldLabel>}
      <div className="radio-options">
        {props.options.map((option) => (
          <RadioField key={option.id} value={option.id} className="choice-field">
            <RadioButton className={look === "segments" ? "segment" : "choice"}>
              {look === "segments" ? null : <span className="radio-ring" />}
              <span className="choice-words">
                {option.label}
                {option.detail === undefined ? null : <span className="choice-detail">{option.detail}</span>}
              </span>
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </AriaRadioGroup>
  );
}
