import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import { Button, DoorLink, ErrorNote, Loading, pageTitleId } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { navigate, type Params } from "../../state/view.ts";
import { RecentVaults } from "./recent-vaults.tsx";
import { UnlockForm } from "./unlock-form.tsx";
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

/** Opens a vault: which file, who, and the passphrase. */
function UnlockScreen({ params }: { readonly params: Params }): ReactNode {
  const recent = useQuery("vault.recent", {});
  const [chosen, setChosen] = useState<string | null>(params["file"] ?? null);
  const [showsList, setShowsList] = useState(false);
  const openOther = (): void => {
    void shell()
      .chooseFiles(vaultDialog)
      .then((result) => {
        const file = result.ok ? result.value.files[0] : undefined;
        if (file === undefined) return;
        setChosen(file.handle);
        setShowsList(false);
      });
  };
  useScreenCommands([
    { id: "unlock.choose", words: "Choose a vault file", shortcut: "CmdOrCtrl+Shift+F", run: openOther },
  ]);
  if (recent.status === "loading") return <Loading words="Looking for vaults opened here before" />;
  const vaults = recent.status === "ready" ? recent.data.filter((vault) => vault.present) : [];
  const file = showsList ? null : (chosen ?? vaults[0]?.file ?? null);
  return (
    <div className="door-page">
      <div className="door-card">
        {recent.status === "failed" ? <ErrorNote failure={recent.failure} /> : null}
        {file === null && vaults.length === 0 ? <FirstTime onOpenOther={openOther} /> : null}
        {file === null && vaults.length > 0 && recent.status === "ready" ? (
          <RecentVaults
            vaults={recent.data}
            onChoose={(handle) => {
              setChosen(handle);
              setShowsList(false);
            }}
          />
        ) : null}
        {file === null ? null : <UnlockForm key={file} file={file} />}
        {file === null && vaults.length === 0 ? null : (
          <Doors
            otherWords={file === null ? "Choose a file…" : "Open another vault"}
            onOpenOther={
              file !== null && vaults.length > 1
                ? () => {
                    setShowsList(true);
                  }
                : openOther
            }
          />
        )}
      </div>
    </div>
  );
}

export const screen: Screen = { id: "unlock", Component: UnlockScreen };
