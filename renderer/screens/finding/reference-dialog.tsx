import { useState, type ReactNode } from "react";
import { creditRoles, referenceKinds, type FindingFields } from "../../../electron/contract/finding-fields.ts";
import type { Finding } from "../../../electron/contract/findings.ts";
import { ActDialog, Button, IconButton, Select, TextField, type Option } from "../../parts/index.ts";
import { useEdit } from "./use-edit.ts";

type Credit = FindingFields["credits"][number];
type Reference = FindingFields["references"][number];

function plainOptions<Id extends string>(ids: readonly Id[]): readonly Option<Id>[] {
  return ids.map((id) => ({ id, label: id.replaceAll("-", " ") }));
}

interface RowsProps<T> {
  readonly rows: readonly T[];
  readonly onChange: (rows: readonly T[]) => void;
}

function replaced<T>(rows: readonly T[], place: number, row: T): readonly T[] {
  return rows.map((one, at) => (at === place ? row : one));
}

function CreditRows({ rows, onChange }: RowsProps<Credit>): ReactNode {
  return (
    <fieldset className="finding-product">
      <legend>Credits</legend>
      {rows.map((credit, place) => (
        <div key={`credit ${String(place)}`} className="finding-credit">
          <TextField
            label="Name"
            low
            value={credit.name}
            onChange={(name) => {
              onChange(replaced(rows, place, { ...credit, name }));
            }}
            maxLength={200}
          />
          <Select
            label="Role"
            low
            options={plainOptions(creditRoles)}
            value={credit.role}
            onChange={(role) => {
              onChange(replaced(rows, place, { ...credit, role }));
            }}
          />
          <IconButton
            sign="close"
            label="Remove this credit"
            onPress={() => {
              onChange(rows.filter((_, at) => at !== place));
            }}
          />
        </div>
      ))}
      <div className="row">
        <Button
          size="small"
          sign="plus"
          isDisabled={rows.length >= 50}
          onPress={() => {
            onChange([...rows, { name: "", role: "finder" }]);
          }}
        >
          A credit
        </Button>
      </div>
    </fieldset>
  );
}

function ReferenceRows({ rows, onChange }: RowsProps<Reference>): ReactNode {
  return (
    <fieldset className="finding-product">
      <legend>References</legend>
      {rows.map((reference, place) => (
        <div key={`reference ${String(place)}`} className="finding-reference-row">
          <TextField
            label="Address"
            low
            mono
            value={reference.url}
            onChange={(url) => {
              onChange(replaced(rows, place, { ...reference, url }));
            }}
            placeholder="https://"
            maxLength={2_000}
          />
          <TextField
            label="Title"
            optional
            low
            value={reference.title}
            onChange={(title) => {
              onChange(replaced(rows, place, { ...reference, title }));
            }}
            maxLength={1_000}
          />
          <Select
            label="Kind"
            low
            options={plainOptions(referenceKinds)}
            value={reference.kind}
            onChange={(kind) => {
              onChange(replaced(rows, place, { ...reference, kind }));
            }}
          />
          <IconButton
            sign="close"
            label="Remove this reference"
            onPress={() => {
              onChange(rows.filter((_, at) => at !== place));
            }}
          />
        </div>
      ))}
      <div className="row">
        <Button
          size="small"
          sign="plus"
          isDisabled={rows.length >= 100}
          onPress={() => {
            onChange([...rows, { url: "", title: "", kind: "web" }]);
          }}
        >
          A reference
        </Button>
      </div>
    </fieldset>
  );
}

/** Changes who is credited and what is referred to; rows without a name or an address are left out. */
export function ReferenceDialog({
  finding,
  onClose,
}: {
  readonly finding: Finding;
  readonly onClose: () => void;
}): ReactNode {
  const [credits, setCredits] = useState<readonly Credit[]>(finding.fields.credits);
  const [references, setReferences] = useState<readonly Reference[]>(finding.fields.references);
  const edit = useEdit(finding);
  const submit = async (): Promise<void> => {
    const isKept = await edit.keep({
      credits: credits.filter(({ name }) => name.trim() !== ""),
      references: references.filter(({ url }) => url.trim() !== ""),
    });
    if (isKept) onClose();
  };
  return (
    <ActDialog
      title={`Credits and references of ${finding.code}`}
      size="large"
      act="Keep them"
      command={edit}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <CreditRows rows={credits} onChange={setCredits} />
      <ReferenceRows rows={references} onChange={setReferences} />
      <p className="small ink3">Addresses are written down, never opened.</p>
    </ActDialog>
  );
}
