import { useState, type ReactNode } from "react";
import { advisoryFormats, advisoryFormatWords, type AdvisoryFormat } from "../../../electron/contract/advisories.ts";
import type { FindingKind } from "../../../electron/contract/finding-states.ts";
import type { FindingCard } from "../../../electron/contract/findings.ts";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { ActDialog, Button, Checkbox, Note, Select, TextField, type Option } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import { PublisherDialog } from "./publisher-dialog.tsx";

type Exported = RequestOutput<"findings.export">;
const labels = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"] as const;
type Tlp = (typeof labels)[number] | "none";

const tlpOptions: readonly Option<Tlp>[] = [
  { id: "none", label: "No label" },
  ...labels.map((id) => ({ id, label: `TLP:${id}` })),
];

const endings: Readonly<Record<AdvisoryFormat, string>> = {
  "csaf-2.0": "json",
  "csaf-2.1-draft": "csaf-2.1-draft.json",
  osv: "json",
  "cve-draft": "cve-draft.json",
  csv: "csv",
};

/** A model is no package, and a CVE names a flaw of software: those two take no weakness of a model. */
function formatsFor(kinds: readonly FindingKind[], isOne: boolean): readonly Option<AdvisoryFormat>[] {
  const isWeakness = kinds.includes("model-weakness");
  const formats: readonly AdvisoryFormat[] = isOne ? advisoryFormats : ["csv"];
  return formats
    .filter((format) => !isWeakness || (format !== "osv" && format !== "cve-draft"))
    .map((id) => ({ id, label: advisoryFormatWords[id], detail: id === "csv" ? "a table" : "an advisory" }));
}

/** What keeps the file from being written, by finding and field, and what the format has no room for. */
function Outcome({ exported, onPublisher }: { readonly exported: Exported; readonly onPublisher: () => void }) {
  const lacking = exported.findings.filter(({ lacks }) => lacks.length > 0);
  const needsPublisher = lacking.some(({ lacks }) => lacks.some(({ field }) => field.startsWith("publisher")));
  return (
    <>
      {lacking.map(({ finding, lacks }) => (
        <Note
          key={finding.id}
          tone="warn"
          title={`Nothing was written: ${finding.code} lacks ${formatCounted(lacks.length, "thing")}`}
        >
          <dl className="findings-lacks">
            {lacks.map(({ field, needs, test }) => (
              <div key={`${field} ${needs}`}>
                <dt className="mono">{field}</dt>
                <dd>
                  {needs}
                  {test === null ? null : <span className="small ink3"> ({test})</span>}
                </dd>
              </div>
            ))}
          </dl>
        </Note>
      ))}
      {needsPublisher ? (
        <div className="row">
          <Button size="small" onPress={onPublisher}>
            Say who publishes…
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** What was written, and what the format had no room for. */
function Written({ exported }: { readonly exported: Exported }): ReactNode {
  const leftOut = exported.findings.flatMap((one) => one.leftOut);
  return (
    <Note tone="ok" title={`${exported.fileName ?? "The file"} was written. It is not encrypted.`}>
      {exported.suggestedName === null ? null : <p>The format would call it {exported.suggestedName}.</p>}
      {leftOut.length === 0 ? null : (
        <ul className="findings-left-out">
          {leftOut.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
    </Note>
  );
}

interface ExportDialogProps {
  /** At least one; more than one only as a table. */
  readonly findings: readonly Pick<FindingCard, "id" | "code" | "kind">[];
  readonly onClose: () => void;
}

interface Choices {
  readonly format: AdvisoryFormat;
  readonly trackingId: string;
  readonly tlp: Tlp;
  readonly withSteps: boolean;
}

interface AdvisoryFieldsProps {
  readonly code: string;
  readonly choices: Choices;
  readonly put: (part: Partial<Choices>) => void;
}

/** What an advisory asks for beside the finding. */
function AdvisoryFields({ code, choices, put }: AdvisoryFieldsProps): ReactNode {
  const publisher = useQuery("findings.publisher", {});
  const name = publisher.status === "ready" ? publisher.data.name : "";
  return (
    <>
      <div className="row even findings-top">
        <TextField
          label="Tracking id"
          optional
          value={choices.trackingId}
          onChange={(trackingId) => {
            put({ trackingId });
          }}
          placeholder={code}
          maxLength={200}
        />
        <Select
          label="Traffic Light Protocol"
          options={tlpOptions}
          value={choices.tlp}
          onChange={(tlp) => {
            put({ tlp });
          }}
        />
      </div>
      <Checkbox
        isSelected={choices.withSteps}
        onChange={(withSteps) => {
          put({ withSteps });
        }}
      >
        With the steps to reproduce it
      </Checkbox>
      <p className="small ink3">
        Published by {name === "" ? "nobody yet" : name}. The file passes the tests of its format, or is not written.
      </p>
    </>
  );
}

interface ResultProps {
  readonly exported: Exported;
  readonly onPublisher: () => void;
}

function Result({ exported, onPublisher }: ResultProps): ReactNode {
  if (exported.fileName === null) return <Outcome exported={exported} onPublisher={onPublisher} />;
  return <Written exported={exported} />;
}

function Publisher({ onClose }: { readonly onClose: () => void }): ReactNode {
  const publisher = useQuery("findings.publisher", {});
  return publisher.status === "ready" ? <PublisherDialog publisher={publisher.data} onClose={onClose} /> : null;
}

/** Writes findings as an advisory or a table; says what is missing where nothing can be written. */
export function ExportDialog({ findings, onClose }: ExportDialogProps): ReactNode {
  const isOne = findings.length === 1;
  const code = findings[0]?.code ?? "";
  const kinds = findings.map(({ kind }) => kind);
  const formats = formatsFor(kinds, isOne);
  const [choices, setChoices] = useState<Choices>(() => {
    const format = formatsFor(kinds, isOne)[0]?.id ?? "csv";
    return { format, trackingId: "", tlp: "none", withSteps: false };
  });
  const [exported, setExported] = useState<Exported | null>(null);
  const [publishes, setPublishes] = useState(false);
  const command = useCommand("findings.export", { job: "Exporting findings" });
  const put = (part: Partial<Choices>): void => {
    setChoices((before) => ({ ...before, ...part }));
    setExported(null);
  };
  const submit = async (): Promise<void> => {
    const { format, trackingId, tlp, withSteps } = choices;
    const place = await shell().chooseSaveLocation({
      title: "Save the export, readable by anyone who has the file",
      suggestedName: `${isOne ? code.toLowerCase() : "findings"}.${endings[format]}`,
    });
    if (!place.ok || place.value.file === null) return;
    const result = await command.run({
      ...{ format, findingIds: findings.map(({ id }) => id), destination: place.value.file.handle, withSteps },
      ...{ trackingId: trackingId.trim() === "" ? null : trackingId.trim(), tlp: tlp === "none" ? null : tlp },
    });
    if (result.ok) setExported(result.value);
  };
  return (
    <>
      <ActDialog
        title={isOne ? `Export ${code}` : `Export ${formatCounted(findings.length, "finding")}`}
        act="Choose a place and write"
        command={command}
        onAct={() => void submit()}
        onClose={onClose}
      >
        <Select
          label="Format"
          options={formats}
          value={choices.format}
          onChange={(format) => {
            put({ format });
          }}
          description={isOne ? undefined : "One advisory is one file. To write one, export a single finding."}
        />
        {choices.format === "csv" ? null : <AdvisoryFields code={code} choices={choices} put={put} />}
        {exported === null ? null : (
          <Result
            exported={exported}
            onPublisher={() => {
              setPublishes(true);
            }}
          />
        )}
      </ActDialog>
      {publishes ? (
        <Publisher
          onClose={() => {
            setPublishes(false);
          }}
        />
      ) : null}
    </>
  );
}
