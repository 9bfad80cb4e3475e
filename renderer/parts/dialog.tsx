import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { classes } from "./defined.ts";
import { IconButton } from "./button.tsx";
import "./dialog.css";

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons at the foot, the one that does it last. */
  readonly actions?: ReactNode;
  readonly size?: "small" | "regular" | "large";
  /** alertdialog: something cannot be undone, and Escape or a click outside must not decide it. */
  readonly role?: "dialog" | "alertdialog";
  /** Holds words only: its body takes the focus, so that arrow keys scroll it. */
  readonly isReading?: boolean;
}

/** A question or a short form over the page. Focus goes in and comes back to where it was. */
export function Dialog(props: DialogProps): ReactNode {
  const { title, isOpen, onClose, children, actions, size = "regular", role = "dialog" } = props;
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable={role === "dialog"}
    >
      <Modal className={classes("modal", size)}>
        <AriaDialog className="dialog" role={role}>
          <header className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton sign="close" label="Close" onPress={onClose} />
          </header>
          <div className="dialog-body" {...(props.isReading === true ? { tabIndex: 0 } : {})}>
            {children}
          </div>
          {actions === undefined ? null : <footer className="dialog-foot">{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
