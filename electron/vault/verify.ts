import { asVaultError, throwIfCancelled } from "./errors.ts";
import type { KeyRing } from "./keys.ts";
import { checkPages } from "./page-check.ts";
import { pageSize } from "./schema.ts";
import { closeWriter, hasLog, openClosed, type SqliteDatabase } from "./sqlite.ts";
import { PageFile, recoverVault, tidyLimit } from "./tidy.ts";
import { verifyBlobs } from "./verify-blobs.ts";
import { verifyEntries } from "./verify-entries.ts";
import { verifyCheckpoints, verifyOuterRows, verifyRest } from "./verify-journal.ts";
import { SharedKeys, startWorkers } from "./verify-threads.ts";
import type { VerifyOptions, VerifyResult } from "./vault-types.ts";
import { Verification, type Checked } from "./verification.ts";

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
  const nothing = { entries: 0, sealed: 0, checkpoints: 0, blobs: 0 };
  return { ok: false, depth: "ciphertext", ...nothing, bytes, problems: [{ where, what }] };
}

/** {@link verifyVault} on a database that is open, with every ciphertext opened too where there are keys. */
export async function verifyOpen(
  database: SqliteDatabase,
  pages: PageFile,
  options: VerifyOptions & { readonly keys?: KeyRing | undefined; readonly tidy: boolean },
): Promise<VerifyResult> {
  const bytes = pages.pageCount * pageSize;
  const workers = startWorkers(bytes);
  const keys = options.keys === undefined ? null : new SharedKeys(options.keys);
  try {
    return await verifyAll(new Verification(database, bytes, { ...options, keys, workers }), pages, options.tidy);
  } finally {
    keys?.wipe();
    await workers.end();
  }
}

async function verifyAll(run: Verification, pages: PageFile, strict: boolean): Promise<VerifyResult> {
  const sqlite = verifyPages(run, pages, strict);
  run.attempt("file", () => {
    const lines: unknown[] = run.database.prepare("PRAGMA integrity_check(20)").pluck().all();
    for (const line of lines) if (line !== "ok") run.problem("file", `SQLite says: ${String(line)}`);
  });
  const outer = verifyOuterRows(run);
  let checked: Checked = { checkpoints: [], count: 0 };
  let entries = { total: 0, sealed: 0 };
  let blobs = 0;
  if (outer !== null) {
    checked = await verifyCheckpoints(run, outer, sqlite);
    entries = await verifyEntries(run, outer, checked);
    blobs = await verifyBlobs(run, outer, checked);
    await verifyRest(run, outer);
  }
  return {
    ok: run.problems.length === 0,
    depth: run.keys === null ? "ciphertext" : "everything",
    entries: entries.total,
    sealed: entries.sealed,
    checkpoints: checked.count,
    blobs,
    bytes: pages.size,
    problems: run.problems,
  };
}

/** Checks the raw pages; gives back the number of the SQLite that wrote the header. */
function verifyPages(run: Verification, pages: PageFile, strict: boolean): number {
  const found = run.attempt("file", () => checkPages(pages.inOnePass(), pages.pageCount));
  for (const { where, what } of found?.problems ?? []) run.problem(where, what);
  for (const { page, from, to } of strict ? (found?.unused ?? []) : []) {
    run.problem(`page ${String(page)}`, `bytes ${String(from)} to ${String(to)} are unused and not as they were left`);
  }
  const header = Buffer.from(pages.read(1));
  return header.readUInt32BE(96);
}
