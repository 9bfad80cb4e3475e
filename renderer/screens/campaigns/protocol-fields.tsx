import { useId, type ReactNode } from "react";
import {
  elicitationWords,
  limitNames,
  limitWords,
  type AttemptLimits,
  type Elicitation,
  type LimitName,
} from "../../../electron/contract/protocol.ts";
import { NumberField, TextField } from "../../parts/index.ts";

/** A part of the form under a heading of its own. */
function Section(props: { readonly title: string; readonly hint: string; readonly children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <section className="campaigns-section" aria-labelledby={id}>
      <div>
        <h3 id={id}>{props.title}</h3>
        <p className="small ink3">{props.hint}</p>
      </div>
      {props.children}
    </section>
  );
}

/** Units that the name of a limit does not say. */
const units: Readonly<Partial<Record<LimitName, string>>> = {
  time_limit: "seconds",
  working_limit: "seconds",
  cost_limit: "US dollars",
};

interface LimitFieldsProps {
  readonly draft: { readonly limits: AttemptLimits };
  readonly put: (part: { limits: AttemptLimits }) => void;
}

/** The limits of each attempt; an empty one is not set. */
export function LimitFields({ draft, put }: LimitFieldsProps): ReactNode {
  return (
    <Section
      title="Limits of each attempt"
      hint="Each optional. Working time leaves out waiting. A log that states another limit is a deviation once the plan is registered."
    >
      <div className="campaigns-limits">
        {limitNames.map((name) => (
          <NumberField
            key={name}
            label={limitWords[name].words}
            value={draft.limits[name]}
            onChange={(value) => {
              put({ limits: { ...draft.limits, [name]: value } });
            }}
            min={name === "cost_limit" ? 0.01 : 1}
            max={name === "cost_limit" ? 1_000_000_000 : 1_000_000_000_000}
            step={name === "cost_limit" ? 0.01 : 1}
            unit={units[name]}
          />
        ))}
      </div>
    </Section>
  );
}

type TextName = Exclude<keyof Elicitation, "temperature">;

/** What stands in each empty field, and how long it may get. */
const texts: readonly (readonly [name: TextName, placeholder: string, longest: number])[] = [
  ["scaffold", "react", 200],
  ["scaffoldVersion", "0.3.260", 200],
  ["tools", "bash, python; no web search", 1_000],
  ["network", "none, or the task’s own hosts", 1_000],
  ["prompt", "Which system prompt or template", 1_000],
  ["humanHelp", "none, or what people may say", 1_000],
  ["reasoningEffort", "high", 200],
];

interface ElicitationFieldsProps {
  readonly draft: { readonly elicitation: Elicitation };
  readonly put: (part: { elicitation: Elicitation }) => void;
}

/** What is done so that the model shows what it can; what is left empty is not said. */
export function ElicitationFields({ draft, put }: ElicitationFieldsProps): ReactNode {
  const { elicitation } = draft;
  return (
    <Section title="Elicitation" hint="Each optional: what is done so that the model shows what it can.">
      <div className="columns-2">
        {texts.map(([name, placeholder, maxLength]) => (
          <TextField
            key={name}
            label={elicitationWords[name]}
            value={elicitation[name]}
            onChange={(text) => {
              put({ elicitation: { ...elicitation, [name]: text } });
            }}
            placeholder={placeholder}
            maxLength={maxLength}
          />
        ))}
        <NumberField
          label={elicitationWords.temperature}
          value={elicitation.temperature}
          onChange={(temperature) => {
            put({ elicitation: { ...elicitation, temperature } });
          }}
          min={0}
          max={100}
        />
      </div>
    </Section>
  );
}
