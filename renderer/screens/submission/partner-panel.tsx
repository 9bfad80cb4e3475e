import { useState, type ReactNode } from "react";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import type { Partner, Submission } from "../../../electron/contract/submissions.ts";
import {
  ActDialog,
  Button,
  ErrorNote,
  MenuButton,
  Panel,
  RadioGroup,
  Tag,
  TextField,
  type Tone,
} from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { dayFault } from "../../state/time-words.ts";
import type { SubmissionDialogProps } from "./act-dialogs.tsx";

const sides = [
  { id: "developer", label: "The developer" },
  { id: "government", label: "The government" },
] as const;
type Side = (typeof sides)[number]["id"];

function AddPartnerDialog({ submission, onClose }: SubmissionDialogProps): ReactNode {
  const [name, setName] = useState("");
  const [tier, setTier] = useState("");
  const [proposedBy, setProposedBy] = useState<Side>("developer");
  const [isLate, setIsLate] = useState(false);
  const add = useCommand("submissions.addPartner");
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (name.trim() === "") return;
    const result = await add.run({ submissionId: submission.id, name, tier, proposedBy });
    if (result.ok) onClose();
  };
  return (
    <ActDialog
      title="Propose a partner"
      act="Record the proposal"
      command={add}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <TextField
        label="Name"
        autoFocus
        value={name}
        onChange={setName}
        maxLength={200}
        error={isLate && name.trim() === "" ? "Say who it is." : null}
      />
      <TextField label="Tier of access" optional value={tier} onChange={setTier} maxLength={1_000} />
      <RadioGroup label="Proposed by" options={sides} value={proposedBy} onChange={setProposedBy} />
    </ActDialog>
  );
}

interface PartnerDialogProps extends SubmissionDialogProps {
  readonly partner: Partner;
}

function PartnerAccessDialog({ submission, partner, onClose }: PartnerDialogProps): ReactNode {
  const [day, setDay] = useState("");
  const [isLate, setIsLate] = useState(false);
  const give = useCommand("submissions.givePartnerAccess");
  const fault = day.trim() === "" ? "Write a day as 2026-12-04." : dayFault(day);
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (fault !== undefined) return;
    const result = await give.run({ submissionId: submission.id, partnerId: partner.id, on: day.trim() });
    if (result.ok) onClose();
  };
  return (
    <ActDialog
      title={`${partner.name} has access`}
      act="Record it"
      command={give}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <TextField
        label="From"
        autoFocus
        value={day}
        onChange={setDay}
        placeholder="2026-12-04"
        error={isLate ? fault : undefined}
      />
    </ActDialog>
  );
}

const stateLooks: Readonly<Record<Partner["state"], { words: string; tone: Tone }>> = {
  proposed: { words: "proposed", tone: "plain" },
  agreed: { words: "agreed by both", tone: "ok" },
  declined: { words: "declined", tone: "warn" },
  "given-access": { words: "has access", tone: "accent" },
};

function partnerWords({ tier, proposedBy, developer, government, accessOn }: Partner): string {
  const said = (answer: boolean | null): string =>
    answer === null ? "has not answered" : answer ? "agrees" : "declines";
  return [
    ...(tier === "" ? [] : [tier]),
    `proposed by the ${proposedBy}`,
    `developer ${said(developer)}`,
    `government ${said(government)}`,
    ...(accessOn === null ? [] : [`from ${accessOn}`]),
  ].join(" · ");
}

interface PartnerPanelProps {
  readonly submission: Submission;
  readonly mayDecide: boolean;
}

/** Partners that get access before the release: proposed by one side, agreed by both. */
export function PartnerPanel({ submission, mayDecide }: PartnerPanelProps): ReactNode {
  const [adds, setAdds] = useState(false);
  const [giving, setGiving] = useState<Partner | null>(null);
  const answer = useCommand("submissions.answerPartner");
  const { id: submissionId, partners, partnersHidden } = submission;
  const isOver = submission.state === "withdrawn";
  const reply = (partner: Partner, side: Side, agrees: boolean) => ({
    id: `${side}-${String(agrees)}`,
    words: `The ${side} ${agrees ? "agrees" : "declines"}`,
    run: () => void answer.run({ submissionId, partnerId: partner.id, side, agrees }),
  });
  return (
    <Panel
      title="Partners"
      hint={String(partners.length)}
      flush
      actions={
        <Button
          size="small"
          isDisabled={!mayDecide || isOver}
          onPress={() => {
            setAdds(true);
          }}
        >
          Propose a partner…
        </Button>
      }
    >
      {answer.failure === null ? null : <ErrorNote failure={answer.failure} />}
      {partnersHidden > 0 ? (
        <p className="submission-none ink3">
          {formatCounted(partnersHidden, "partner")} not shown since the withdrawal.
        </p>
      ) : partners.length === 0 ? (
        <p className="submission-none ink3">Nobody was proposed.</p>
      ) : (
        <ul className="submission-list">
          {partners.map((partner) => (
            <li key={partner.id}>
              <span className="submissions-title">
                <span>{partner.name}</span>
                <span className="small ink3">{partnerWords(partner)}</span>
              </span>
              <Tag tone={stateLooks[partner.state].tone}>{stateLooks[partner.state].words}</Tag>
              {mayDecide ? (
                <MenuButton
                  label={`More of ${partner.name}`}
                  entries={[
                    reply(partner, "developer", true),
                    reply(partner, "developer", false),
                    reply(partner, "government", true),
                    reply(partner, "government", false),
                    {
                      id: "access",
                      words: "Has access…",
                      isDisabled: partner.state !== "agreed" && partner.state !== "given-access",
                      run: () => {
                        setGiving(partner);
                      },
                    },
                  ]}
                >
                  More
                </MenuButton>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {adds ? (
        <AddPartnerDialog
          submission={submission}
          onClose={() => {
            setAdds(false);
          }}
        />
      ) : null}
      {giving === null ? null : (
        <PartnerAccessDialog
          submission={submission}
          partner={giving}
          onClose={() => {
            setGiving(null);
          }}
        />
      )}
    </Panel>
  );
}
