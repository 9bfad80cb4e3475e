import { useState, type ReactNode } from "react";
import { emptyTerms, windowPresets } from "../../../electron/contract/process-presets.ts";
import { zoneSchema, type SubmissionTerms } from "../../../electron/contract/submissions.ts";
import { ActDialog, Checkbox, Checklist, NumberField, RadioGroup, Select, TextField } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { dayFault } from "../../state/time-words.ts";
import type { SubmissionDialogProps } from "./act-dialogs.tsx";

const dayCounts = [
  { id: "elapsed", label: "24 hours each", detail: "From the moment of access on." },
  {
    id: "calendar",
    label: "Days of the calendar",
    detail: "The day after access is the first; the last one ends at midnight.",
  },
] as const;

interface TermsFieldsProps {
  readonly terms: SubmissionTerms;
  readonly onChange: (terms: SubmissionTerms) => void;
}

function WindowFields({ terms, onChange }: TermsFieldsProps): ReactNode {
  const { window } = terms;
  const put = (to: Partial<SubmissionTerms["window"]>) => {
    onChange({ ...terms, window: { ...window, ...to } });
  };
  const preset = windowPresets.find((one) => one.basis === terms.basis && one.window.days === window.days);
  return (
    <>
      <Select
        label="Window"
        options={windowPresets.map((one) => ({ id: one.id, label: one.title, detail: one.note }))}
        value={preset?.id ?? null}
        placeholder="As below"
        onChange={(id) => {
          const chosen = windowPresets.find((one) => one.id === id);
          if (chosen !== undefined) onChange({ ...terms, basis: chosen.basis, window: chosen.window });
        }}
      />
      <div className="submission-pair">
        <NumberField
          label="At most so many days"
          value={window.days}
          min={1}
          max={3_650}
          onChange={(days) => {
            if (days !== null) put({ days });
          }}
        />
        <TextField
          label="Time zone"
          value={window.zone}
          onChange={(zone) => {
            put({ zone });
          }}
          error={zoneSchema.safeParse(window.zone).success ? null : "Write a zone as Europe/Brussels or UTC."}
        />
      </div>
      <RadioGroup
        label="How days are counted"
        options={dayCounts}
        value={window.dayCount}
        onChange={(dayCount) => {
          put({ dayCount });
        }}
      />
    </>
  );
}

function TermsFields({ terms, onChange }: TermsFieldsProps): ReactNode {
  const put = (to: Partial<SubmissionTerms>) => {
    onChange({ ...terms, ...to });
  };
  return (
    <>
      <WindowFields terms={terms} onChange={onChange} />
      <TextField
        label="Permitted uses"
        optional
        lines={2}
        value={terms.permittedUses}
        onChange={(permittedUses) => {
          put({ permittedUses });
        }}
      />
      <TextField
        label="Handling and protection"
        optional
        lines={2}
        value={terms.handling}
        onChange={(handling) => {
          put({ handling });
        }}
      />
      <div className="submission-pair">
        <TextField
          label="Non-disclosure agreement"
          optional
          value={terms.agreement}
          onChange={(agreement) => {
            put({ agreement });
          }}
          maxLength={1_000}
        />
        <TextField
          label="To be kept until"
          optional
          value={terms.retainUntil ?? ""}
          onChange={(day) => {
            put({ retainUntil: day.trim() === "" ? null : day });
          }}
          placeholder="2027-01-31"
          error={dayFault(terms.retainUntil ?? "")}
        />
      </div>
      <TextField
        label="Waiver of terms of service"
        optional
        value={terms.waiver}
        onChange={(waiver) => {
          put({ waiver });
        }}
        maxLength={1_000}
      />
      <Checkbox
        isSelected={terms.resultsAfterWithdrawal}
        onChange={(resultsAfterWithdrawal) => {
          put({ resultsAfterWithdrawal });
        }}
      >
        Results may still be told to others after a withdrawal
      </Checkbox>
    </>
  );
}

function isUnfit(terms: SubmissionTerms, days: readonly string[]): boolean {
  return !zoneSchema.safeParse(terms.window.zone).success || days.some((day) => dayFault(day) !== undefined);
}

const dayOrNone = (day: string): string | null => (day.trim() === "" ? null : day.trim());

/** What the developer shares, of its own will, and under which terms. */
export function SubmitDialog({ submission, onClose }: SubmissionDialogProps): ReactNode {
  const models = useQuery("models.list", {});
  const [versions, setVersions] = useState<readonly string[]>([]);
  const [facts, setFacts] = useState({ access: "", safeguards: "", scaffold: "" });
  const [partners, setPartners] = useState("");
  const [everybody, setEverybody] = useState("");
  const [terms, setTerms] = useState(emptyTerms);
  const [isVoluntary, setIsVoluntary] = useState(false);
  const [isLate, setIsLate] = useState(false);
  const submitted = useCommand("submissions.submit");
  const known = models.status === "ready" ? models.data.flatMap((model) => model.versions) : [];
  const put = (to: Partial<typeof facts>) => {
    setFacts({ ...facts, ...to });
  };
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (!isVoluntary || isUnfit(terms, [partners, everybody, terms.retainUntil ?? ""])) return;
    const result = await submitted.run({
      ...{ submissionId: submission.id, modelVersionIds: [...versions], ...facts, terms, voluntary: true },
      ...{ partnerRelease: dayOrNone(partners), publicRelease: dayOrNone(everybody) },
    });
    if (result.ok) onClose();
  };
  return (
    <ActDialog
      title={`Submission of ${submission.codename}`}
      size="large"
      act="Record the submission"
      command={submitted}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <Checkbox isSelected={isVoluntary} onChange={setIsVoluntary}>
        {submission.developer} shares this model of its own will, and may withdraw it at any time
      </Checkbox>
      {isLate && !isVoluntary ? <p className="field-error">Nothing is submitted without that.</p> : null}
      <Checklist
        label="Model versions"
        items={known.map(({ id, words }) => ({ id, words }))}
        chosen={versions}
        onChange={setVersions}
        hint="May be named later, when it has a version here."
        empty="No model version is in the vault yet: add one under Models."
      />
      <div className="submission-pair">
        <TextField
          label="Access"
          optional
          value={facts.access}
          onChange={(access) => {
            put({ access });
          }}
          placeholder="API, hosted weights, weights on site"
          maxLength={1_000}
        />
        <TextField
          label="Safeguards"
          optional
          value={facts.safeguards}
          onChange={(safeguards) => {
            put({ safeguards });
          }}
          placeholder="As deployed, reduced, removed"
          maxLength={1_000}
        />
      </div>
      <TextField
        label="Tools and scaffold"
        optional
        value={facts.scaffold}
        onChange={(scaffold) => {
          put({ scaffold });
        }}
        maxLength={1_000}
      />
      <div className="submission-pair">
        <TextField
          label="Planned release to other partners"
          optional
          value={partners}
          onChange={setPartners}
          placeholder="2026-07-20"
          error={dayFault(partners)}
        />
        <TextField
          label="Planned public release"
          optional
          value={everybody}
          onChange={setEverybody}
          placeholder="2026-08-20"
          error={dayFault(everybody)}
        />
      </div>
      <TermsFields terms={terms} onChange={setTerms} />
    </ActDialog>
  );
}
