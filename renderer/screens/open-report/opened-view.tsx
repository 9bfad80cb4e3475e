import { useMemo, useState, type ReactNode } from "react";
import type { OpenedReport } from "../../../electron/contract/reporting.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import {
  DataTable,
  DescriptionList,
  EmptyState,
  FrozenReportView,
  Note,
  Panel,
  readFrozenReport,
  Tabs,
  Tag,
  type TableColumn,
} from "../../parts/index.ts";
import { byteWords } from "../../state/progress-words.ts";
import { minuteWords } from "../../state/time-words.ts";
import { warningsToSay } from "./warning-words.ts";

type Signature = OpenedReport["signatures"][number];
type Member = OpenedReport["members"][number];

function SignatureState({ signature }: { readonly signature: Signature }): ReactNode {
  if (!signature.valid) {
    return (
      <Tag tone="bad" sign="fault">
        missing or wrong
      </Tag>
    );
  }
  if (signature.trusted) {
    return (
      <Tag tone="ok" sign="ok">
        fits, trusted
      </Tag>
    );
  }
  return (
    <Tag tone="warn" sign="unknown">
      fits, signer unknown
    </Tag>
  );
}

function Verdict({ opened }: { readonly opened: OpenedReport }): ReactNode {
  const invalid = opened.signatures.filter((signature) => !signature.valid).length;
  const trusted = opened.signatures.filter((signature) => signature.valid && signature.trusted).length;
  if (opened.signatures.length === 0) {
    return (
      <Note tone="bad" title="Nobody signed it">
        It is whole, and who made it cannot be told.
      </Note>
    );
  }
  if (invalid > 0) {
    return (
      <Note tone="bad" title="A signature is missing or does not fit">
        A signer whom the report names has not signed what is here. Ask the sender for the report again.
      </Note>
    );
  }
  if (trusted === 0) {
    return (
      <Note tone="warn" title="Whole and signed, by nobody you named as trusted">
        Compare a signer's key with the sender by another way, then open it again with that key.
      </Note>
    );
  }
  return (
    <Note tone="ok" title="Whole, and signed by someone you trust">
      {`${formatCount(trusted)} of ${formatCount(opened.signatures.length)} signatures are of signers you trust; every file has the digest that was signed.`}
    </Note>
  );
}

function Facts({ opened }: { readonly opened: OpenedReport }): ReactNode {
  const { report, checkpoint } = opened;
  return (
    <div className="columns-2">
      <Panel title="Signatures" hint={formatCount(opened.signatures.length)} flush>
        <ul className="open-report-list">
          {opened.signatures.map((signature) => (
            <li key={signature.keyId}>
              <div className="row">
                <b>{signature.name === "" ? "not named" : signature.name}</b>
                <span className="push">
                  <SignatureState signature={signature} />
                </span>
              </div>
              <p className="mono ink2">{signature.publicKey}</p>
              <p className="small ink3">{signature.trustedComment}</p>
            </li>
          ))}
        </ul>
      </Panel>
      <div className="stack">
        <Panel title="The report">
          <DescriptionList
            items={[
              { term: "Number", value: `${report.code}, revision ${String(report.revision)}` },
              { term: "Marking", value: report.marking },
              { term: "Sealed", value: minuteWords(report.createdAt) },
              { term: "Made with", value: report.tool },
            ]}
          />
        </Panel>
        <Panel title="Sealed to" hint={formatCount(opened.recipients.length)} flush>
          <ul className="open-report-list">
            {opened.recipients.map((recipient) => (
              <li key={recipient.key}>
                <div className="row">
                  <b>{recipient.name}</b>
                  {recipient.you ? <Tag tone="accent">you</Tag> : null}
                </div>
                <p className="mono ink2">{recipient.key}</p>
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title="Vault checkpoint" hint="you are a witness of it">
          {checkpoint === null ? (
            <p className="ink2">The package carries none.</p>
          ) : (
            <DescriptionList
              items={[
                { term: "Entries", value: formatCount(checkpoint.size) },
                { term: "Root", value: checkpoint.root, mono: true },
                { term: "Vault", value: checkpoint.vault, mono: true },
                {
                  term: "Its signature",
                  value:
                    checkpoint.signatureValid === null
                      ? "the signer's key is not in the package"
                      : checkpoint.signatureValid
                        ? "fits"
                        : "does not fit",
                },
              ]}
            />
          )}
        </Panel>
      </div>
    </div>
  );
}

const memberColumns: readonly TableColumn<Member>[] = [
  {
    id: "path",
    header: "File",
    cell: (member) => <span className="cut">{member.path}</span>,
    width: "1fr",
    isRowHeader: true,
  },
  { id: "bytes", header: "Size", cell: (member) => byteWords(member.bytes), align: "end", width: 100 },
  {
    id: "sha256",
    header: "SHA-256",
    cell: (member) => <span className="mono ink2 cut">{member.sha256}</span>,
    width: "2fr",
  },
];

function Reading({ json }: { readonly json: string | null }): ReactNode {
  const report = useMemo(() => (json === null ? null : readFrozenReport(json)), [json]);
  if (json === null)
    return <EmptyState title="The package holds no report.json">Its other files are listed under Files.</EmptyState>;
  if (report !== null) return <FrozenReportView report={report} />;
  return (
    <>
      <Note title="This report is of a form that is not known here">It is shown as it stands.</Note>
      <pre className="open-report-raw">{json}</pre>
    </>
  );
}

/** A sealed report that was opened: first what was verified, then the report itself, then its files. */
export function OpenedView({ opened }: { readonly opened: OpenedReport }): ReactNode {
  const [tab, setTab] = useState<"verified" | "report" | "files">("verified");
  return (
    <>
      <Verdict opened={opened} />
      {warningsToSay(opened.warnings).map((words) => (
        <Note key={words} tone="warn">
          {words}
        </Note>
      ))}
      <Tabs
        label="What to see of it"
        value={tab}
        onChange={setTab}
        tabs={[
          { id: "verified", words: "What was verified", content: <Facts opened={opened} /> },
          { id: "report", words: "Report", content: <Reading json={opened.reportJson} /> },
          {
            id: "files",
            words: "Files",
            count: opened.members.length,
            content: (
              <Panel flush label="Files of the package">
                <DataTable
                  label="Files of the package"
                  columns={memberColumns}
                  rows={opened.members}
                  rowKey={(member) => member.path}
                  maxRows={20}
                />
              </Panel>
            ),
          },
        ]}
      />
    </>
  );
}
