import { piecesOf, type ByteSource } from "../byte-source.ts";
import type { ReadOptions } from "../logged-run.ts";
import {
  defaultLimits,
  JsonProjector,
  JsonStreamError,
  type JsonProjection,
  type ProjectionLimits,
} from "./json-projector.ts";

/** What is done with each line of a JSON Lines file. Lines count from 1; empty ones are passed over. */
export interface LineVisitor {
  /** A line begins: what is wanted of it. */
  begin(line: number): JsonProjection;
  /** The line ended; `fault` says in a sentence why it is no whole JSON value, null where it is one. */
  end(line: number, fault: string | null): void;
}

const newline = 0x0a;

/** One line at a time, cut anywhere: a line of any length is never held as a whole. */
class LineProjector {
  readonly #visitor: LineVisitor;
  readonly #limits: ProjectionLimits;
  #projector: JsonProjector | null = null;
  #fault: string | null = null;
  #line = 1;

  constructor(visitor: LineVisitor, limits: ProjectionLimits) {
    this.#visitor = visitor;
    this.#limits = limits;
  }

  push(bytes: Uint8Array): void {
    if (this.#fault !== null) return;
    if (this.#projector === null) {
      if (isBlank(bytes)) return;
      this.#projector = new JsonProjector(this.#visitor.begin(this.#line), this.#limits);
    }
    this.#guard(this.#projector, (projector) => {
      projector.push(bytes);
    });
  }

  endLine(): void {
    if (this.#projector !== null) {
      if (this.#fault === null) {
        this.#guard(this.#projector, (projector) => {
          projector.end();
        });
      }
      this.#visitor.end(this.#line, this.#fault);
    }
    this.#projector = null;
    this.#fault = null;
    this.#line += 1;
  }

  #guard(projector: JsonProjector, step: (projector: JsonProjector) => void): void {
    try {
      step(projector);
    } catch (error) {
      if (!(error instanceof JsonStreamError)) throw error;
      this.#fault = error.code === "truncated" ? "the line ends in the middle" : "the line is no JSON";
    }
  }
}

/** White space and a byte order mark begin no value. */
function isBlank(bytes: Uint8Array): boolean {
  return bytes.every(
    (byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0xef || byte === 0xbb || byte === 0xbf,
  );
}

/**
 * Runs every line of a source through a projection of its own.
 * @throws the signal's reason where it is aborted; whatever the source or the visitor throws
 */
export async function visitJsonLines(
  source: ByteSource,
  visitor: LineVisitor,
  options: ReadOptions = {},
  limits: ProjectionLimits = defaultLimits,
): Promise<void> {
  const lines = new LineProjector(visitor, limits);
  let done = 0;
  for await (const piece of piecesOf(source, 0, source.size)) {
    options.signal?.throwIfAborted();
    let start = 0;
    for (let at = piece.indexOf(newline); at >= 0; at = piece.indexOf(newline, start)) {
      if (at > start) lines.push(piece.subarray(start, at));
      lines.endLine();
      start = at + 1;
    }
    if (start < piece.length) lines.push(piece.subarray(start));
    done += piece.length;
    options.progress?.(done, source.size);
  }
  lines.endLine();
}
