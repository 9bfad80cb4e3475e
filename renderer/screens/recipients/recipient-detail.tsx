import type { ReactNode } from "react";
import { withheldKinds, withheldWords } from "../../../electron/contract/release-profile.ts";
import type { Recipient, Report } from "../../../electron/contract/reporting.ts";
import {
  Button,
  Checkbox,
  DescriptionList,
  DoorLink,
  ErrorNote,
  Panel,
  ReportStateTag,
  showToast,
  type Described,
} from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import { dayWords, minuteWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import { ComparedTag, Fingerprint, keyKindWords } from "./recipient-words.tsx";

async function copy(text: string, what: string): Promise<void> {
  const result = await shell().copyText({ text });
  showToast(
    result.ok
      ? { words: `${what} was copied. The clipboard is emptied in ${String(result.value.clearsInSeconds)} s.` }
      : { words: `${what} could not be copied.`, tone: "bad" },
  );
}

/** A report that was sealed to this recipient: names are what the register keeps. */
function isSentTo(report: Report, recipient: Recipient): boolean {
  return report.sealed.some((sealed) => sealed.recipients.includes(recipient.name));
}

function SentReports({ recipient }: { readonly recipient: Recipient }): ReactNode {
  const reports = useQuery("reports.list", {});
  if (reports.status === "failed") return <ErrorNote failure={reports.failure} />;
  if (reports.status === "loading") return null;
  const sent = reports.data.filter((report) => isSentTo(report, recipient));
  if (sent.length === 0) return <p className="ink3">None yet.</p>;
  return (
    <ul className="recipients-sent">
      {sent.map((report) => (
        <li key={report.id}>
          <DoorLink
            onPress={() => {
              navigate("report", { id: report.id, view: "release" });
            }}
          >
            {report.code}
          </DoorLink>
          <span className="cut ink2" title={report.title}>
            {report.title}
          </span>
          <ReportStateTag state={report.state} />
        </li>
      ))}
    </ul>
  );
}

function facts(recipient: Recipient): readonly Described[] {
  const { compared, retiredAt } = recipient;
  return [
    { term: "Organisation", value: recipient.organisation === "" ? "–" : recipient.organisation },
    {
      term: "Key",
      value: (
        <>
          {keyKindWords[recipient.keyKind].short}
          <span className="small ink3 recipients-under">{keyKindWords[recipient.keyKind].long}</span>
        </>
      ),
    },
    {
      term: "Compared",
      value:
        compared === null ? (
          <span className="tone-warn">never: the key may be anyone’s</span>
        ) : (
          <>
            {minuteWords(compared.at)} by {compared.by}
            <span className="small ink3 recipients-under">{compared.how}</span>
          </>
        ),
    },
    { term: "Added", value: dayWords(recipient.addedAt) },
    ...(retiredAt === null ? [] : [{ term: "Retired", value: dayWords(retiredAt) }]),
  ];
}

/** What reports for this recipient leave out of their bytes; kept at once. */
function ReleaseProfile({
  recipient,
  mayDecide,
}: {
  readonly recipient: Recipient;
  readonly mayDecide: boolean;
}): ReactNode {
  const set = useCommand("recipients.setProfile");
  const { withheld } = recipient;
  return (
    <div className="stack close">
      <h3>Left out of reports for them</h3>
      {withheldKinds.map((kind) => (
        <Checkbox
          key={kind}
          isSelected={withheld.includes(kind)}
          isDisabled={!mayDecide || set.isRunning || recipient.retiredAt !== null}
          onChange={(isOn) => {
            const next = isOn ? [...withheld, kind] : withheld.filter((one) => one !== kind);
            void set.run({ recipientId: recipient.id, withheld: next });
          }}
        >
          {withheldWords[kind].replace(/^./, (first) => first.toUpperCase())}
        </Checkbox>
      ))}
      {set.failure === null ? null : <ErrorNote failure={set.failure} />}
    </div>
  );
}

interface RecipientDetailProps {
  readonly recipient: Recipient;
  readonly mayDecide: boolean;
  readonly onCompare: () => void;
  readonly onRetire: () => void;
}

/** One recipient: whose key, its fingerprint to read out, how it was compared, and what was sent. */
export function RecipientDetail({ recipient, mayDecide, onCompare, onRetire }: RecipientDetailProps): ReactNode {
  const isRetired = recipient.retiredAt !== null;
  return (
    <Panel title={recipient.name} actions={<ComparedTag recipient={recipient} />} fill>
      <div className="stack">
        <div className="stack close">
          <h3>Fingerprint</h3>
          <Fingerprint hex={recipient.fingerprintHex} words={recipient.fingerprintWords} />
          {isRetired ? null : (
            <div className="row recipients-actions">
              <Button
                size="small"
                variant={recipient.compared === null ? "primary" : "plain"}
                isDisabled={!mayDecide}
                onPress={onCompare}
              >
                {recipient.compared === null ? "Record comparison" : "Compare again"}
              </Button>
              <Button size="small" variant="quiet" isDisabled={!mayDecide} onPress={onRetire}>
                Retire…
              </Button>
            </div>
          )}
        </div>
        <DescriptionList items={facts(recipient)} />
        <ReleaseProfile recipient={recipient} mayDecide={mayDecide} />
        <div className="stack close">
          <div className="row">
            <h3>Public key</h3>
            <span className="push">
              <Button size="small" variant="quiet" onPress={() => void copy(recipient.key, "The public key")}>
                Copy
              </Button>
            </span>
          </div>
          <p className="mono recipients-key">{recipient.key}</p>
        </div>
        <div className="stack close">
          <h3>Reports sealed to this key</h3>
          <SentReports recipient={recipient} />
        </div>
      </div>
    </Panel>
  );
}
