import type { ReactNode } from "react";
import { profileWords } from "../../../electron/contract/release-profile.ts";
import type { Report } from "../../../electron/contract/reporting.ts";
import { Button, DataTable, EmptyState, Panel, showToast, type TableColumn } from "../../parts/index.ts";
import { shell } from "../../state/shell.ts";
import { minuteWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";

type Signature = Report["signatures"][number];
type Sealed = Report["sealed"][number] & { readonly key: string };

const signatureColumns: readonly TableColumn<Signature>[] = [
  { id: "by", header: "Signed by", cell: (signature) => signature.byName, width: "1fr", isRowHeader: true },
  { id: "key", header: "Key id", cell: (signature) => <span className="mono">{signature.keyId}</span>, width: 180 },
  {
    id: "at",
    header: "At",
    cell: (signature) => <span className="ink2">{minuteWords(signature.at)}</span>,
    width: 160,
  },
];

const sealedColumns: readonly TableColumn<Sealed>[] = [
  {
    id: "file",
    header: "File",
    cell: (sealed) => <span className="mono cut">{sealed.fileName}</span>,
    width: "1.2fr",
    minWidth: 150,
    isRowHeader: true,
  },
  {
    id: "to",
    header: "Sealed to",
    cell: (sealed) => (
      <span className="cut" title={sealed.recipients.join(", ")}>
        {sealed.recipients.length === 0 ? "a passphrase" : sealed.recipients.join(", ")}
      </span>
    ),
    width: "1.6fr",
    minWidth: 150,
  },
  {
    id: "withheld",
    header: "Left out",
    cell: (sealed) => (
      <span className="cut ink2" title={profileWords(sealed.withheld)}>
        {profileWords(sealed.withheld)}
      </span>
    ),
    width: 140,
  },
  { id: "pdf", header: "PDF", cell: (sealed) => <span className="ink2">{sealed.pdf ? "yes" : "no"}</span>, width: 64 },
  { id: "by", header: "By", cell: (sealed) => <span className="cut ink2">{sealed.by}</span>, width: 130 },
  { id: "at", header: "At", cell: (sealed) => <span className="ink2">{minuteWords(sealed.at)}</span>, width: 150 },
  {
    id: "hash",
    header: "SHA-256",
    cell: (sealed) => (
      <span className="mono ink2 cut" title={sealed.sha256}>
        {sealed.sha256.slice(0, 12)}…
      </span>
    ),
    width: 130,
  },
  {
    id: "checkpoint",
    header: "Checkpoint",
    cell: (sealed) => <span className="mono cut">{sealed.checkpoint}</span>,
    width: 140,
  },
];

async function copyHash(hash: string): Promise<void> {
  const result = await shell().copyText({ text: hash });
  showToast(result.ok ? { words: "The content hash was copied." } : { words: "It could not be copied.", tone: "bad" });
}

function ContentHash({ report }: { readonly report: Report }): ReactNode {
  const hash = report.contentHash;
  if (hash === null) {
    return (
      <Panel title="Content hash">
        <p className="ink3">A draft has none. Freezing fixes every word and number and takes the hash of the whole.</p>
      </Panel>
    );
  }
  return (
    <Panel
      title="Content hash"
      hint="SHA-256 of the canonical report: what people sign"
      actions={
        <Button size="small" onPress={() => void copyHash(hash)}>
          Copy
        </Button>
      }
    >
      <p className="mono report-hash">{hash}</p>
    </Panel>
  );
}

/** What was fixed, who vouches for it, and every file that was sealed from it and to whom. */
export function ReleaseView({ report }: { readonly report: Report }): ReactNode {
  return (
    <>
      <ContentHash report={report} />
      <Panel
        title="Signatures"
        hint={`${String(report.signatures.length)} of ${String(report.signaturesRequired)} that sealing takes, each by a member’s own key over the content hash`}
        flush
      >
        <DataTable
          label="Signatures"
          columns={signatureColumns}
          rows={report.signatures}
          rowKey={(signature) => signature.by}
          rowText={(signature) => signature.byName}
          empty={report.state === "draft" ? "A draft is not signed: freeze it first." : "Nobody has signed it yet."}
        />
      </Panel>
      <Panel title="Sealed" hint="every file that left, and to whom" flush>
        <DataTable
          label="Sealed files"
          columns={sealedColumns}
          rows={report.sealed.map((sealed, index) => ({ ...sealed, key: String(index) }))}
          rowKey={(sealed) => sealed.key}
          rowText={(sealed) => sealed.fileName}
          onOpen={() => {
            navigate("recipients");
          }}
          empty={
            <EmptyState title="Nothing was sealed yet" sign="withheld">
              Sealing signs the files of the report and encrypts them to recipients’ keys, or to a passphrase.
            </EmptyState>
          }
        />
      </Panel>
    </>
  );
}
