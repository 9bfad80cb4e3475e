import { z } from "zod";
import { defineEvent } from "../event.ts";
import { memberName } from "../members/queries.ts";
import { number, text, type ReadModel } from "../read-model.ts";

export const checkpointTables = [
  `CREATE TABLE cosignature (size INTEGER NOT NULL, root TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL,
     note TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (size, root, note, by)) STRICT, WITHOUT ROWID`,
];

/** A second member vouches for a checkpoint that somebody else signed: a C2SP cosignature over its text. */
export const checkpointCosigned = defineEvent({
  type: "checkpoint.cosigned",
  v: 1,
  body: z.strictObject({
    size: z.int().nonnegative(),
    root: z.string().regex(/^[0-9a-f]{64}$/),
    /** Member id of who signed the checkpoint. */
    signer: z.string().max(100),
    /** The checkpoint as its signer left it. */
    note: z.string().max(10_000),
    /** The further signature line. */
    line: z.string().max(1_000),
  }),
  roles: ["lead", "evaluator", "custodian", "auditor"],
  home: "roster",
  refusal: ({ model, event }, body) => {
    if (body.signer === event.by) return "its own signer cannot vouch for it once more";
    const known = model.get(
      "SELECT 1 AS n FROM cosignature WHERE size = ? AND root = ? AND note = ? AND by = ?",
      body.size,
      body.root,
      body.note,
      event.by,
    );
    return known === undefined ? null : "this member has cosigned it";
  },
  fold: ({ model, event }, body) => {
    model.run(
      "INSERT INTO cosignature VALUES (?, ?, ?, ?, ?, ?)",
      body.size,
      body.root,
      event.by,
      event.at,
      body.note,
      body.line,
    );
  },
  words: (_, body) => `Checkpoint of ${String(body.size)} entries cosigned, ${body.root.slice(0, 8)}`,
});

export interface Cosigner {
  readonly id: string;
  readonly name: string;
  readonly at: number;
}

/** A checkpoint as it was signed: of several at one size, each signs other members, slots and keys. */
export interface SignedCheckpoint {
  readonly size: number;
  readonly root: string;
  readonly note: string;
}

/** Who vouched for a checkpoint beside its signer. */
export function cosigners(model: ReadModel, { size, root, note }: SignedCheckpoint): Cosigner[] {
  return model
    .all("SELECT by, at FROM cosignature WHERE size = ? AND root = ? AND note = ? ORDER BY at, by", size, root, note)
    .map((row) => ({ id: text(row, "by"), name: memberName(model, text(row, "by")), at: number(row, "at") }));
}

export interface CosignedCheckpoint extends SignedCheckpoint {
  /** Further signature lines, one a cosigner. */
  readonly lines: readonly string[];
  readonly cosigners: readonly Cosigner[];
}

/** Cosigned checkpoints, the newest first; of one size that which most vouched for. */
export function cosignedCheckpoints(model: ReadModel): CosignedCheckpoint[] {
  return model
    .all(
      `SELECT size, root, note FROM cosignature GROUP BY size, root, note
       ORDER BY size DESC, count(*) DESC, max(at) DESC, note`,
    )
    .map((row) => {
      const signed = { size: number(row, "size"), root: text(row, "root"), note: text(row, "note") };
      const lines = model.all(
        "SELECT line FROM cosignature WHERE size = ? AND root = ? AND note = ? ORDER BY at, by",
        signed.size,
        signed.root,
        signed.note,
      );
      return { ...signed, lines: lines.map((one) => text(one, "line")), cosigners: cosigners(model, signed) };
    });
}

export const checkpointEvents = [checkpointCosigned];
