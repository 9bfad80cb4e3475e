import { useEffect, useState, type ReactNode } from "react";
import { Form } from "react-aria-components";
import type { VaultOutline } from "../../../electron/contract/vault.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import {
  Button,
  DoorLink,
  ErrorNote,
  FileChoiceField,
  Loading,
  Note,
  pageTitleId,
  PasswordField,
  Select,
} from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useFileChoice } from "../../state/file-choice.ts";
import { queries, secretBytes, useCommand, useQuery } from "../../state/service.ts";
import { replacePlace } from "../../state/view.ts";
import { BackupForm } from "./backup-form.tsx";
import { keyTimeWords, noteKeyTime } from "./key-time.ts";
import { RecoverForm } from "./recover-form.tsx";
import "./unlock.css";

/** Ways into a vault: with a slot's passphrase, with a key backup, or with recovery shares for a new lead. */
export const wayIds = ["slot", "backup", "recover"] as const;
export type Way = (typeof wayIds)[number];

/** Who was let in with recovery shares just now. */
interface Recovered {
  readonly memberId: string;
  readonly label: string;
}

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

interface UnlockProps {
  readonly outline: VaultOutline;
  readonly recovered: Recovered | null;
}

function useUnlock(outline: VaultOutline, first: string | null) {
  const [member, setMember] = useState(first);
  const [passphrase, setPassphrase] = useState("");
  // A failed try empties the field and puts the focus back into it.
  const [tries, setTries] = useState(0);
  const keyFile = useFileChoice({ title: "Choose the key file" });
  const unlock = useCommand("vault.unlock");
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
  return { member, setMember, passphrase, setPassphrase, tries, keyFile, unlock, submit };
}

function Unlock({ outline, recovered }: UnlockProps): ReactNode {
  const form = useUnlock(outline, recovered?.memberId ?? outline.slots[0]?.memberId ?? null);
  const { keyFile, unlock } = form;
  const slot = outline.slots.find((candidate) => candidate.memberId === form.member);
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit();
      }}
    >
      <LastSeen outline={outline} />
      {recovered === null ? null : (
        <Note tone="ok" title={`${recovered.label} was let in as a lead`}>
          It stands in the journal. Unlock with the passphrase that you just chose; then remove whoever is not to come
          in any more, and make new shares.
        </Note>
      )}
      <Select
        label="Member"
        options={outline.slots.map(({ memberId, label }) => ({ id: memberId, label }))}
        value={form.member}
        onChange={form.setMember}
      />
      <PasswordField
        key={form.tries}
        label="Passphrase"
        value={form.passphrase}
        onChange={form.setPassphrase}
        autoFocus
      />
      {slot?.keyFile === true ? (
        <FileChoiceField label="Key file (this member uses one)" hint="Choose or drop the file" choice={keyFile} />
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

function OtherWays({ onChoose }: { readonly onChoose: (way: Way) => void }): ReactNode {
  return (
    <nav className="unlock-ways" aria-label="Without the passphrase">
      <DoorLink
        onPress={() => {
          onChoose("backup");
        }}
      >
        Open with a key backup
      </DoorLink>
      <DoorLink
        onPress={() => {
          onChoose("recover");
        }}
      >
        Lost access? Recover with shares
      </DoorLink>
    </nav>
  );
}

function Ways({ outline, first }: { readonly outline: VaultOutline; readonly first: Way }): ReactNode {
  const [way, setWay] = useState(first);
  const [recovered, setRecovered] = useState<Recovered | null>(null);
  const back = (): void => {
    setWay("slot");
  };
  useScreenCommands([
    {
      id: "unlock.backup",
      words: "Open with a key backup",
      run: () => {
        setWay("backup");
      },
    },
    {
      id: "unlock.recover",
      words: "Recover access with shares",
      run: () => {
        setWay("recover");
      },
    },
  ]);
  if (way === "backup") return <BackupForm outline={outline} onBack={back} />;
  if (way === "recover") {
    return (
      <RecoverForm
        outline={outline}
        onBack={back}
        onDone={(memberId, label) => {
          setRecovered({ memberId, label });
          setWay("slot");
        }}
      />
    );
  }
  return (
    <>
      <div>
        <h1 id={pageTitleId} tabIndex={-1} className="door-title">
          {outline.label}
        </h1>
        <p className="ink2">{subtitle(outline)}</p>
      </div>
      <Unlock outline={outline} recovered={recovered} />
      <OtherWays onChoose={setWay} />
    </>
  );
}

interface UnlockFormProps {
  readonly file: string;
  readonly way: Way;
}

/** Opens one vault file: it is looked at first, then somebody comes in, by one of the ways there are. */
export function UnlockForm({ file, way }: UnlockFormProps): ReactNode {
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
  return <Ways outline={outline.data} first={way} />;
}
