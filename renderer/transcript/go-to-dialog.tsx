import { useState, type ReactNode } from "react";
import { formatCount } from "../../electron/contract/number-text.ts";
import { Button, Dialog, TextField } from "../parts/index.ts";
import type { TranscriptReader } from "./reader.ts";

interface GoToDialogProps {
  readonly reader: TranscriptReader;
  readonly onClose: () => void;
}

/** The item that a number stands for, from 1, with or without thousands separated; null where it stands for none. */
export function itemNumber(text: string, total: number): number | null {
  const digits = text.replaceAll(/[\s,.']/g, "");
  if (!/^\d{1,9}$/.test(digits)) return null;
  const number = Number(digits);
  return number >= 1 && number <= total ? number : null;
}

/** Go to item N. */
export function GoToDialog({ reader, onClose }: GoToDialogProps): ReactNode {
  const { total } = reader.outline;
  const [text, setText] = useState("");
  const number = itemNumber(text, total);
  const go = (): void => {
    if (number === null) return;
    onClose();
    reader.goTo(number - 1);
  };
  return (
    <Dialog
      title="Go to an item"
      isOpen
      onClose={onClose}
      size="small"
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" isDisabled={number === null} onPress={go}>
            Go
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <TextField
          label={`Its number, 1 to ${formatCount(total)}`}
          value={text}
          onChange={setText}
          error={text === "" || number !== null ? null : "There is no item of that number."}
          maxLength={12}
          autoFocus
        />
      </form>
    </Dialog>
  );
}
