import { useState, type ReactNode } from "react";
import type { Recipient, Report } from "../../../electron/contract/reporting.ts";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import type { Failure } from "../../../electron/contract/result.ts";
import type { ChosenFile } from "../../../electron/contract/shell.ts";
import {
  Button,
  DescriptionList,
  Dialog,
  DoorLink,
  ErrorNote,
  Note,
  PasswordField,
  RadioGroup,
  passphraseStrength,
  requiredScore,
  showToast,
} from "../../parts/index.ts";
import { byteWords } from "../../state/progress-words.ts";
import { secretBytes, useCommand, useQuery } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import { navigate } from "../../state/view.ts";
import { missingWords, signingWords } from "./signing.ts";
import { RecipientChoice } from "./recipient-choice.tsx";

type Sealed = RequestOutput<"reports.seal">;
type Way = "keys" | "passphrase";

const ways = [
  { id: "keys", label: "Recipients’ keys" },
  { id: "passphrase", label: "A passphrase" },
] as const;

/** What is still missing before the report can be sealed; null when nothing is. */
function missing(way: Way, chosen: readonly Recipient[], passphrase: string, again: string): string | null {
  if (way === "keys") return chosen.length === 0 ? "Choose at least one recipient." : null;
  if (passphrase === "") return "Choose a passphrase.";
  return passphrase === again ? null : "The two passphrases are not the same.";
}

async function chooseDestination(report: Report): Promise<ChosenFile | null> {
  const result = await shell().chooseSaveLocation({
    title: `Seal ${report.code}`,
    suggestedName: `${report.code}_r${String(report.revision)}.sealed`,
    filters: [{ name: "Sealed report", extensions: ["sealed", "tar"] }],
  });
  return result.ok ? result.value.file : null;
}

function Result({
  sealed,
  file,
  to,
}: {
  readonly sealed: Sealed;
  readonly file: ChosenFile;
  readonly to: string;
}): ReactNode {
  const entry = sealed.report.sealed.at(-1);
  return (
    <div className="stack">
      <Note tone="ok" title={`${sealed.fileName} was sealed`}>
        It opens in EvalVault, and with age, minisign and tar alone: the README beside it says how.
      </Note>
      <DescriptionList
        items={[
          { term: "File", value: sealed.fileName, mono: true },
          { term: "Size", value: byteWords(sealed.bytes) },
          { term: "Sealed to", value: to },
          ...(entry === undefined ? [] : [{ term: "PDF", value: entry.pdf ? "report.pdf" : "left out" }]),
          ...(entry === undefined ? [] : [{ term: "SHA-256", value: entry.sha256, mono: true }]),
          ...(entry === undefined ? [] : [{ term: "Vault checkpoint", value: entry.checkpoint, mono: true }]),
        ]}
      />
      <div className="row">
        <Button onPress={() => void shell().reveal({ handle: file.handle })}>Show in folder</Button>
      </div>
    </div>
  );
}

interface NotSealedProps {
  readonly failure: Failure | null;
  readonly isRunning: boolean;
  /** Seals at the place that was chosen, without the PDF; null where none was chosen yet. */
  readonly onWithoutPdf: (() => void) | null;
}

/** Why it was not sealed, and the way on where only the PDF is missing. */
function NotSealed({ failure, isRunning, onWithoutPdf }: NotSealedProps): ReactNode {
  if (failure === null) return null;
  return (
    <>
      <ErrorNote failure={failure} />
      {failure.code === "print-failed" && onWithoutPdf !== null ? (
        <div className="row">
          <Button isPending={isRunning} onPress={onWithoutPdf}>
            Seal without the PDF
          </Button>
          <span className="small ink3">The journal and the README beside the package will say that it has none.</span>
        </div>
      ) : null}
    </>
  );
}

interface SealDialogProps {
  readonly report: Report;
  readonly onClose: () => void;
}

/** Signs the files of a report and encrypts them: to whom, or to which passphrase, and where to. */
export function SealDialog({ report, onClose }: SealDialogProps): ReactNode {
  const recipients = useQuery("recipients.list", {});
  const unsigned = missingWords(report);
  const [way, setWay] = useState<Way>("keys");
  const [ids, setIds] = useState<readonly string[]>([]);
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [asked, setAsked] = useState<ChosenFile | null>(null);
  const [done, setDone] = useState<{ readonly sealed: Sealed; readonly file: ChosenFile } | null>(null);
  const seal = useCommand("reports.seal", { job: `Sealing ${report.code}` });
  const known = recipients.status === "ready" ? recipients.data.filter((one) => one.retiredAt === null) : [];
  const chosen = known.filter((recipient) => ids.includes(recipient.id));
  const to = way === "keys" ? chosen.map(({ name }) => name).join(", ") : "a passphrase";

  const sealTo = async (file: ChosenFile, pdf: "print" | "leave-out"): Promise<void> => {
    setAsked(file);
    const secret = way === "passphrase" ? secretBytes(passphrase) : null;
    const result = await seal.run({
      reportId: report.id,
      recipientIds: way === "keys" ? [...ids] : [],
      keys: [],
      ...(secret === null ? {} : { passphrase: secret }),
      destination: file.handle,
      pdf,
    });
    secret?.fill(0);
    if (!result.ok) return;
    setPassphrase("");
    setAgain("");
    setDone({ sealed: result.value, file });
    showToast({ words: `${report.code} was sealed to ${to}.` });
  };

  const submit = async (): Promise<void> => {
    if (seal.isRunning || unsigned !== null) return;
    const gap = missing(way, chosen, passphrase, again);
    setProblem(gap);
    if (gap !== null) return;
    if (way === "passphrase" && (await passphraseStrength(passphrase, [report.title])).score < requiredScore) {
      setProblem("The passphrase is too easy to guess; several unrelated words work well.");
      return;
    }
    const file = await chooseDestination(report);
    if (file !== null) await sealTo(file, "print");
  };

  return (
    <Dialog
      title={`Seal ${report.code}`}
      isOpen
      onClose={onClose}
      size="large"
      actions={
        done === null ? (
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button
              variant="primary"
              isDisabled={unsigned !== null}
              isPending={seal.isRunning}
              onPress={() => void submit()}
            >
              Choose a place and seal
            </Button>
          </>
        ) : (
          <Button variant="primary" onPress={onClose}>
            Done
          </Button>
        )
      }
    >
      {done === null ? (
        <>
          {unsigned === null ? null : (
            <Note tone="warn" title={unsigned}>
              {signingWords(report)} Close this and have the second lead sign, here or when they next unlock the vault.
            </Note>
          )}
          <RadioGroup label="Seal to" look="segments" options={ways} value={way} onChange={setWay} />
          {way === "keys" ? (
            <RecipientChoice
              recipients={known}
              chosen={ids}
              onChange={setIds}
              isReady={recipients.status === "ready"}
            />
          ) : (
            <PassphraseFields
              passphrase={passphrase}
              again={again}
              related={[report.title]}
              onPassphrase={setPassphrase}
              onAgain={setAgain}
            />
          )}
          {way === "keys" && recipients.status === "ready" ? (
            <DoorLink
              onPress={() => {
                navigate("recipients", { new: "yes" });
              }}
            >
              Add a recipient
            </DoorLink>
          ) : null}
          {problem === null ? null : (
            <p className="field-error" role="alert">
              {problem}
            </p>
          )}
          <NotSealed
            failure={seal.failure}
            isRunning={seal.isRunning}
            onWithoutPdf={asked === null ? null : () => void sealTo(asked, "leave-out")}
          />
        </>
      ) : (
        <Result sealed={done.sealed} file={done.file} to={to} />
      )}
    </Dialog>
  );
}

interface PassphraseFieldsProps {
  readonly passphrase: string;
  readonly again: string;
  readonly related: readonly string[];
  readonly onPassphrase: (value: string) => void;
  readonly onAgain: (value: string) => void;
}

function PassphraseFields(props: PassphraseFieldsProps): ReactNode {
  return (
    <div className="stack">
      <PasswordField
        label="Passphrase"
        kind="new"
        meter
        related={props.related}
        value={props.passphrase}
        onChange={props.onPassphrase}
        description="Tell it by another way than the file goes by. Nobody can recover it, and it names no reader."
      />
      <PasswordField label="Passphrase again" kind="new" value={props.again} onChange={props.onAgain} />
    </div>
  );
}
