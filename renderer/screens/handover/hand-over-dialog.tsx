import { useState, type ReactNode } from "react";
import type { Run } from "../../../electron/contract/evaluation.ts";
import type { HandoverCard } from "../../../electron/contract/handover.ts";
import type { RequestInput, RequestOutput } from "../../../electron/contract/index.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import type { ChosenFile } from "../../../electron/contract/shell.ts";
import {
  ActDialog,
  Button,
  DescriptionList,
  Dialog,
  ErrorNote,
  FileDrop,
  Note,
  RadioGroup,
} from "../../parts/index.ts";
import { useFileChoice, type FileChoice } from "../../state/file-choice.ts";
import { byteWords } from "../../state/progress-words.ts";
import { useCommand, useQuery, type Query } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import { RunChoice } from "./run-choice.tsx";
import { fileNamePart, Fingerprint } from "./words.tsx";
import { Working } from "./working.tsx";

type Contents = RequestInput<"handover.pack">["contents"];
type What = Contents["kind"];

const whats = [
  {
    id: "assignment",
    label: "The plan, as an assignment",
    detail: "They measure what it plans and hand their runs back.",
  },
  { id: "runs", label: "Its runs", detail: "With every attempt, log and piece of evidence." },
] as const;

interface Packed {
  readonly result: RequestOutput<"handover.pack">;
  readonly file: ChosenFile;
}

interface HandOverDialogProps {
  /** The campaign that is handed over, or whose runs are; absent: any runs. */
  readonly campaign?: { readonly id: string; readonly name: string } | undefined;
  /** Runs that are chosen at first. */
  readonly chosen?: readonly string[];
  readonly onClose: () => void;
}

/** Whose card was chosen, with the fingerprint to compare before anything is sealed to it. */
function Receiver({ card }: { readonly card: Query<HandoverCard> }): ReactNode {
  if (card.status === "failed") return <ErrorNote failure={card.failure} />;
  if (card.status === "loading") return null;
  const { name, role, vaultLabel, fingerprint } = card.data;
  return (
    <div className="stack tight">
      <p>
        <strong>{name}</strong> <span className="ink2">{`· ${role} of the vault “${vaultLabel}”`}</span>
      </p>
      <Fingerprint fingerprint={fingerprint} />
      <p className="small ink2">
        Compare it with them by another way than the card came. Only they will be able to open the package.
      </p>
    </div>
  );
}

function CardField({ cards, error }: { readonly cards: FileChoice; readonly error: string | null }): ReactNode {
  return (
    <>
      <FileDrop
        look="line"
        label="Card of the receiver"
        hint="The file that they saved as their card"
        files={cards.files}
        onChoose={cards.choose}
        onDrop={cards.drop}
        onRemove={cards.remove}
        error={cards.files.length === 0 ? error : null}
      />
      {cards.failure === null ? null : <ErrorNote failure={cards.failure} />}
    </>
  );
}

function Done({ packed, onClose }: { readonly packed: Packed; readonly onClose: () => void }): ReactNode {
  const { to, fileName, bytes, runs, events, evidence } = packed.result;
  return (
    <Dialog
      title="The package is ready"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={() => void shell().reveal({ handle: packed.file.handle })}>Show in folder</Button>
          <Button variant="primary" onPress={onClose}>
            Done
          </Button>
        </>
      }
    >
      <Note tone="ok" title={`${fileName} is sealed to ${to.name}`}>
        Nobody else can open it. Bring it to them; it stands in the journal that it was made.
      </Note>
      <DescriptionList
        items={[
          {
            term: "Carries",
            value: `${runs === 0 ? "the plan" : formatCounted(runs, "run")}, in ${formatCounted(events, "event")}`,
          },
          { term: "Evidence", value: `${formatCounted(evidence.files, "file")}, ${byteWords(evidence.bytes)}` },
          { term: "Size", value: byteWords(bytes) },
          { term: "Fingerprint", value: to.fingerprint.hex, mono: true },
        ]}
      />
    </Dialog>
  );
}

function usePacking({ campaign, chosen }: HandOverDialogProps) {
  const [what, setWhat] = useState<What>(campaign === undefined ? "runs" : "assignment");
  const runs = useQuery("runs.list", campaign === undefined ? {} : { campaignId: campaign.id });
  const [runIds, setRunIds] = useState<readonly string[]>(chosen ?? []);
  const cards = useFileChoice({ title: "Choose the receiver’s card" });
  const handle = cards.files[0]?.handle;
  const card = useQuery("handover.readCard", handle === undefined ? null : { card: handle });
  const [isLate, setIsLate] = useState(false);
  const [packed, setPacked] = useState<Packed | null>(null);
  const pack = useCommand("handover.pack", { job: "Packing a hand-over" });
  const contents = (): Contents | null => {
    if (what === "runs") return runIds.length === 0 ? null : { kind: "runs", runIds: [...runIds] };
    return campaign === undefined ? null : { kind: "assignment", campaignId: campaign.id };
  };
  const submit = async (): Promise<void> => {
    setIsLate(true);
    const asked = contents();
    if (asked === null || handle === undefined || card.status !== "ready" || pack.isRunning) return;
    const place = await shell().chooseSaveLocation({
      title: "Save the package",
      suggestedName: `for-${fileNamePart(card.data.name)}.handover.age`,
      filters: [{ name: "Hand-over packages", extensions: ["age"] }],
    });
    if (!place.ok || place.value.file === null) return;
    const file = place.value.file;
    const result = await pack.run({ card: handle, contents: asked, destination: file.handle });
    if (result.ok) setPacked({ result: result.value, file });
  };
  const all: readonly Run[] = runs.status === "ready" ? runs.data : [];
  const runsError = isLate && what === "runs" && runIds.length === 0 ? "Choose at least one run." : null;
  const cardError = isLate && handle === undefined ? "Choose their card." : null;
  return {
    what,
    setWhat,
    all,
    runIds,
    setRunIds,
    cards,
    card,
    hasCard: handle !== undefined,
    packed,
    pack,
    submit,
    runsError,
    cardError,
  };
}

/** Packs runs with their evidence, or a plan as an assignment, for one person who is named by their card. */
export function HandOverDialog(props: HandOverDialogProps): ReactNode {
  const { campaign, onClose } = props;
  const form = usePacking(props);
  const { pack } = form;
  if (form.packed !== null) return <Done packed={form.packed} onClose={onClose} />;
  return (
    <ActDialog
      title={campaign === undefined ? "Hand over runs" : `Hand over ${campaign.name}`}
      size="large"
      act="Choose a place and pack"
      command={pack}
      onAct={() => void form.submit()}
      onClose={onClose}
    >
      {campaign === undefined ? null : (
        <RadioGroup label="What" options={whats} value={form.what} onChange={form.setWhat} />
      )}
      {form.what === "runs" ? (
        <RunChoice runs={form.all} chosen={form.runIds} onChange={form.setRunIds} error={form.runsError} />
      ) : null}
      <CardField cards={form.cards} error={form.cardError} />
      {form.hasCard ? <Receiver card={form.card} /> : null}
      <Working command={pack} words="Packing" />
    </ActDialog>
  );
}
