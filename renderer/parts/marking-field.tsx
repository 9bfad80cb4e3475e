import type { ReactNode } from "react";
import { markingLevel, markingLevels, markingSchema, type Marking } from "../../electron/contract/marking.ts";
import { MarkingTag } from "./marking-banner.tsx";
import { Select } from "./select.tsx";
import { TextField } from "./text-field.tsx";
import "./marking-field.css";

export interface MarkingFieldProps {
  readonly label: string;
  readonly value: Marking;
  readonly onChange: (marking: Marking) => void;
  /** Where it will stand, in words; everywhere unless said. */
  readonly where?: string;
}

const everywhere = "at the top and bottom of every window, page and export";

/** What is wrong with the words after the level, null when nothing is. */
export function suffixError(suffix: string): string | null {
  return markingSchema.shape.suffix.safeParse(suffix).success ? null : "Capital letters, digits, spaces, / , - only.";
}

/** A marking: its level, the words after it, and how it will look. */
export function MarkingField({ label, value, onChange, where = everywhere }: MarkingFieldProps): ReactNode {
  return (
    <div className="marking-field">
      <div className="row even">
        <Select
          label={label}
          options={markingLevels.map(({ id, words }) => ({ id, label: words }))}
          value={markingLevel(value).id}
          onChange={(level) => {
            onChange({ ...value, level });
          }}
        />
        <TextField
          label="After it"
          optional
          placeholder="NOFORN"
          value={value.suffix}
          onChange={(suffix) => {
            onChange({ ...value, suffix: suffix.toUpperCase() });
          }}
          error={suffixError(value.suffix)}
        />
      </div>
      <div className="marking-shown">
        <MarkingTag marking={value} />
        <span className="small ink3">{where}</span>
      </div>
    </div>
  );
}
