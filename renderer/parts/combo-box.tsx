import type { ReactNode } from "react";
import {
  Button as AriaButton,
  ComboBox as AriaComboBox,
  FieldError,
  Group,
  Input,
  ListBox,
  ListBoxItem,
  ListLayout,
  Popover,
  Text,
  Virtualizer,
} from "react-aria-components";
import { classes, defined } from "./defined.ts";
import { IconSign } from "./icon-sign.tsx";
import { OptionWords, type Option } from "./select.tsx";
import { FieldLabel } from "./text-field.tsx";
import "./field.css";
import "./list.css";

export interface ComboBoxProps<Id extends string> {
  readonly label: string;
  readonly options: readonly Option<Id>[];
  readonly value: Id | null;
  readonly onChange: (value: Id | null) => void;
  readonly placeholder?: string | undefined;
  readonly description?: string | undefined;
  readonly error?: string | null | undefined;
  readonly low?: boolean;
  readonly isDisabled?: boolean | undefined;
}

/** One of a long list, found by typing; the list is virtualised. */
export function ComboBox<Id extends string>(props: ComboBoxProps<Id>): ReactNode {
  return (
    <AriaComboBox
      className={classes("field", props.low === true && "low")}
      defaultItems={props.options}
      value={props.value}
      onChange={(key) => {
        props.onChange(props.options.find((option) => option.id === key)?.id ?? null);
      }}
      menuTrigger="focus"
      isInvalid={Boolean(props.error)}
      validationBehavior="aria"
      {...defined({ isDisabled: props.isDisabled })}
    >
      <FieldLabel>{props.label}</FieldLabel>
      <Group className="input-frame">
        <Input className="input" {...defined({ placeholder: props.placeholder })} />
        <AriaButton className="icon-button">
          <IconSign name="down" />
        </AriaButton>
      </Group>
      {props.description === undefined ? null : (
        <Text slot="description" className="field-description">
          {props.description}
        </Text>
      )}
      <FieldError className="field-error">{props.error}</FieldError>
      <Popover className="popover" offset={4}>
        <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: 28 }}>
          <ListBox
            className="list-box virtual"
            renderEmptyState={() => <div className="list-empty">Nothing by that name</div>}
          >
            {(option: Option<Id>) => (
              <ListBoxItem className="option" id={option.id} textValue={option.label}>
                <OptionWords option={option} />
              </ListBoxItem>
            )}
          </ListBox>
        </Virtualizer>
      </Popover>
    </AriaComboBox>
  );
}
