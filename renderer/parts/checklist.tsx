import { useId, type ReactNode } from "react";
import { formatCount } from "../../electron/contract/number-text.ts";
import { Checkbox } from "./choices.tsx";
import { classes } from "./defined.ts";
import "./checklist.css";

export interface ChecklistItem<Id extends string = string> {
  readonly id: Id;
  readonly words: string;
  /** In smaller ink: under the words of a framed list, beside those of columns. */
  readonly detail?: string | undefined;
}

export interface ChecklistProps<Id extends string> {
  readonly label: string;
  readonly items: readonly ChecklistItem<Id>[];
  readonly chosen: readonly Id[];
  /** The chosen ones in the order in which they were chosen. */
  readonly onChange: (chosen: readonly Id[]) => void;
  /** framed: one under the other, in a frame that scrolls. columns: two beside each other. */
  readonly look?: "framed" | "columns";
  /** In smaller ink beside the label; absent: how many are chosen. */
  readonly hint?: string | undefined;
  readonly hideLabel?: boolean;
  readonly error?: string | null | undefined;
  /** What stands where there is nothing to choose. */
  readonly empty?: string | undefined;
  /** Stands behind the items: further ones of the form's own. */
  readonly children?: ReactNode;
}

/** Any of a list, each a checkbox. */
export function Checklist<Id extends string>(props: ChecklistProps<Id>): ReactNode {
  const { label, items, chosen, onChange, look = "framed", error } = props;
  const id = useId();
  const hint = props.hint ?? (chosen.length === 0 ? "" : `${formatCount(chosen.length)} chosen`);
  return (
    <div
      className="field"
      role="group"
      {...(props.hideLabel === true ? { "aria-label": label } : { "aria-labelledby": id })}
    >
      {props.hideLabel === true ? null : (
        <span className="field-label">
          <span id={id}>{label}</span> <span className="optional">{hint}</span>
        </span>
      )}
      <div className={classes("checklist", look)}>
        {items.length === 0 && props.empty !== undefined ? <p className="ink3">{props.empty}</p> : null}
        {items.map((item) => (
          <Checkbox
            key={item.id}
            isSelected={chosen.includes(item.id)}
            onChange={(isOn) => {
              const others = chosen.filter((one) => one !== item.id);
              onChange(isOn ? [...others, item.id] : others);
            }}
          >
            <ItemWords item={item} look={look} />
          </Checkbox>
        ))}
      </div>
      {props.children}
      {error === undefined || error === null ? null : (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

function ItemWords({ item, look }: { readonly item: ChecklistItem; readonly look: "framed" | "columns" }): ReactNode {
  if (item.detail === undefined) return item.words;
  if (look === "framed") {
    return (
      <>
        {item.words} <span className="choice-detail">{item.detail}</span>
      </>
    );
  }
  return (
    <>
      {item.words} <span className="small ink3">{item.detail}</span>
    </>
  );
}
