import { useState, type ReactNode } from "react";
import { Form } from "react-aria-components";
import type { VaultOutline } from "../../../electron/contract/vault.ts";
import {
  Button,
  ErrorNote,
  pageTitleId,
  Panel,
  passphraseStrength,
  requiredScore,
  TextField,
} from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { emptyMember, memberErrors, toNewMember, type MemberErrors } from "../members/member-draft.ts";
import { MemberFields } from "../members/member-fields.tsx";
import { ShareList } from "./share-list.tsx";
import { sharesMissing, useShares } from "./shares.ts";

interface RecoverFormProps {
  readonly outline: VaultOutline;
  readonly onBack: () => void;
  readonly onDone: (memberId: string, label: string) => void;
}

type Errors = MemberErrors & { readonly reason?: string; readonly shares?: string };

/** What was filled in, what is wrong with it, and the request that it makes. */
function useRecovery({ outline, onDone }: RecoverFormProps) {
  const shares = useShares();
  const [draft, setDraft] = useState(() => emptyMember("lead"));
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const use = useCommand("recovery.use");
  const find = async (): Promise<Errors> => {
    const { score } = await passphraseStrength(draft.passphrase, [outline.label, draft.name, draft.label]);
    const missing = sharesMissing(shares.checked);
    return {
      ...memberErrors(draft, score >= requiredScore),
      ...(missing === null ? {} : { shares: missing }),
      ...(reason.trim() === "" ? { reason: "Say why: everybody in the vault will ask." } : {}),
    };
  };
  const submit = async (): Promise<void> => {
    if (use.isRunning) return;
    const found = await find();
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const lead = toNewMember(draft, outline.slots.length);
    const brought = shares.request();
    const result = await use.run({ file: outline.file, ...brought, lead, reason: reason.trim() });
    for (const bytes of [lead.passphrase, ...brought.typed]) bytes.fill(0);
    if (result.ok) onDone(result.value.memberId, lead.label);
  };
  return { shares, draft, setDraft, reason, setReason, errors, use, submit };
}

/** Recovery: enough shares together let in a new lead. Nobody else's way in changes. */
export function RecoverForm(props: RecoverFormProps): ReactNode {
  const { outline, onBack } = props;
  const form = useRecovery(props);
  const { errors, use } = form;
  return (
    <Form
      className="stack unlock-recover"
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit();
      }}
    >
      <div>
        <h1 id={pageTitleId} tabIndex={-1} className="door-title">
          Recover access
        </h1>
        <p className="ink2">
          {outline.label} · {outline.fileName}. Enough recovery shares let in a new lead with a passphrase of their own.
          Nobody else’s changes, and it stands in the journal.
        </p>
      </div>
      <Panel title="Shares" hint="from the people who keep them">
        <div className="stack">
          <ShareList shares={form.shares} />
        </div>
      </Panel>
      <Panel title="The new lead">
        <div className="stack">
          <MemberFields
            value={form.draft}
            onChange={form.setDraft}
            errors={errors}
            position={outline.slots.length}
            related={[outline.label]}
          />
          <TextField
            label="Reason"
            value={form.reason}
            onChange={form.setReason}
            error={errors.reason}
            placeholder="The only lead forgot her passphrase"
            maxLength={1_000}
          />
        </div>
      </Panel>
      {errors.shares === undefined ? null : (
        <p className="field-error" role="alert">
          {errors.shares}
        </p>
      )}
      {use.failure === null ? null : <ErrorNote failure={use.failure} />}
      <div className="row">
        <span className="push" />
        <Button onPress={onBack}>Back to the passphrase</Button>
        <Button type="submit" variant="primary" isPending={use.isRunning}>
          {use.isRunning ? "Deriving the keys" : "Let in the new lead"}
        </Button>
      </div>
    </Form>
  );
}
