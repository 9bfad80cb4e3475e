import { useState, type ReactNode } from "react";
import {
  distributionStates,
  exploitMaturities,
  findingPriorities,
  remediationStates,
} from "../../../electron/contract/finding-fields.ts";
import type { Finding } from "../../../electron/contract/findings.ts";
import { ActDialog, MarkingField, Select, TextField, suffixError, type Option } from "../../parts/index.ts";
import { dayFault } from "../../state/time-words.ts";
import { distributionWords, exploitWords, priorityWords, remediationWords } from "../findings/finding-words.tsx";
import { changeOf, fieldsDraft, type FieldsDraft } from "./edit-draft.ts";
import { useEdit } from "./use-edit.ts";

function optionsOf<Id extends string>(ids: readonly Id[], words: Readonly<Record<Id, string>>): readonly Option<Id>[] {
  return ids.map((id) => ({ id, label: words[id] }));
}

interface PartProps {
  readonly draft: FieldsDraft;
  readonly put: (part: Partial<FieldsDraft>) => void;
}

const longFields = [
  { id: "summary", label: "Summary", lines: 5 },
  { id: "impact", label: "Impact", lines: 3 },
  { id: "mitigation", label: "Mitigation", lines: 3 },
  { id: "detection", label: "Detection", lines: 3 },
] as const;

function LongFields({ draft, put }: PartProps): ReactNode {
  return (
    <>
      {longFields.map(({ id, label, lines }) => (
        <TextField
          key={id}
          label={label}
          optional
          lines={lines}
          value={draft[id]}
          onChange={(text) => {
            put({ ...draft, [id]: text });
          }}
          maxLength={20_000}
        />
      ))}
      <p className="small ink3">These are Markdown.</p>
    </>
  );
}

function HandlingFields({ draft, put }: PartProps): ReactNode {
  const { remediation, distribution } = draft;
  return (
    <>
      <div className="row even">
        <Select
          label="Priority"
          options={optionsOf(findingPriorities, priorityWords)}
          value={draft.priority}
          onChange={(priority) => {
            put({ priority });
          }}
        />
        <Select
          label="Exploit"
          options={optionsOf(exploitMaturities, exploitWords)}
          value={draft.exploitMaturity}
          onChange={(exploitMaturity) => {
            put({ exploitMaturity });
          }}
        />
      </div>
      <TextField
        label="Embargo until"
        optional
        value={draft.embargo}
        onChange={(embargo) => {
          put({ embargo });
        }}
        placeholder="2026-12-04"
        error={dayFault(draft.embargo)}
      />
      <div className="row even finding-top">
        <Select
          label="Remediation"
          options={optionsOf(remediationStates, remediationWords)}
          value={remediation.state}
          onChange={(state) => {
            put({ remediation: { ...remediation, state } });
          }}
        />
        <TextField
          label="Note on it"
          optional
          value={remediation.note}
          onChange={(note) => {
            put({ remediation: { ...remediation, note } });
          }}
          maxLength={1_000}
        />
      </div>
      <div className="row even finding-top">
        <Select
          label="Patch distribution"
          options={optionsOf(distributionStates, distributionWords)}
          value={distribution.state}
          onChange={(state) => {
            put({ distribution: { ...distribution, state } });
          }}
        />
        <TextField
          label="Note on it"
          optional
          value={distribution.note}
          onChange={(note) => {
            put({ distribution: { ...distribution, note } });
          }}
          maxLength={1_000}
        />
      </div>
      <TextField
        label="Where it goes wrong"
        optional
        value={draft.sink}
        onChange={(sink) => {
          put({ sink });
        }}
        description="Function, parameter or prompt technique; part of the key."
        maxLength={500}
      />
      <TextField
        label="Other names"
        optional
        lines={2}
        mono
        value={draft.aliases}
        onChange={(aliases) => {
          put({ aliases });
        }}
        placeholder="CVE-2026-12345"
        description="One a line."
        maxLength={5_000}
      />
      <MarkingField
        label="Marking"
        where="on what is made of this finding"
        value={draft.marking}
        onChange={(marking) => {
          put({ marking });
        }}
      />
    </>
  );
}

/** Changes what people wrote of a finding; the journal keeps what it was. */
export function EditDialog({
  finding,
  onClose,
}: {
  readonly finding: Finding;
  readonly onClose: () => void;
}): ReactNode {
  const [draft, setDraft] = useState(() => fieldsDraft(finding));
  const edit = useEdit(finding);
  const isUnfit =
    draft.title.trim() === "" || dayFault(draft.embargo) !== undefined || suffixError(draft.marking.suffix) !== null;
  const put = (part: Partial<FieldsDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const submit = async (): Promise<void> => {
    if (!isUnfit && (await edit.keep(changeOf(draft, finding.fields)))) onClose();
  };
  return (
    <ActDialog
      title={`Edit ${finding.code}`}
      size="large"
      act="Keep the changes"
      command={edit}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <TextField
        label="Title"
        autoFocus
        value={draft.title}
        onChange={(title) => {
          put({ title });
        }}
        maxLength={200}
        error={draft.title.trim() === "" ? "Say in a line what it is." : null}
      />
      <div className="columns-2">
        <div className="stack">
          <LongFields draft={draft} put={put} />
        </div>
        <div className="stack">
          <HandlingFields draft={draft} put={put} />
        </div>
      </div>
    </ActDialog>
  );
}
