import { useState, type ReactNode } from "react";
import { Form } from "react-aria-components";
import type { Screen } from "../../app/screen.ts";
import type { OpenedReport } from "../../../electron/contract/reporting.ts";
import type { ChosenFile } from "../../../electron/contract/shell.ts";
import {
  Button,
  ErrorNote,
  FileDrop,
  PageHead,
  PasswordField,
  RadioGroup,
  TextField,
  type FileDropProps,
} from "../../parts/index.ts";
import { useFileChoice, type FileChoice } from "../../state/file-choice.ts";
import { secretBytes, useCommand, useQuery } from "../../state/service.ts";
import { navigate, type Params } from "../../state/view.ts";
import { OpenedView } from "./opened-view.tsx";
import "./open-report.css";

function drop(choice: FileChoice): Pick<FileDropProps, "files" | "onChoose" | "onDrop" | "onRemove"> {
  return { files: choice.files, onChoose: choice.choose, onDrop: choice.drop, onRemove: choice.remove };
}

/** Signer keys, one a line; empty lines do not count. */
function keyLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

const ways = [
  { id: "identity", label: "Identity file" },
  { id: "passphrase", label: "Passphrase" },
] as const;
type Way = (typeof ways)[number]["id"];

interface OpenFormProps {
  readonly first: readonly ChosenFile[];
  readonly onOpened: (opened: OpenedReport) => void;
}

function OpenForm({ first, onOpened }: OpenFormProps): ReactNode {
  const packageChoice = useFileChoice(
    {
      title: "Open a sealed report",
      filters: [
        { name: "Sealed reports", extensions: ["age", "tar"] },
        { name: "All files", extensions: ["*"] },
      ],
    },
    first,
  );
  const folderChoice = useFileChoice({ title: "Open a .sealed folder", folder: true });
  const identity = useFileChoice({ title: "Choose your age identity file" });
  const [way, setWay] = useState<Way>("identity");
  const [passphrase, setPassphrase] = useState("");
  const [signers, setSigners] = useState("");
  const open = useCommand("sealed.open", { job: "Opening a sealed report" });
  const chosen = folderChoice.files[0] ?? packageChoice.files[0];
  const isReady = chosen !== undefined && (way === "identity" ? identity.files.length > 0 : passphrase !== "");
  const submit = async (): Promise<void> => {
    const key = identity.files[0];
    if (chosen === undefined || !isReady || open.isRunning) return;
    const secret = way === "passphrase" ? secretBytes(passphrase) : null;
    const result = await open.run({
      package: chosen.handle,
      ...(way === "identity" && key !== undefined ? { identity: key.handle } : {}),
      ...(secret === null ? {} : { passphrase: secret }),
      signerKeys: keyLines(signers),
    });
    secret?.fill(0);
    setPassphrase("");
    if (result.ok) onOpened(result.value);
  };
  return (
    <Form
      className="stack open-report-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="stack tight">
        <FileDrop
          label="Sealed report"
          hint="Drop the .sealed folder, its .tar, or report.tar.age"
          {...drop(packageChoice)}
          files={chosen === undefined ? [] : [chosen]}
          onRemove={() => {
            packageChoice.clear();
            folderChoice.clear();
          }}
        />
        <div className="row">
          <Button size="small" onPress={folderChoice.choose}>
            Choose a folder…
          </Button>
        </div>
      </div>
      <RadioGroup look="segments" label="Opened with" options={ways} value={way} onChange={setWay} />
      {way === "identity" ? (
        <FileDrop
          look="line"
          label="Your age identity"
          hint="The file that begins with AGE-SECRET-KEY"
          {...drop(identity)}
        />
      ) : (
        <PasswordField label="Passphrase" value={passphrase} onChange={setPassphrase} />
      )}
      <TextField
        label="Signers you trust"
        optional
        lines={3}
        mono
        placeholder="RWQ… one minisign public key a line"
        value={signers}
        onChange={setSigners}
        description="Compare them with the sender by another way. Members of an open vault are known already."
      />
      {open.failure === null ? null : <ErrorNote failure={open.failure} />}
      <div className="row">
        <Button type="submit" variant="primary" isDisabled={!isReady} isPending={open.isRunning}>
          {open.isRunning ? "Checking" : "Check and open"}
        </Button>
        <span className="small ink3">All of it is checked before any of it is shown.</span>
      </div>
    </Form>
  );
}

/** Opens a sealed report, with or without a vault: checked as a whole first, then shown. */
function OpenReportScreen({ params }: { readonly params: Params }): ReactNode {
  const [opened, setOpened] = useState<OpenedReport | null>(null);
  const state = useQuery("vault.state", {});
  const isVaultOpen = state.status === "ready" && state.data.open;
  const { file, name } = params;
  const first = file === undefined ? [] : [{ handle: file, name: name ?? file }];
  return (
    <div className="page">
      <PageHead
        title={
          opened === null ? "Open a sealed report" : `${opened.report.code}, revision ${String(opened.report.revision)}`
        }
        lead={opened === null ? "From a sender who sealed it to you. No vault is needed." : opened.fileName}
        up={
          isVaultOpen
            ? undefined
            : {
                words: "Back to vaults",
                onPress: () => {
                  navigate("unlock");
                },
              }
        }
        actions={
          opened === null ? undefined : (
            <Button
              onPress={() => {
                setOpened(null);
              }}
            >
              Close it
            </Button>
          )
        }
      />
      <div className="page-body scrolls">
        {opened === null ? <OpenForm first={first} onOpened={setOpened} /> : <OpenedView opened={opened} />}
      </div>
    </div>
  );
}

export const screen: Screen = { id: "open-report", Component: OpenReportScreen };
