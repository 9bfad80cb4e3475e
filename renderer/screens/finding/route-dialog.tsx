import { useState, type ReactNode } from "react";
import {
  channelsOfKind,
  findingChannelWords,
  findingKindWords,
  type FindingChannel,
} from "../../../electron/contract/finding-states.ts";
import type { Finding, FindingParty } from "../../../electron/contract/findings.ts";
import { ActDialog, Button, IconButton, Note, Select, TextField, showToast, type Option } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { channelWords } from "../findings/finding-words.tsx";
import type { StepDialogProps } from "./step-dialogs.tsx";

const nobody = "none";

/** Recipients of sealed reports whose keys the vault holds, and nobody. */
function useRecipientOptions(): readonly Option[] {
  const recipients = useQuery("recipients.list", {});
  const known = recipients.status === "ready" ? recipients.data.filter(({ retiredAt }) => retiredAt === null) : [];
  return [
    { id: nobody, label: "No key is held" },
    ...known.map(({ id, name, organisation }) => ({ id, label: name, detail: organisation })),
  ];
}

function firstName({ source, fields }: Finding, channel: FindingChannel): string {
  if (channel === "developer") return source.modelVersion?.developer ?? "";
  return channel === "vendor" ? (fields.affected[0]?.vendor ?? "") : "";
}

interface PartyFieldsProps {
  readonly party: FindingParty;
  readonly recipients: readonly Option[];
  readonly isLate: boolean;
  readonly onChange: (party: FindingParty) => void;
  readonly onRemove: (() => void) | null;
}

function PartyFields({ party, recipients, isLate, onChange, onRemove }: PartyFieldsProps): ReactNode {
  const channel = findingChannelWords[party.channel];
  return (
    <fieldset className="finding-party">
      <legend>{channel}</legend>
      <div className="row even finding-top">
        <TextField
          label="Name"
          value={party.name}
          onChange={(name) => {
            onChange({ ...party, name });
          }}
          maxLength={200}
          error={isLate && party.name.trim() === "" ? "Who is it?" : null}
        />
        <Select
          label="Recipient of sealed reports"
          options={recipients}
          value={party.recipientId ?? nobody}
          onChange={(id) => {
            onChange({ ...party, recipientId: id === nobody ? null : id });
          }}
        />
      </div>
      {onRemove === null ? null : <IconButton sign="close" label={`Leave out this ${channel}`} onPress={onRemove} />}
    </fieldset>
  );
}

/** Out to the channel of its kind, and to no other: the form has no field for the others. */
export function RouteDialog({ finding, onClose }: StepDialogProps): ReactNode {
  const channels = channelsOfKind[finding.kind];
  const [parties, setParties] = useState<readonly FindingParty[]>(() =>
    channels.map((channel) => ({ channel, name: firstName(finding, channel), recipientId: null })),
  );
  const [reason, setReason] = useState("");
  const [isLate, setIsLate] = useState(false);
  const recipients = useRecipientOptions();
  const route = useCommand("findings.route");
  const needsReason = finding.next.some(({ by, needsReason: needs }) => by === "route" && needs);
  const isMissing = parties.some(({ name }) => name.trim() === "") || (needsReason && reason.trim() === "");
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (isMissing || parties.length === 0 || route.isRunning) return;
    const named = parties.map((party) => ({ ...party, name: party.name.trim() }));
    const result = await route.run({ findingId: finding.id, parties: named, reason: reason.trim() });
    if (!result.ok) return;
    showToast({ words: `${finding.code} is routed. Say when each was told under Who was told.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Route ${finding.code}`}
      act="Route the finding"
      command={route}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p className="ink2">
        A {findingKindWords[finding.kind].toLowerCase()} goes to {channelWords(finding.kind).toLowerCase()}, and to
        nobody else. Nothing is sent from here: hand over an export or a sealed report. From then on its moves cannot be
        taken back.
      </p>
      {needsReason ? (
        <Note tone="warn" title="It has no second look">
          Nobody but who recorded it has reproduced it. Routed all the same, it takes a written reason.
        </Note>
      ) : null}
      {parties.map((party, place) => (
        <PartyFields
          key={`${party.channel} ${String(place)}`}
          party={party}
          recipients={recipients}
          isLate={isLate}
          onChange={(next) => {
            setParties(parties.map((one, at) => (at === place ? next : one)));
          }}
          onRemove={
            parties.length === 1
              ? null
              : () => {
                  setParties(parties.filter((_, at) => at !== place));
                }
          }
        />
      ))}
      <div className="row">
        {channels.map((channel) => (
          <Button
            key={channel}
            size="small"
            sign="plus"
            isDisabled={parties.length >= 20}
            onPress={() => {
              setParties([...parties, { channel, name: "", recipientId: null }]);
            }}
          >
            Another {findingChannelWords[channel].toLowerCase()}
          </Button>
        ))}
      </div>
      <TextField
        label="Reason"
        optional={!needsReason}
        value={reason}
        onChange={setReason}
        maxLength={1_000}
        error={isLate && needsReason && reason.trim() === "" ? "Say why it is routed without a second look." : null}
      />
    </ActDialog>
  );
}
