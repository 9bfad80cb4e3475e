import type { ItemKind, TranscriptItem, TranscriptOutline } from "../../contract/transcripts.ts";
import type { ItemHit, TextSearch } from "../../interchange/inspect/index.ts";
import type { Transcript } from "../../interchange/logged-run.ts";
import type { BlobOpening, SealedChunks } from "../../vault/index.ts";

/** What passes between the service and a thread that reads transcripts. Threads get ciphertext and keys, and hold no file. */

/** A stored log, by a number that the service gave it. */
export interface LogForThread {
  readonly blob: number;
  readonly opening: BlobOpening;
}

interface OfSample {
  readonly log: LogForThread;
  readonly member: string;
}

/** Work, by its kind: what goes in. */
export interface ThreadWork {
  /** Reads a sample once; its answers come from memory then. */
  readonly open: OfSample;
  readonly outline: OfSample;
  readonly window: OfSample & { readonly offset: number; readonly limit: number };
  readonly item: OfSample & { readonly index: number; readonly textOffset: number; readonly rawOffset: number };
  /** Lets go of a sample. */
  readonly close: OfSample;
  /** Where samples lie in a log, and how large they are there. */
  readonly places: { readonly log: LogForThread; readonly members: readonly string[] };
  readonly search: {
    readonly log: LogForThread;
    readonly members: readonly string[];
    readonly text: TextSearch;
    readonly kinds: readonly ItemKind[] | null;
    readonly keep: number;
    /** Where in the log these samples lie, so that it is asked for at once. */
    readonly range: { readonly start: number; readonly length: number };
  };
}

/** Where a sample begins in its log and how many bytes of it are its own; null where the log holds no such sample. */
export type SamplePlace = { readonly start: number; readonly bytes: number } | null;

/** What looking into one sample came to. */
export interface SampleFinding {
  readonly hits: readonly ItemHit[];
  readonly total: number;
  readonly bytes: number;
  readonly problem: string | null;
}

export interface ItemPages {
  readonly item: TranscriptItem;
  readonly text: { readonly page: string; readonly total: number };
  readonly detail: { readonly page: string; readonly total: number };
  readonly raw: { readonly page: string; readonly total: number };
}

/** Work, by its kind: what comes out. */
export interface ThreadAnswers {
  readonly open: null;
  readonly outline: TranscriptOutline;
  readonly window: Transcript;
  readonly item: ItemPages | null;
  readonly close: null;
  readonly places: readonly SamplePlace[];
  readonly search: readonly SampleFinding[];
}

export type WorkKind = keyof ThreadWork;

export type ToThread =
  | { readonly kind: "work"; readonly id: number; readonly work: WorkKind; readonly input: ThreadWork[WorkKind] }
  | { readonly kind: "cancel"; readonly id: number }
  /** Chunks that were needed; null: they cannot be had any more. */
  | { readonly kind: "chunks"; readonly need: number; readonly chunks: SealedChunks | null };

/** Why work came to nothing. The message holds nothing of a transcript. */
export type ThreadFailure = "not-found" | "damaged" | "cancelled" | "failed";

export type FromThread =
  | {
      readonly kind: "need";
      readonly need: number;
      readonly blob: number;
      readonly first: number;
      readonly count: number;
    }
  | { readonly kind: "progress"; readonly id: number; readonly done: number; readonly total: number }
  | { readonly kind: "done"; readonly id: number; readonly answer: ThreadAnswers[WorkKind] }
  | { readonly kind: "failed"; readonly id: number; readonly code: ThreadFailure; readonly message: string };
