import type { ClipboardEvent, DragEvent } from "react";
import type { GridPlace } from "./grid-keys.ts";

/** What comes into the grid from outside: a block from the clipboard at the cursor, files dropped on an attempt. */
export interface GridIntake {
  readonly onPaste: (text: string) => void;
  readonly onFiles: (place: GridPlace, files: readonly File[]) => void;
}

const cellPattern = /^run-cell-(\d+)-(\d+)$/;

/** The attempt that a part of the grid belongs to; null outside of the attempts. */
function cellUnder(target: EventTarget): GridPlace | null {
  const cell = target instanceof Element ? target.closest("[id^=run-cell-]") : null;
  const [, row, epoch] = cellPattern.exec(cell?.id ?? "") ?? [];
  return row === undefined ? null : { row: Number(row), epoch: Number(epoch) };
}

/** Handlers for the grid's frame. Text that is pasted into a field elsewhere is that field's. */
export function intakeHandlers({ onPaste, onFiles }: GridIntake) {
  return {
    onPaste: (event: ClipboardEvent<HTMLElement>): void => {
      if (event.target !== event.currentTarget) return;
      event.preventDefault();
      onPaste(event.clipboardData.getData("text/plain"));
    },
    onDragOver: (event: DragEvent<HTMLElement>): void => {
      if (cellUnder(event.target) === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    },
    onDrop: (event: DragEvent<HTMLElement>): void => {
      const place = cellUnder(event.target);
      if (place === null) return;
      event.preventDefault();
      onFiles(place, [...event.dataTransfer.files]);
    },
  };
}
