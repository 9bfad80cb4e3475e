import { useState, type ReactNode } from "react";
import type { Act } from "../../../electron/contract/two-persons.ts";
import {
  ActDialog,
  Button,
  EmptyState,
  ErrorNote,
  Loading,
  Panel,
  showToast,
  Tag,
  TextField,
} from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { minuteWords } from "../../state/time-words.ts";

const looks = {
  waiting: { words: "waits", tone: "warn", sign: "limit" },
  confirmed: { words: "confirmed", tone: "ok", sign: "ok" },
  declined: { words: "declined", tone: "bad", sign: "refused" },
  withdrawn: { words: "withdrawn", tone: "plain", sign: "invalid" },
} as const;

function DeclineDialog({ act, onClose }: { readonly act: Act; readonly onClose: () => void }): ReactNode {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | null>(null);
  const decline = useCommand("acts.decline");
  const submit = async (): Promise<void> => {
    if (reason.trim() === "") {
      setError("Say why: it stays in the journal.");
      return;
    }
    const result = await decline.run({ actId: act.id, reason: reason.trim() });
    if (result.ok) onClose();
  };
  return (
    <ActDialog
      title="Decline"
      act="Decline it"
      variant="danger"
      command={decline}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p>{act.words}</p>
      <TextField label="Reason" value={reason} onChange={setReason} error={error} autoFocus maxLength={200} />
    </ActDialog>
  );
}

function decided(act: Act): string {
  if (act.decidedBy === null || act.decidedAt === null) return "";
  const reason = act.reason === "" ? "" : `: ${act.reason}`;
  return `, ${looks[act.state].words} by ${act.decidedBy}, ${minuteWords(act.decidedAt)}${reason}`;
}

function ActRow({ act, onDecline }: { readonly act: Act; readonly onDecline: () => void }): ReactNode {
  const confirm = useCommand("acts.confirm");
  const withdraw = useCommand("acts.withdraw");
  const failure = confirm.failure ?? withdraw.failure;
  const look = looks[act.state];
  return (
    <li className="members-act">
      <div className="members-act-words">
        <div className="row">
          <Tag tone={look.tone} sign={look.sign}>
            {look.words}
          </Tag>
          <strong>{act.words}</strong>
        </div>
        <p className="small ink2">{`Proposed by ${act.byName}, ${minuteWords(act.at)}${decided(act)}`}</p>
        {act.state === "waiting" ? (
          <p className="small ink3">{`May be confirmed by another ${act.secondRoles.join(" or ")}.`}</p>
        ) : null}
        {failure === null ? null : <ErrorNote failure={failure} />}
      </div>
      <div className="row">
        {act.mayDecide ? (
          <>
            <Button size="small" onPress={onDecline}>
              Decline
            </Button>
            <Button
              size="small"
              variant="primary"
              isPending={confirm.isRunning}
              onPress={() =>
                void confirm.run({ actId: act.id }).then((result) => {
                  if (result.ok) showToast({ words: `Confirmed: ${act.words}` });
                })
              }
            >
              Confirm
            </Button>
          </>
        ) : null}
        {act.mayWithdraw ? (
          <Button
            size="small"
            isPending={withdraw.isRunning}
            onPress={() => void withdraw.run({ actId: act.id, reason: "" })}
          >
            Withdraw
          </Button>
        ) : null}
      </div>
    </li>
  );
}

/** Acts that take two persons: what waits, and what became of the others. */
export function ActsView(): ReactNode {
  const acts = useQuery("acts.list", {});
  const [declining, setDeclining] = useState<Act | null>(null);
  if (acts.status === "loading") return <Loading />;
  if (acts.status === "failed") return <ErrorNote failure={acts.failure} />;
  if (acts.data.length === 0) {
    return (
      <EmptyState title="Nothing waits for a second person" sign="ok">
        Lowering the marking, invalidating what was accepted and removing a lead can be proposed here by one and
        confirmed by another.
      </EmptyState>
    );
  }
  return (
    <Panel flush label="Acts of two persons">
      <ul className="members-acts">
        {acts.data.map((act) => (
          <ActRow
            key={act.id}
            act={act}
            onDecline={() => {
              setDeclining(act);
            }}
          />
        ))}
      </ul>
      {declining === null ? null : (
        <DeclineDialog
          act={declining}
          onClose={() => {
            setDeclining(null);
          }}
        />
      )}
    </Panel>
  );
}
