import type { ReactNode } from "react";
import { Button as AriaButton, Input, SearchField as AriaSearchField } from "react-aria-components";
import { defined } from "./defined.ts";
import { IconSign } from "./icon-sign.tsx";
import "./field.css";
import "./search-field.css";

export interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string | undefined;
}

/** Filters what stands below it; Escape empties it. */
export function SearchField({ label, value, onChange, placeholder }: SearchFieldProps): ReactNode {
  return (
    <AriaSearchField
      className="field low search"
      aria-label={label}
      value={value}
      onChange={onChange}
      spellCheck="false"
    >
      <div className="input-frame">
        <span className="search-sign">
          <IconSign name="search" />
        </span>
        <Input className="input" {...defined({ placeholder: placeholder ?? label })} />
        <AriaButton className="icon-button">
          <IconSign name="close" size={10} />
        </AriaButton>
      </div>
    </AriaSearchField>
  );
}
