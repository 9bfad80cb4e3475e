import { useEffect, useState, type ReactNode } from "react";
import type { Recipient } from "../../../electron/contract/reporting.ts";
import { ActDialog, ErrorNote, Note, Tag, TextField, showToast } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { Fingerprint, keyKindWords } from "./recipient-words.tsx";

/** Long enough that a key is not asked about at every letter that is typed. */
const pauseMs = 250;

/** The value as it was after the last pause in typing. */
function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setPaused(value);
    }, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return paused;
}

function useKeyCheck(text: string) {
  const key = usePaused(text.trim());
  const check = useQuery("recipients.check", key === "" ? null : { key });
  return key === "" || key !== text.trim() ? null : check;
}

/** What the key in the field is: its kind and fingerprint, or what is wrong with it. */
function KeyCheck({ check }: { readonly check: ReturnType<typeof useKeyCheck> }): ReactNode {
  if (check === null || check.status === "loading") return null;
  if (check.status === "failed") return <ErrorNote failure={check.failure} />;
  const { keyKind, fingerprintHex, fingerprintWords } = check.data;
  return (
    <div className="recipients-check" aria-live="polite">
      <div className="row">
        <Tag tone="ok" sign="ok">
          {keyKindWords[keyKind].short} key
        </Tag>
        <span className="small ink3">{keyKindWords[keyKind].long}</span>
      </div>
      <Fingerprint hex={fingerprintHex} words={fingerprintWords} />
      <p className="small ink3">
        The key is well formed. Whose it is, only its owner can say: have them read out the fingerprint.
      </p>
    </div>
  );
}

interface AddRecipientDialogProps {
  readonly onClose: () => void;
  readonly onAdded: (recipient: Recipient) => void;
}

/** Adds a recipient by age public key; the key is read while it is pasted. */
export function AddRecipientDialog({ onClose, onAdded }: AddRecipientDialogProps): ReactNode {
  const [name, setName] = useState("");
  const [organisation, setOrganisation] = useState("");
  const [key, setKey] = useState("");
  const [isLate, setIsLate] = useState(false);
  const check = useKeyCheck(key);
  const add = useCommand("recipients.add");
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (name.trim() === "" || key.trim() === "" || check?.status === "failed" || add.isRunning) return;
    const result = await add.run({ name: name.trim(), organisation: organisation.trim(), key: key.trim() });
    if (!result.ok) return;
    showToast({ words: `${result.value.name} was added. Compare the fingerprint before the first report.` });
    onAdded(result.value);
    onClose();
  };
  return (
    <ActDialog
      title="Add a recipient"
      onClose={onClose}
      act="Add the recipient"
      command={add}
      onAct={() => void submit()}
    >
      <div className="row even recipients-pair">
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          autoFocus
          maxLength={200}
          placeholder="Assessment desk"
          error={isLate && name.trim() === "" ? "Who receives the report?" : null}
        />
        <TextField label="Organisation" optional value={organisation} onChange={setOrganisation} maxLength={1_000} />
      </div>
      <TextField
        label="Public key"
        value={key}
        onChange={setKey}
        mono
        lines={3}
        maxLength={5_000}
        placeholder="age1…"
        description="The recipient makes it with age-keygen and sends you the line that begins with age1. The secret key stays with them."
        error={isLate && key.trim() === "" ? "Paste the recipient’s public key." : null}
      />
      <KeyCheck check={check} />
    </ActDialog>
  );
}

interface RecipientDialogProps {
  readonly recipient: Recipient;
  readonly onClose: () => void;
}

/** Records that the fingerprint was compared with its owner by a way other than the one the key came by. */
export function CompareRecipientDialog({ recipient, onClose }: RecipientDialogProps): ReactNode {
  const [how, setHow] = useState("");
  const [isLate, setIsLate] = useState(false);
  const record = useCommand("recipients.compared");
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (how.trim() === "" || record.isRunning) return;
    const result = await record.run({ recipientId: recipient.id, how: how.trim() });
    if (!result.ok) return;
    showToast({ words: `The comparison with ${recipient.name} was recorded.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Compare the fingerprint of ${recipient.name}`}
      onClose={onClose}
      act="They match: record it"
      command={record}
      onAct={() => void submit()}
    >
      <p className="ink2">
        Read it with the owner by another way than the key came by: on the telephone, in person, on paper. Every group
        or every word must match.
      </p>
      <Fingerprint hex={recipient.fingerprintHex} words={recipient.fingerprintWords} />
      <TextField
        label="How it was compared"
        value={how}
        onChange={setHow}
        autoFocus
        maxLength={200}
        placeholder="Read out by telephone, number from the directory"
        error={isLate && how.trim() === "" ? "Say how; it is kept in the journal with your name." : null}
      />
      <p className="small ink3">If they do not match, retire this recipient and ask for the key again.</p>
    </ActDialog>
  );
}

/** Takes a recipient out of use: nothing is sealed to its key any more. */
export function RetireRecipientDialog({ recipient, onClose }: RecipientDialogProps): ReactNode {
  const [reason, setReason] = useState("");
  const [isLate, setIsLate] = useState(false);
  const retire = useCommand("recipients.retire");
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (reason.trim() === "" || retire.isRunning) return;
    const result = await retire.run({ recipientId: recipient.id, reason: reason.trim() });
    if (!result.ok) return;
    showToast({ words: `${recipient.name} was retired.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Retire ${recipient.name}`}
      onClose={onClose}
      role="alertdialog"
      act="Retire the recipient"
      variant="danger"
      command={retire}
      onAct={() => void submit()}
    >
      <Note tone="warn">
        No report can be sealed to this key again. Reports that were sealed to it can still be opened with it.
      </Note>
      <TextField
        label="Reason"
        value={reason}
        onChange={setReason}
        autoFocus
        maxLength={200}
        placeholder="The key was replaced"
        error={isLate && reason.trim() === "" ? "Give a reason; it is kept in the journal." : null}
      />
    </ActDialog>
  );
}
