import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import { Button, DoorLink, ErrorNote, Loading, pageTitleId } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { navigate, type Params } from "../../state/view.ts";
import { RecentVaults } from "./recent-vaults.tsx";
import { UnlockForm, wayIds, type Way } from "./unlock-form.tsx";
import "../door-page.css";

const vaultDialog = { title: "Open a vault", filters: [{ name: "EvalVault vaults", extensions: ["evault"] }] };

/** The ways on from here, as on every screen without a vault. */
function Doors({
  onOpenOther,
  otherWords,
}: {
  readonly onOpenOther: () => void;
  readonly otherWords: string;
}): ReactNode {
  return (
    <nav className="door-links" aria-label="Other ways in">
      <DoorLink onPress={onOpenOther}>{otherWords}</DoorLink>
      <DoorLink
        onPress={() => {
          navigate("create");
        }}
      >
        Create a vault
      </DoorLink>
      <DoorLink
        onPress={() => {
          navigate("open-report");
        }}
      >
        Open a sealed report
      </DoorLink>
    </nav>
  );
}

/** Nothing was opened on this workstation before: what this is, and the two ways to begin. */
function FirstTime({ onOpenOther }: { readonly onOpenOther: () => void }): ReactNode {
  return (
    <>
      <div>
        <h1 id={pageTitleId} tabIndex={-1} className="door-title">
          EvalVault
        </h1>
        <p className="ink2">
          Plans, takes in, checks and reports cyber evaluations of AI models. Everything is in one encrypted file on
          this workstation; nothing ever leaves by itself.
        </p>
      </div>
      <Button
        variant="primary"
        size="large"
        onPress={() => {
          navigate("create");
        }}
      >
        Create a vault
      </Button>
      <Button size="large" onPress={onOpenOther}>
        Open a vault…
      </Button>
      <nav className="door-links" aria-label="Other ways in">
        <DoorLink
          onPress={() => {
            navigate("open-report");
          }}
        >
          Open a sealed report
        </DoorLink>
      </nav>
    </>
  );
}

type Recent = RequestOutput<"vault.recent">;

interface ChoiceProps {
  readonly vaults: Recent;
  /** The file that was chosen before, by a person or by the system; null: the newest that is there. */
  readonly first: string | null;
  readonly way: Way;
}

/** Which file is to be opened: the newest at first, another from the list or from the dialog. */
function Choice({ vaults, first, way }: ChoiceProps): ReactNode {
  const newest = vaults.find((vault) => vault.present)?.file ?? null;
  const [file, setFile] = useState(first ?? newest);
  const chooseFile = (): void => {
    void shell()
      .chooseFiles(vaultDialog)
      .then((result) => {
        const chosen = result.ok ? result.value.files[0] : undefined;
        if (chosen !== undefined) setFile(chosen.handle);
      });
  };
  useScreenCommands([
    { id: "unlock.choose", words: "Choose a vault file", shortcut: "CmdOrCtrl+Shift+F", run: chooseFile },
  ]);
  if (file !== null) {
    const showList = (): void => {
      setFile(null);
    };
    return (
      <>
        <UnlockForm key={file} file={file} way={way} />
        <Doors otherWords="Open another vault" onOpenOther={vaults.length > 1 ? showList : chooseFile} />
      </>
    );
  }
  if (vaults.length === 0) return <FirstTime onOpenOther={chooseFile} />;
  return (
    <>
      <RecentVaults vaults={vaults} onChoose={setFile} />
      <Doors otherWords="Choose a file…" onOpenOther={chooseFile} />
    </>
  );
}

/** Opens a vault: which file, who, and the passphrase. */
function UnlockScreen({ params }: { readonly params: Params }): ReactNode {
  const recent = useQuery("vault.recent", {});
  if (recent.status === "loading") return <Loading words="Looking for vaults opened here before" />;
  return (
    <div className="door-page">
      <div className="door-card">
        {recent.status === "failed" ? <ErrorNote failure={recent.failure} /> : null}
        <Choice
          vaults={recent.status === "ready" ? recent.data : []}
          first={params.file ?? null}
          way={wayIds.find((id) => id === params.way) ?? "slot"}
        />
      </div>
    </div>
  );
}

export const screen: Screen = { id: "unlock", Component: UnlockScreen };
