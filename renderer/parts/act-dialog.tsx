import type { ReactNode } from "react";
import type { Failure } from "../../electron/contract/result.ts";
import { Button } from "./button.tsx";
import { Dialog, type DialogProps } from "./dialog.tsx";
import { ErrorNote } from "./error-note.tsx";

export interface ActDialogProps extends Pick<DialogProps, "title" | "onClose" | "children" | "size" | "role"> {
  /** What the button that does it says: a verb and what it is done to. */
  readonly act: string;
  readonly variant?: "primary" | "danger";
  /** The request that it makes: while it runs the button waits, and its failure stands at the end of the form. */
  readonly command: { readonly isRunning: boolean; readonly failure: Failure | null };
  readonly onAct: () => void;
}

/** A dialog that asks one thing of the service: cancel, or do it. */
export function ActDialog(props: ActDialogProps): ReactNode {
  const { act, variant = "primary", command, onAct, onClose, children, ...dialog } = props;
  const actions = (
    <>
      <Button onPress={onClose}>Cancel</Button>
      <Button variant={variant} isPending={command.isRunning} onPress={onAct}>
        {act}
      </Button>
    </>
  );
  return (
    <Dialog {...dialog} isOpen onClose={onClose} actions={actions}>
      {children}
      {command.failure === null ? null : <ErrorNote failure={command.failure} />}
    </Dialog>
  );
}
