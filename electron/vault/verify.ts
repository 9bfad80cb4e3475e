import { setImmediate as nextTurn } from "node:timers/promises";

import { toHex } from "./canonical.ts";
import { asVaultError, lockedMeanwhile, throwIfCancelled } from "./errors.ts";
import type { KeyRing } from "./keys.ts";
import { checkPages } from "./page-check.ts";
import { pageSize } from "./schema.ts";
import { closeWriter, hasLog, openClosed, type SqliteDatabase } from "./sqlite.ts";
import { PageFile, recoverVault, tidyLimit } from "./tidy.ts";
import { verifyBlobs } from "./verify-blobs.ts";
import { verifyCheckpoints, verifyEntries, verifyOuterRows, verifyRest, type Checked } from "./verify-journal.ts";
import type { VerifyOptions, VerifyProblem, VerifyResult } from "./vault-types.ts";

/** How many problems are listed; a file that is damaged all over needs no longer list. */
const mostProblems = 500;

/** What the parts of a verification share. */
export class Verification {
  readonly database: SqliteDatabase;
  readonly keys: KeyRing | undefined;
  readonly problems: VerifyProblem[] = [];
  readonly #options: VerifyOptions;
  readonly #total: number;
  #done = 0;
  #sinceTurn = 0;

  constructor(
    database: SqliteDatabase,
    total: number,
    options: VerifyOptions & { readonly keys?: KeyRing | undefined },
  ) {
    this.database = database;
    this.keys = options.keys;
    this.#options = options;
    this.#total = total;
  }

  problem(where: string, what: string): void {
    if (this.problems.length < mostProblems) this.problems.push({ where, what });
  }

  /** Does one check; damage and whatever else it throws becomes a problem. Null then. */
  attempt<T>(where: string, check: () => T): T | null {
    try {
      return check();
    } catch (error) {
      this.mustBeOpen();
      const known = asVaultError(error, where);
      const { where: place, what } = known.params;
      if (known.code === "damaged") this.problem(String(place ?? where), String(what ?? known.message));
      else this.problem(where, known.message);
      return null;
    }
  }

  /** Counts work done, gives the event loop a turn now and then, and stops when cancelled. */
  async step(bytes: number): Promise<void> {
    this.#done += bytes;
    this.#sinceTurn += bytes + 200;
    if (this.#sinceTurn < 1024 * 1024) return;
    this.#sinceTurn = 0;
    throwIfCancelled(this.#options.signal);
    this.#options.progress?.({ done: Math.min(this.#done, this.#total), total: this.#total });
    await nextTurn();
    this.mustBeOpen();
  }

  /** A vault may be locked while it is verified. */
  mustBeOpen(): void {
    if (!this.database.open) throw lockedMeanwhile();
  }
}

/**
 * Verifies a vault without a passphrase: header, pages down to the last unused byte, schema, members, every checkpoint's
 * signature and its link to the one before, the root of every checkpoint (so each is consistent with the next), every
 * entry's and blob's ciphertext under those roots, snapshots. What is wrong is listed; only what keeps the file from being
 * looked at at all ("missing", "not-a-vault", "future-format", "in-use", "read-only" while to be recovered) is thrown.
 */
export async function verifyVault(path: string, options: VerifyOptions = {}): Promise<VerifyResult> {
  throwIfCancelled(options.signal);
  let database: SqliteDatabase;
  try {
    if (hasLog(path)) recoverVault(path);
    database = openClosed(path);
  } catch (error) {
    const known = asVaultError(error, path);
    if (known.code !== "damaged") throw known;
    return unreadable(path, String(known.params.where ?? "file"), String(known.params.what ?? known.message));
  }
  const pages = new PageFile(path);
  try {
    return await verifyOpen(database, pages, { ...options, tidy: pages.size <= tidyLimit });
  } finally {
    closeWriter(database);
    pages.close();
  }
}

function unreadable(path: string, where: string, what: string): VerifyResult {
  const pages = new PageFile(path);
  const bytes = pages.size;
  pages.close();
  return { ok: false, depth: "ciphertext", entries: 0, checkpoints: 0, blobs: 0, bytes, problems: [{ where, what }] };
}

/** {@link verifyVault} on a database that is open, with every ciphertext opened too where there are keys. */
export async function verifyOpen(
  database: SqliteDatabase,
  pages: PageFile,
  options: VerifyOptions & { readonly keys?: KeyRing | undefined; readonly tidy: boolean },
): Promise<VerifyResult> {
  const bytes = pages.pageCount * pageSize;
  const run = new Verification(database, bytes, options);
  const sqlite = verifyPages(run, pages, options.tidy);
  run.attempt("file", () => {
    const lines: unknown[] = database.prepare("PRAGMA integrity_check(20)").pluck().all();
    for (const line of lines) if (line !== "ok") run.problem("file", `SQLite says: ${String(line)}`);
  });
  const outer = verifyOuterRows(run);
  let checked: Checked = { checkpoints: [], count: 0 };
  let entries = 0;
  let blobs = 0;
  if (outer !== null) {
    checked = await verifyCheckpoints(run, outer, sqlite);
    entries = await verifyEntries(run, outer, checked);
    blobs = await verifyBlobs(run, outer, checked);
    await verifyRest(run, outer);
  }
  return {
    ok: run.problems.length === 0,
    depth: options.keys === undefined ? "ciphertext" : "everything",
    entries,
    checkpoints: checked.count,
    blobs,
    bytes: pages.size,
    problems: run.problems,
  };
}

/** Checks the raw pages; gives back the number of the SQLite that wrote the header. */
function verifyPages(run: Verification, pages: PageFile, strict: boolean): number {
  const found = run.attempt("file", () => checkPages(pages.read, pages.pageCount));
  for (const { where, what } of found?.problems ?? []) run.problem(where, what);
  for (const { page, from, to } of strict ? (found?.unused ?? []) : []) {
    run.problem(`page ${String(page)}`, `bytes ${String(from)} to ${String(to)} are unused and not as they were left`);
  }
  const header = Buffer.from(pages.read(1));
  return header.readUInt32BE(96);
}

/** The name of a blob in a problem. */
export function blobName(id: Uint8Array): string {
  return `blob ${toHex(id)}`;
}
