import type { ReactNode } from "react";
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover, Text } from "react-aria-components";
import { defined } from "./defined.ts";
import { IconSign } from "./icon-sign.tsx";
import { Kbd } from "./kbd.tsx";
import "./button.css";
import "./list.css";

export interface MenuEntry {
  readonly id: string;
  readonly words: string;
  readonly shortcut?: string | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly run: () => void;
}

export interface MenuButtonProps {
  readonly children: ReactNode;
  readonly entries: readonly MenuEntry[];
  readonly label?: string | undefined;
}

/** A button that opens a short list of things to do. */
export function MenuButton({ children, entries, label }: MenuButtonProps): ReactNode {
  return (
    <MenuTrigger>
      <AriaButton className="button" {...defined({ "aria-label": label })}>
        {children}
        <IconSign name="down" />
      </AriaButton>
      <Popover className="popover" placement="bottom end" offset={4}>
        <Menu className="menu" items={entries}>
          {(entry) => (
            <MenuItem
              className="menu-item"
              id={entry.id}
              textValue={entry.words}
              onAction={entry.run}
              {...defined({ isDisabled: entry.isDisabled })}
            >
              <Text slot="label" className="option-label">
                {entry.words}
              </Text>
              {entry.shortcut ? <Kbd keys={entry.shortcut} /> : null}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
