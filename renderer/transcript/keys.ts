import type { FindInTranscript } from "./find-in-transcript.ts";
import type { TranscriptReader } from "./reader.ts";
import { transcriptModes } from "./shown-rows.ts";

/** What the keys of a transcript act on. */
export interface KeyTarget {
  readonly reader: TranscriptReader;
  readonly find: FindInTranscript;
  readonly openFind: () => void;
  readonly openGoTo: () => void;
  readonly showJson: (index: number) => void;
  readonly copy: (index: number) => void;
}

export interface TranscriptKey {
  /** As KeyboardEvent says it, letters small. */
  readonly key: string;
  readonly shift: boolean;
  readonly words: string;
  readonly run: (target: KeyTarget) => void;
}

function on(key: string, words: string, run: (target: KeyTarget) => void): TranscriptKey {
  return { key, shift: false, words, run };
}

function withShift(key: string, words: string, run: (target: KeyTarget) => void): TranscriptKey {
  return { key, shift: true, words, run };
}

/** Folds or unfolds the innermost span around the current item. */
function toggleHere({ reader }: KeyTarget): void {
  const here = reader.here();
  const span = reader.heads.get(here) ?? reader.outline.spanOf[here] ?? -1;
  if (span >= 0) reader.toggleFold(span);
  else reader.say("There is no span around this item.");
}

function nextMode({ reader }: KeyTarget): void {
  const place = transcriptModes.indexOf(reader.read().mode);
  reader.setMode(transcriptModes[(place + 1) % transcriptModes.length] ?? "all");
}

/** Every key of a transcript, in the order in which people are told. */
export const transcriptKeys: readonly TranscriptKey[] = [
  on("j", "Next message", ({ reader }) => void reader.jump("message", 1)),
  on("k", "Previous message", ({ reader }) => void reader.jump("message", -1)),
  on("t", "Next tool call", ({ reader }) => void reader.jump("tool", 1)),
  withShift("t", "Previous tool call", ({ reader }) => void reader.jump("tool", -1)),
  on("e", "Next error", ({ reader }) => void reader.jump("error", 1)),
  withShift("e", "Previous error", ({ reader }) => void reader.jump("error", -1)),
  on("s", "Next score", ({ reader }) => void reader.jump("score", 1)),
  withShift("s", "Previous score", ({ reader }) => void reader.jump("score", -1)),
  on("l", "Next limit, interrupt or compaction", ({ reader }) => void reader.jump("limit", 1)),
  withShift("l", "Previous limit, interrupt or compaction", ({ reader }) => void reader.jump("limit", -1)),
  on("/", "Find in this transcript", ({ openFind }) => openFind()),
  on("n", "Next hit", ({ find }) => find.go(1)),
  withShift("n", "Previous hit", ({ find }) => find.go(-1)),
  on("g", "Go to an item by its number", ({ openGoTo }) => openGoTo()),
  on("o", "Fold or unfold the span around the item", toggleHere),
  withShift("o", "Fold all spans, or unfold all", ({ reader }) => reader.foldAll(reader.read().folded.size === 0)),
  on("m", "Everything, events, or text only", nextMode),
  on("v", "JSON of the item", ({ reader, showJson }) => showJson(reader.here())),
  on("y", "Copy the item's text", ({ reader, copy }) => copy(reader.here())),
];

/** Keys that move the sight itself. They are the list's own; here for when the focus is elsewhere on the page. */
const moves: Readonly<Record<string, (reader: TranscriptReader) => void>> = {
  Home: (reader) => reader.goToEnd("first"),
  End: (reader) => reader.goToEnd("last"),
  PageDown: (reader) => reader.frame.page(1),
  PageUp: (reader) => reader.frame.page(-1),
  ArrowDown: (reader) => reader.frame.moveBy(40),
  ArrowUp: (reader) => reader.frame.moveBy(-40),
};

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What a key press asks of a transcript; null where it asks nothing of it. Keyboards that need Shift for "/" have it, too. */
export function transcriptKeyOf(press: KeyPress): ((target: KeyTarget) => void) | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const move = moveOf(press);
  if (move !== undefined) return ({ reader }) => move(reader);
  const small = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const isShifted = press.shiftKey && small !== "/";
  return transcriptKeys.find(({ key, shift }) => key === small && shift === isShifted)?.run ?? null;
}

function moveOf({ key, shiftKey }: KeyPress): ((reader: TranscriptReader) => void) | undefined {
  return shiftKey || !Object.hasOwn(moves, key) ? undefined : moves[key];
}

/** True where keys are typed into, or belong to, something else: a field, a list of choices, a dialog. */
export function isTypedInto(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.closest(
      "input, textarea, select, [contenteditable], [role=listbox], [role=menu], [role=radiogroup], [role=dialog]",
    ) !== null
  );
}

/** For the status bar. */
export const transcriptHint =
  "J K message · T tool · E error · S score · / find · N hit · G go to · O fold · M text only · V JSON";
