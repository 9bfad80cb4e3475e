import type { ReactNode } from "react";
import { RadioGroup, type RadioGroupProps } from "../../parts/index.ts";

interface ChoiceFieldProps<Id extends string> extends Pick<
  RadioGroupProps<Id>,
  "label" | "options" | "value" | "onChange"
> {
  readonly error: string | null;
}

/** One of a few that nobody has chosen beforehand: what is missing is said under it. */
export function ChoiceField<Id extends string>({ error, ...group }: ChoiceFieldProps<Id>): ReactNode {
  return (
    <div className="stack close">
      <RadioGroup {...group} />
      {error === null ? null : (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
