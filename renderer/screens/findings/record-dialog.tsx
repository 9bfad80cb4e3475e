import { useState, type ReactNode } from "react";
import { findingKinds, findingKindWords } from "../../../electron/contract/finding-states.ts";
import { ActDialog, ComboBox, Note, RadioGroup, TextField, showToast, type Option } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { navigate, type Params } from "../../state/view.ts";
import { channelWords } from "./finding-words.tsx";
import { recordFaults, recordInput, recordOf, type RecordDraft, type RecordFaults } from "./record-draft.ts";

const kinds = findingKinds.map((kind) => ({
  id: kind,
  label: findingKindWords[kind],
  detail:
    kind === "model-weakness"
      ? `What a model does or can be made to do. Goes to its ${channelWords(kind).toLowerCase().replace("model ", "")}.`
      : `A flaw of software that a model found. Goes to ${channelWords(kind).toLowerCase()}.`,
}));

interface PartProps {
  readonly draft: RecordDraft;
  readonly put: (part: Partial<RecordDraft>) => void;
  readonly faults: RecordFaults;
}

/** Where it was seen, where that came with the form. */
function Seen({ run }: { readonly run: NonNullable<RecordDraft["run"]> }): ReactNode {
  const found = useQuery("runs.get", { runId: run.id });
  if (found.status !== "ready") return null;
  const { code, modelVersion, benchmark } = found.data;
  const where = run.attempt === null ? "" : `, ${run.attempt.task}, epoch ${String(run.attempt.epoch)}`;
  return (
    <Note title={`Seen in ${code}${where}`}>
      {modelVersion.words} on {benchmark.title}. The finding keeps a link there, and is read by those who read the run.
    </Note>
  );
}

function ModelField({ draft, put, faults }: PartProps): ReactNode {
  const models = useQuery("models.list", {});
  if (models.status !== "ready") return null;
  const options: readonly Option[] = models.data.flatMap(({ developer, versions }) =>
    versions.map(({ id, words }) => ({ id, label: words, detail: developer })),
  );
  const isWeakness = draft.kind === "model-weakness";
  return (
    <ComboBox
      label={isWeakness ? "Model version" : "Found by the model version (optional)"}
      options={options}
      value={draft.modelVersionId}
      onChange={(modelVersionId) => {
        put({ modelVersionId });
      }}
      placeholder="Type to search"
      error={faults.modelVersionId}
    />
  );
}

function ProductFields({ draft, put }: PartProps): ReactNode {
  return (
    <>
      <div className="row even findings-top">
        <TextField
          label="Vendor"
          optional
          value={draft.vendor}
          onChange={(vendor) => {
            put({ vendor });
          }}
          maxLength={200}
        />
        <TextField
          label="Product"
          optional
          value={draft.product}
          onChange={(product) => {
            put({ product });
          }}
          maxLength={200}
        />
      </div>
      <div className="row even findings-top">
        <TextField
          label="Component"
          optional
          value={draft.component}
          onChange={(component) => {
            put({ component });
          }}
          placeholder="lib/header.c"
          maxLength={500}
        />
        <TextField
          label="Affected versions"
          optional
          value={draft.versions}
          onChange={(versions) => {
            put({ versions });
          }}
          placeholder="2.0.0, 2.0.1"
          maxLength={2_000}
        />
      </div>
    </>
  );
}

function Fields(props: PartProps): ReactNode {
  const { draft, put, faults } = props;
  const isWeakness = draft.kind === "model-weakness";
  return (
    <>
      <TextField
        label="Title"
        value={draft.title}
        onChange={(title) => {
          put({ title });
        }}
        maxLength={200}
        placeholder={isWeakness ? "Refuses in English, answers in verse" : "Heap overflow in the header parser"}
        error={faults.title}
      />
      {draft.run === null ? <ModelField {...props} /> : null}
      <TextField
        label="Summary"
        optional
        lines={4}
        value={draft.summary}
        onChange={(summary) => {
          put({ summary });
        }}
        description="Markdown. An export needs it."
        maxLength={20_000}
      />
      {isWeakness ? null : <ProductFields {...props} />}
      <TextField
        label={isWeakness ? "Prompt technique" : "Function or parameter where it goes wrong"}
        optional
        value={draft.sink}
        onChange={(sink) => {
          put({ sink });
        }}
        description="Part of the key by which findings of the same flaw are told."
        maxLength={500}
      />
    </>
  );
}

/** Records a finding: its kind first, for that decides to whom it can go and is not changed later. */
export function RecordDialog({
  params,
  onClose,
}: {
  readonly params: Params;
  readonly onClose: () => void;
}): ReactNode {
  const [draft, setDraft] = useState(() => recordOf(params));
  const [isLate, setIsLate] = useState(false);
  const record = useCommand("findings.record");
  const faults = isLate ? recordFaults(draft) : {};
  const submit = async (): Promise<void> => {
    setIsLate(true);
    const input = recordInput(draft);
    if (input === null || record.isRunning) return;
    const result = await record.run(input);
    if (!result.ok) return;
    showToast({ words: `${result.value.code} was recorded.` });
    onClose();
    navigate("finding", { id: result.value.id });
  };
  const put = (part: Partial<RecordDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  return (
    <ActDialog
      title="Record a finding"
      act="Record the finding"
      command={record}
      onAct={() => void submit()}
      onClose={onClose}
    >
      {draft.run === null ? null : <Seen run={draft.run} />}
      <RadioGroup
        label="Kind"
        options={kinds}
        value={draft.kind}
        onChange={(kind) => {
          put({ kind });
        }}
      />
      {faults.kind === undefined ? null : <Note tone="warn" title={faults.kind} />}
      {draft.kind === null ? (
        <p className="small ink3">The kind stays: what is recorded as one never goes where the other goes.</p>
      ) : (
        <Fields draft={draft} put={put} faults={faults} />
      )}
    </ActDialog>
  );
}
