import { useState, type ReactNode } from "react";
import { custodyKinds, type CustodyItem, type Submission } from "../../../electron/contract/submissions.ts";
import { ActDialog, Button, Panel, RadioGroup, Select, Tag, TextField } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { dayWords, minuteAt, minuteWords } from "../../state/time-words.ts";
import type { SubmissionDialogProps } from "./act-dialogs.tsx";

const momentFault = "Write a moment as 2026-06-02 14:05.";

function TakeDialog({ submission, onClose }: SubmissionDialogProps): ReactNode {
  const [kind, setKind] = useState<CustodyItem["kind"]>("weights");
  const [draft, setDraft] = useState({ what: "", holder: "", place: "", digest: "" });
  const [when, setWhen] = useState(() => minuteWords(Date.now()));
  const [isLate, setIsLate] = useState(false);
  const take = useCommand("submissions.takeCustody");
  const receivedAt = minuteAt(when);
  const put = (to: Partial<typeof draft>) => {
    setDraft({ ...draft, ...to });
  };
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (receivedAt === null || draft.what.trim() === "" || draft.holder.trim() === "") return;
    const result = await take.run({ submissionId: submission.id, kind, ...draft, receivedAt });
    if (result.ok) onClose();
  };
  return (
    <ActDialog title="Taken into custody" act="Record it" command={take} onAct={() => void submit()} onClose={onClose}>
      <Select label="Kind" options={custodyKinds.map((id) => ({ id, label: id }))} value={kind} onChange={setKind} />
      <TextField
        label="What"
        value={draft.what}
        onChange={(what) => {
          put({ what });
        }}
        maxLength={200}
        error={isLate && draft.what.trim() === "" ? "Say what it is." : null}
      />
      <div className="submission-pair">
        <TextField
          label="Held by"
          value={draft.holder}
          onChange={(holder) => {
            put({ holder });
          }}
          maxLength={200}
          error={isLate && draft.holder.trim() === "" ? "Say who holds it." : null}
        />
        <TextField
          label="Where"
          optional
          value={draft.place}
          onChange={(place) => {
            put({ place });
          }}
          maxLength={1_000}
        />
      </div>
      <TextField
        label="Digest"
        optional
        mono
        value={draft.digest}
        onChange={(digest) => {
          put({ digest });
        }}
        maxLength={1_000}
      />
      <TextField label="Received" value={when} onChange={setWhen} error={receivedAt === null ? momentFault : null} />
    </ActDialog>
  );
}

const ways = [
  { id: "destroyed", label: "Destroyed" },
  { id: "returned", label: "Returned" },
] as const;

interface EndDialogProps extends SubmissionDialogProps {
  readonly item: CustodyItem;
}

function EndCustodyDialog({ submission, item, onClose }: EndDialogProps): ReactNode {
  const [how, setHow] = useState<(typeof ways)[number]["id"]>("destroyed");
  const [method, setMethod] = useState("");
  const [witness, setWitness] = useState("");
  const [when, setWhen] = useState(() => minuteWords(Date.now()));
  const [isLate, setIsLate] = useState(false);
  const end = useCommand("submissions.endCustody");
  const at = minuteAt(when);
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (at === null || method.trim() === "") return;
    const result = await end.run({ submissionId: submission.id, itemId: item.id, how, at, method, witness });
    if (result.ok) onClose();
  };
  return (
    <ActDialog title={item.what} act="Record it" command={end} onAct={() => void submit()} onClose={onClose}>
      <RadioGroup label="What became of it" options={ways} value={how} onChange={setHow} />
      <TextField
        label="How"
        autoFocus
        value={method}
        onChange={setMethod}
        maxLength={200}
        error={isLate && method.trim() === "" ? "Say how, so that it can be checked." : null}
      />
      <TextField label="Witness" optional value={witness} onChange={setWitness} maxLength={1_000} />
      <TextField label="When" value={when} onChange={setWhen} error={at === null ? momentFault : null} />
    </ActDialog>
  );
}

function itemWords({ kind, holder, place, receivedAt, digest }: CustodyItem): string {
  return [kind, holder, place, `since ${dayWords(receivedAt)}`, digest].filter((part) => part !== "").join(" · ");
}

function endWords({ ended }: CustodyItem): string {
  if (ended === null) return "";
  const witness = ended.witness === "" ? "" : `, witnessed by ${ended.witness}`;
  return `${ended.how} ${dayWords(ended.at)}: ${ended.method}${witness}`;
}

/** What was received and is held: until it is destroyed or returned, with how and before whom. */
export function CustodyPanel({ submission, mayLog }: { readonly submission: Submission; readonly mayLog: boolean }) {
  const [takes, setTakes] = useState(false);
  const [ending, setEnding] = useState<CustodyItem | null>(null);
  return (
    <Panel
      title="Custody"
      hint={String(submission.custody.length)}
      flush
      actions={
        <Button
          size="small"
          isDisabled={!mayLog}
          onPress={() => {
            setTakes(true);
          }}
        >
          Take into custody…
        </Button>
      }
    >
      {submission.custody.length === 0 ? (
        <p className="submission-none ink3">Nothing is held. Weights, credentials and copies belong here.</p>
      ) : (
        <ul className="submission-list">
          {submission.custody.map((item) => (
            <li key={item.id}>
              <span className="submissions-title">
                <span>{item.what}</span>
                <span className="small ink3">{itemWords(item)}</span>
                {item.ended === null ? null : <span className="small ink2">{endWords(item)}</span>}
              </span>
              <Tag
                tone={item.state === "overdue" ? "bad" : item.state === "ended" ? "ok" : "plain"}
                sign={item.state === "overdue" ? "warn" : undefined}
              >
                {item.ended?.how ?? item.state}
              </Tag>
              {item.ended === null ? (
                <Button
                  size="small"
                  isDisabled={!mayLog}
                  label={`End custody of ${item.what}`}
                  onPress={() => {
                    setEnding(item);
                  }}
                >
                  End custody…
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {takes ? (
        <TakeDialog
          submission={submission}
          onClose={() => {
            setTakes(false);
          }}
        />
      ) : null}
      {ending === null ? null : (
        <EndCustodyDialog
          submission={submission}
          item={ending}
          onClose={() => {
            setEnding(null);
          }}
        />
      )}
    </Panel>
  );
}
