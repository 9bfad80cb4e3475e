import type { ByteSource } from "./byte-source.ts";
import type { LoggedRun, ReadOptions, RefusalCode } from "./logged-run.ts";

/**
 * What every reader of harness files offers: one folder, one `LogReader`, one line in `readers.ts`.
 * How to write another: docs/readers.md.
 */

/** Files that came in together with this one and lie beside it, for harnesses that write several files a run. */
export interface Neighbours {
  /** Their names, without folders. */
  readonly names: readonly string[];
  /** Opens one of them by its name; the reader closes it. */
  open(name: string): Promise<ByteSource & { close(): Promise<void> }>;
}

export interface LogSource {
  /** The file's name, without its folder: a hint, never a fact. */
  readonly name: string;
  readonly bytes: ByteSource;
  readonly neighbours?: Neighbours | undefined;
}

/** One run of a file: a file may hold several (models, task sets). */
export interface ReadRun {
  /** Tells the runs of one file apart, the same whenever it is read: a task's or a provider's name, "" for the only one. */
  readonly part: string;
  /** Names of the files that it was read from. The first holds its attempts, so it is the one to keep as the original. */
  readonly files: readonly string[];
  readonly run: LoggedRun;
  /** True where damage cost something that the file should hold. */
  readonly salvaged: boolean;
}

export type ReadFileResult =
  | { readonly kind: "runs"; readonly runs: readonly ReadRun[] }
  /** The file is read together with another one of the same import, and holds nothing of its own. */
  | { readonly kind: "part-of"; readonly file: string; readonly reason: string }
  /** A table of attempts: somebody has to say what its columns are (`table/`). */
  | { readonly kind: "table"; readonly format: "csv" | "jsonl"; readonly reason: string }
  | { readonly kind: "not-a-log"; readonly reason: string }
  | { readonly kind: "refused"; readonly code: RefusalCode; readonly reason: string };

/** 0: not mine. 1: mine for certain. The reader with the highest confidence reads; of equals the first in the list. */
export type Confidence = number;

export interface LogReader {
  /** Stands in `LoggedRun.format`: short, lower case, never changed once runs were imported under it. */
  readonly id: string;
  /** As people call it: "Inspect AI log". */
  readonly title: string;
  /** From the first bytes (at most `headBytes`) and the name. Never throws, whatever the bytes are. */
  recognise(head: Uint8Array, fileName: string): Confidence;
  /**
   * Which evaluation a file is a log of, by little more than its head: files that answer alike (a log and those of its
   * retries) become one run. Null where it does not say. Harnesses that do not write several logs leave it out.
   * @throws the signal's reason where it is aborted; whatever the source throws
   */
  evaluation?(source: ByteSource, signal?: AbortSignal): Promise<string | null>;
  /**
   * Reads a file in memory that does not grow with the size of its prompts and answers. What is in the file never makes
   * it throw: that is `not-a-log`, `refused`, or a run with its `lost` filled in.
   * @throws the signal's reason where it is aborted; whatever the source throws
   */
  read(source: LogSource, options: ReadOptions): Promise<ReadFileResult>;
}

/** How much of a file `recognise` gets to see. */
export const headBytes = 64 * 1024;
