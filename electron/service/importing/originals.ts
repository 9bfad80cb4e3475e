import { statSync } from "node:fs";
import { Refusal } from "../../domain/refusal.ts";
import { logOfRow } from "../../domain/runs/queries.ts";
import { VaultError, type StagedBlob } from "../../vault/index.ts";
import { fileChunks, sha256OfFile } from "../evidence.ts";
import { hasStored } from "../handover/stored-blob.ts";
import type { RequestContext } from "../handlers.ts";
import type { OpenSession } from "../open-session.ts";
import type { ChosenFile } from "./chosen-files.ts";

/** The content of a file, kept in the vault once. */
export interface Original {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly blob: string;
}

/** A kept original of this content in the compartment: of a run whose import was undone, or of another part. */
function keptBefore(session: OpenSession, sha256: string, compartment: number): Omit<Original, "name"> | null {
  const rows = session.model.all(
    "SELECT run.log FROM run_log JOIN run ON run.id = run_log.run WHERE sha256 = ? AND compartment = ?",
    sha256,
    compartment,
  );
  for (const row of rows) {
    const log = logOfRow(row);
    const file = log === null ? undefined : [log, ...(log.others ?? [])].find((one) => one.sha256 === sha256);
    if (file === undefined || !hasStored(session, file.blob, sha256)) continue;
    return { sha256, bytes: file.bytes, blob: file.blob };
  }
  return null;
}

/** Hashes and keeps the files of one import; what was staged for something that failed is let go. */
export class Originals {
  readonly #context: RequestContext;
  readonly #compartment: number;
  readonly #hashes = new Map<string, string>();
  readonly #staged = new Map<string, StagedBlob>();

  constructor(context: RequestContext, compartment: number) {
    this.#context = context;
    this.#compartment = compartment;
  }

  /** SHA-256 of a file as far as it was asked for, "" where it was not. */
  known(file: ChosenFile): string {
    return this.#hashes.get(file.path) ?? "";
  }

  /** SHA-256 of a file; asked again, as it was the first time. */
  async sha256(file: ChosenFile): Promise<string> {
    const known = this.#hashes.get(file.path);
    if (known !== undefined) return known;
    const sha256 = await sha256OfFile(file.path, this.#context.signal);
    this.#hashes.set(file.path, sha256);
    return sha256;
  }

  /** Encrypts a file into the vault, unless its content is there. It becomes part of it with the commit. */
  async keep(file: ChosenFile, step: string): Promise<Original> {
    const { host, signal } = this.#context;
    const sha256 = await this.sha256(file);
    const staged = this.#staged.get(sha256);
    if (staged !== undefined) return { name: file.name, sha256, bytes: staged.size, blob: staged.id };
    const before = keptBefore(host.session, sha256, this.#compartment);
    if (before !== null) return { ...before, name: file.name };
    const total = statSync(file.path).size;
    const blob = await host.session.vault.stageBlob(fileChunks(file.path, signal), {
      signal,
      compartment: this.#compartment,
      progress: (done) => {
        this.#context.progress({ step: `Keeping ${step}`, done, total, unit: "bytes" });
      },
    });
    this.#staged.set(blob.sha256, blob);
    if (blob.sha256 !== sha256) throw new Refusal("file-unreadable", file.name, "It changed while it was read.");
    return { name: file.name, sha256, bytes: blob.size, blob: blob.id };
  }

  /** What was kept and is in the vault only once it is committed. */
  get staged(): StagedBlob[] {
    return [...this.#staged.values()];
  }

  /** The commit that names them happened: they are the vault's. */
  committed(): void {
    this.#staged.clear();
  }

  /** Lets go of what was staged and not committed. */
  discard(): void {
    const staged = this.staged;
    this.#staged.clear();
    try {
      for (const blob of staged) this.#context.host.session.vault.discardBlob(blob);
    } catch (error) {
      // The vault was locked or went away, and what was staged in it with it: whoever failed before says so.
      if (!(error instanceof VaultError) && !(error instanceof Refusal)) throw error;
    }
  }
}
