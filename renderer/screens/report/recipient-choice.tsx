import type { ReactNode } from "react";
import { profileWords } from "../../../electron/contract/release-profile.ts";
import type { Recipient } from "../../../electron/contract/reporting.ts";
import { Checkbox, EmptyState, Note, Tag } from "../../parts/index.ts";
import { ComparedTag, keyKindWords } from "../recipients/recipient-words.tsx";

interface RecipientChoiceProps {
  readonly recipients: readonly Recipient[];
  readonly chosen: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
  readonly isReady: boolean;
}

/** Whom a report is sealed to, with the state of each fingerprint. Keys of two kinds are never mixed in one file. */
export function RecipientChoice({ recipients, chosen, onChange, isReady }: RecipientChoiceProps): ReactNode {
  if (!isReady) return null;
  if (recipients.length === 0) {
    return (
      <EmptyState title="Nobody to seal to yet">
        Add a recipient with their age public key, or seal to a passphrase.
      </EmptyState>
    );
  }
  const picked = recipients.filter((recipient) => chosen.includes(recipient.id));
  const kind = picked[0]?.keyKind ?? null;
  const hasBoth = new Set(recipients.map((recipient) => recipient.keyKind)).size > 1;
  const profiles = new Set(picked.map(({ withheld }) => profileWords(withheld)));
  const uncompared = picked.filter((recipient) => recipient.compared === null);
  return (
    <div className="stack tight">
      <ul className="report-recipients" aria-label="Recipients">
        {recipients.map((recipient) => (
          <li key={recipient.id}>
            <Checkbox
              isSelected={chosen.includes(recipient.id)}
              isDisabled={kind !== null && recipient.keyKind !== kind}
              onChange={(isOn) => {
                onChange(isOn ? [...chosen, recipient.id] : chosen.filter((id) => id !== recipient.id));
              }}
            >
              <b>{recipient.name}</b>
              <span className="choice-detail">
                {recipient.organisation === "" ? "" : `${recipient.organisation} · `}
                <span className="mono">{recipient.fingerprintHex.slice(0, 19)}…</span>
              </span>
            </Checkbox>
            <span className="push row">
              <Tag>{keyKindWords[recipient.keyKind].short}</Tag>
              <ComparedTag recipient={recipient} />
            </span>
          </li>
        ))}
      </ul>
      {hasBoth ? (
        <p className="small ink3">
          Classic and post-quantum keys are not mixed: the file would be only as strong as the weaker of them. Seal once
          for each kind.
        </p>
      ) : null}
      {profiles.size > 1 ? (
        <Note tone="warn" title="Different profiles">
          Reports for them leave out different things. Seal once for each profile.
        </Note>
      ) : null}
      {profiles.size === 1 ? <p className="small ink2">Left out of this package: {[...profiles].join()}.</p> : null}
      {uncompared.length === 0 ? null : (
        <Note tone="warn" title="Never compared">
          Nobody checked that {uncompared.map(({ name }) => name).join(", ")}{" "}
          {uncompared.length === 1 ? "owns this key" : "own these keys"}. Compare the fingerprint first, under
          Recipients; whoever sent the key may read the report.
        </Note>
      )}
    </div>
  );
}
