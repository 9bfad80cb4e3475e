import { useState, type ReactNode } from "react";
import type { Failure } from "../../../electron/contract/result.ts";
import { Button, Dialog, ErrorNote, TextField } from "../../parts/index.ts";

export interface ReasonDialogProps {
  readonly title: string;
  /** What will happen, in a sentence. */
  readonly children: ReactNode;
  /** What is asked before the reason. */
  readonly fields?: ReactNode;
  /** The verb on the button: "Withdraw the run". */
  readonly action: string;
  readonly isRequired: boolean;
  readonly variant?: "primary" | "danger";
  /** @returns why it failed, null when it was done, "stay" when it was left open on purpose. */
  readonly onGive: (reason: string) => Promise<Failure | "stay" | null>;
  readonly onClose: () => void;
}

/** Asks for the reason of a decision; it is written into the journal with who and when. */
export function ReasonDialog(props: ReasonDialogProps): ReactNode {
  const { title, children, fields, action, isRequired, variant = "primary", onGive, onClose } = props;
  const [reason, setReason] = useState("");
  const [isLate, setIsLate] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isMissing = isRequired && reason.trim() === "";
  const give = async (): Promise<void> => {
    setIsLate(true);
    if (isMissing || isSending) return;
    setIsSending(true);
    const failed = await onGive(reason.trim());
    setIsSending(false);
    setFailure(failed === "stay" ? null : failed);
    if (failed === null) onClose();
  };
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant={variant} isPending={isSending} shortcut="Ctrl+Enter" onPress={() => void give()}>
            {action}
          </Button>
        </>
      }
    >
      <p className="ink2">{children}</p>
      {fields}
      <div
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void give();
        }}
      >
        <TextField
          label="Reason"
          optional={!isRequired}
          lines={3}
          value={reason}
          onChange={setReason}
          autoFocus
          maxLength={200}
          error={isLate && isMissing ? "Say why: it stands in the journal." : null}
        />
      </div>
      {failure === null ? null : <ErrorNote failure={failure} />}
    </Dialog>
  );
}
