import { type ReactNode } from "react";
import { RadioButton, RadioField, RadioGroup, ToggleButton } from "react-aria-components";
import { confidenceWords, type ReviewForm, type Verdict } from "../../../electron/contract/reviewing.ts";
import { IconSign, Kbd, NumberField, TextField } from "../../parts/index.ts";
import { isSolved, ruleWords, scoreWords } from "../reviews/review-words.tsx";
import { toggleFlag, type DraftFaults, type JudgementDraft } from "./judgement-draft.ts";
import { flagKey } from "./judgement-keys.ts";

/** Where the page's keys put the focus. */
export const scoreFieldId = "review-score";
export const reasonFieldId = "review-reason";

interface FieldsProps {
  readonly draft: JudgementDraft;
  readonly onChange: (draft: JudgementDraft) => void;
  readonly form: ReviewForm;
  readonly faults: DraftFaults;
}

function FieldFault({ words }: { readonly words: string | undefined }): ReactNode {
  return words === undefined ? null : (
    <p className="field-error" role="alert">
      {words}
    </p>
  );
}

function Flags({ draft, onChange, form }: Omit<FieldsProps, "faults">): ReactNode {
  if (form.flags.length === 0) return null;
  return (
    <div className="field" role="group" aria-label="Flags">
      <span className="field-label">
        Flags <span className="optional">what is to be known of it</span>
      </span>
      <div className="review-flags">
        {form.flags.map((flag, index) => {
          const key = flagKey(index);
          return (
            <ToggleButton
              key={flag.id}
              className="review-flag"
              isSelected={draft.flags.includes(flag.id)}
              onChange={() => {
                onChange(toggleFlag(draft, flag.id, form));
              }}
            >
              {key === null ? null : <Kbd keys={key} />}
              <span className="review-flag-words">{flag.words}</span>
              {draft.flags.includes(flag.id) ? <IconSign name="ok" /> : null}
            </ToggleButton>
          );
        })}
      </div>
    </div>
  );
}

interface SegmentsProps<Id extends string> {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly options: readonly { readonly id: Id; readonly words: ReactNode; readonly spoken: string }[];
  readonly value: Id | null;
  readonly onChange: (id: Id) => void;
  readonly fault: string | undefined;
}

/** One of a few side by side, nothing chosen at first, each with its key. */
function Segments<Id extends string>({ label, hint, options, value, onChange, fault }: SegmentsProps<Id>): ReactNode {
  return (
    <div className="field">
      <span className="field-label" aria-hidden="true">
        {label}
        {hint === undefined ? null : <span className="optional"> {hint}</span>}
      </span>
      <RadioGroup
        className="field radio-group segments review-segments"
        aria-label={label}
        value={value}
        onChange={(chosen) => {
          const option = options.find(({ id }) => id === chosen);
          if (option) onChange(option.id);
        }}
      >
        <div className="radio-options">
          {options.map((option) => (
            <RadioField key={option.id} value={option.id} className="choice-field" aria-label={option.spoken}>
              <RadioButton className="segment">{option.words}</RadioButton>
            </RadioField>
          ))}
        </div>
      </RadioGroup>
      <FieldFault words={fault} />
    </div>
  );
}

const verdicts: readonly { readonly id: Verdict["kind"]; readonly key: string; readonly words: string }[] = [
  { id: "stands", key: "S", words: "Stands" },
  { id: "corrected", key: "C", words: "Corrected" },
  { id: "undecided", key: "U", words: "Cannot tell" },
];

interface VerdictProps extends FieldsProps {
  readonly scorerScore: number | null;
  readonly rule: { readonly direction: "higher" | "lower"; readonly threshold: number };
}

function correctedWords(score: number | null, rule: VerdictProps["rule"]): string {
  if (score === null) return ruleWords(rule);
  return `counts as ${isSolved(score, rule) ? "solved" : "not solved"}: ${ruleWords(rule)}`;
}

function VerdictFields({ draft, onChange, faults, scorerScore, rule }: VerdictProps): ReactNode {
  return (
    <>
      <Segments
        label="The score"
        hint={`the scorer said ${scoreWords(scorerScore)}`}
        options={verdicts.map(({ id, key, words }) => ({
          id,
          spoken: words,
          words: (
            <>
              {words} <Kbd keys={key} />
            </>
          ),
        }))}
        value={draft.verdict}
        onChange={(verdict) => {
          onChange({ ...draft, verdict });
        }}
        fault={faults.verdict}
      />
      {draft.verdict === "corrected" ? (
        <div id={scoreFieldId}>
          <NumberField
            label="Corrected score"
            value={draft.score}
            onChange={(score) => {
              onChange({ ...draft, score });
            }}
            description={correctedWords(draft.score, rule)}
            error={faults.score}
          />
        </div>
      ) : null}
    </>
  );
}

const confidences = confidenceWords.map((words, index) => ({
  id: String(index + 1),
  words: String(index + 1),
  spoken: `${String(index + 1)}, ${words.toLowerCase()}`,
}));

function Confidence({ draft, onChange, faults }: Omit<FieldsProps, "form">): ReactNode {
  const chosen = draft.confidence === null ? null : confidenceWords[draft.confidence - 1];
  return (
    <Segments
      label="How sure"
      hint={chosen?.toLowerCase() ?? "1 guessing to 5 certain"}
      options={confidences}
      value={draft.confidence === null ? null : String(draft.confidence)}
      onChange={(id) => {
        onChange({ ...draft, confidence: Number(id) });
      }}
      fault={faults.confidence}
    />
  );
}

interface JudgementFieldsProps extends VerdictProps {
  readonly reasonNeeded: boolean;
  /** Escape in a field: the page's keys work again. */
  readonly onLeave: () => void;
}

/** The form of a judgement: flags, the score, why, how sure. Nothing is preselected. */
export function JudgementFields(props: JudgementFieldsProps): ReactNode {
  const { draft, onChange, form, faults, reasonNeeded, onLeave } = props;
  return (
    <div
      className="review-form"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onLeave();
      }}
    >
      <Flags draft={draft} onChange={onChange} form={form} />
      {form.asksScore ? <VerdictFields {...props} /> : null}
      <div id={reasonFieldId}>
        <TextField
          label="Reason"
          optional={!reasonNeeded}
          lines={2}
          value={draft.reason}
          onChange={(reason) => {
            onChange({ ...draft, reason });
          }}
          maxLength={4_000}
          error={faults.reason}
        />
      </div>
      <Confidence draft={draft} onChange={onChange} faults={faults} />
    </div>
  );
}
