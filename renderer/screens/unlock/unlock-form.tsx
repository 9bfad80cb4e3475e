import { useEffect, useState, type ReactNode } from "react";
import { Form } from "react-aria-components";
import type { VaultOutline } from "../../../electron/contract/vault.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { Button, ErrorNote, FileDrop, Loading, Note, pageTitleId, PasswordField, Select } from "../../parts/index.ts";
import { useFileChoice } from "../../state/file-choice.ts";
import { queries, secretBytes, useCommand, useQuery } from "../../state/service.ts";
import { replacePlace } from "../../state/view.ts";
import { keyTimeWords, noteKeyTime } from "./key-time.ts";

/** What this workstation remembers of the file, against what the file says: an older copy shows here. */
function LastSeen({ outline }: { readonly outline: VaultOutline }): ReactNode {
  const { lastSeen } = outline;
  if (lastSeen === null || lastSeen.entries <= outline.entries) return null;
  return (
    <Note tone="warn" title="This file is older than one seen here before">
      It holds {formatCount(outline.entries)} entries; {formatCount(lastSeen.entries)} were seen on this workstation. It
      can be read, not written. Look for the newer copy.
    </Note>
  );
}

function subtitle(outline: VaultOutline): string {
  const seen = outline.lastSeen === null ? "not opened here before" : "opened here before";
  return `${outline.fileName} · ${formatCount(outline.entries)} ${outline.entries === 1 ? "entry" : "entries"} · ${seen} · checkpoint ${outline.checkpoint}`;
}

function Unlock({ outline }: { readonly outline: VaultOutline }): ReactNode {
  const [member, setMember] = useState(outline.slots[0]?.memberId ?? null);
  const [passphrase, setPassphrase] = useState("");
  // A failed try empties the field and puts the focus back into it.
  const [tries, setTries] = useState(0);
  const keyFile = useFileChoice({ title: "Choose the key file" });
  const unlock = useCommand("vault.unlock");
  const slot = outline.slots.find((candidate) => candidate.memberId === member);
  const submit = async (): Promise<void> => {
    if (passphrase === "" || unlock.isRunning) return;
    const secret = secretBytes(passphrase);
    const startedAt = performance.now();
    const key = keyFile.files[0];
    const result = await unlock.run({
      file: outline.file,
      ...(member === null ? {} : { member }),
      passphrase: secret,
      ...(key === undefined ? {} : { keyFile: key.handle }),
    });
    secret.fill(0);
    setPassphrase("");
    noteKeyTime(performance.now() - startedAt);
    if (!result.ok) {
      setTries((count) => count + 1);
      return;
    }
    queries.put("vault.state", {}, result.value);
    replacePlace("overview");
  };
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <LastSeen outline={outline} />
      <Select
        label="Member"
        options={outline.slots.map(({ memberId, label }) => ({ id: memberId, label }))}
        value={member}
        onChange={setMember}
      />
      <PasswordField key={tries} label="Passphrase" value={passphrase} onChange={setPassphrase} autoFocus />
      {slot?.keyFile === true ? (
        <FileDrop
          look="line"
          label="Key file (this member uses one)"
          hint="Choose or drop the file"
          files={keyFile.files}
          onChoose={keyFile.choose}
          onDrop={keyFile.drop}
          onRemove={keyFile.remove}
        />
      ) : null}
      {unlock.failure === null ? null : <ErrorNote failure={unlock.failure} />}
      <Button type="submit" variant="primary" size="large" isPending={unlock.isRunning}>
        {unlock.isRunning ? "Deriving the key" : "Unlock"}
      </Button>
      <p className="small ink3">
        {keyTimeWords(slot?.kdf.memoryBytes ?? 0)} {formatCount(outline.checkpoints)} checkpoints can be checked without
        the passphrase.
      </p>
    </Form>
  );
}

/** Opens one vault file: it is looked at first, then a member, a passphrase and, where the member has one, a key file. */
export function UnlockForm({ file }: { readonly file: string }): ReactNode {
  const outline = useQuery("vault.inspect", { file });
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setIsLate(true);
    }, 300);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  if (outline.status === "loading") return isLate ? <Loading words="Looking at the vault file" /> : null;
  if (outline.status === "failed") {
    return (
      <>
        <h1 id={pageTitleId} tabIndex={-1} className="door-title">
          This vault cannot be opened
        </h1>
        <ErrorNote failure={outline.failure} action={<Button onPress={outline.refetch}>Look again</Button>} />
      </>
    );
  }
  return (
    <>
      <div>
        <h1 id={pageTitleId} tabIndex={-1} className="door-title">
          {outline.data.label}
        </h1>
        <p className="ink2">{subtitle(outline.data)}</p>
      </div>
      <Unlock outline={outline.data} />
    </>
  );
}
