import type { ReactNode } from "react";
import { TextField } from "./text-field.tsx";

export interface DueFieldProps {
  /** As it is typed: "2026-12-04", empty for none. */
  readonly value: string;
  readonly onChange: (due: string) => void;
  readonly error?: string | undefined;
  readonly description?: string | undefined;
}

/** The day by which something is to be done; it may be left empty. What was typed: `endOfDay`, `dayFault`. */
export function DueField({ value, onChange, error, description }: DueFieldProps): ReactNode {
  return (
    <TextField
      label="Due"
      optional
      value={value}
      onChange={onChange}
      placeholder="2026-12-04"
      error={error}
      description={description}
    />
  );
}
