import { describe, expect, it } from "vitest";
import { checkEntryProof, formatEntryProof, proofPath } from "../../../electron/sealing/tlog-proof.ts";
import { ReadModelDatabase } from "../../../electron/service/read-model-database.ts";
import { mostRunEntries, reportProofs } from "../../../electron/service/report-proofs.ts";
import { inclusionProof, leafHash, merkleRoot } from "../../../electron/vault/merkle.ts";

/** Which entries a sealed report proves, and that the proofs hold. */

const report = { id: "report-1", code: "EV-2026-0001" };
const frozenReport = {
  figures: [{ provenance: { runs: ["R-0001", "R-0002"] } }],
  tables: [{ provenance: { runs: ["R-0002"] } }],
};

interface Line {
  readonly type: string;
  readonly about: string | null;
  readonly refused?: boolean;
}

function modelOf(lines: readonly Line[]): ReadModelDatabase {
  const model = ReadModelDatabase.empty();
  for (const [seq, { type, about, refused }] of lines.entries()) {
    const columns = "seq, place, id, type, at, by, words, about, refused, compartment, sealed, clock, stamp";
    const values = [seq, `id-${String(seq)}`, type, about, refused === true ? "no right" : null] as const;
    model.run(`INSERT INTO journal (${columns}) VALUES (?, 0, ?, ?, 0, 'm', '', ?, ?, 1, 0, NULL, 0)`, ...values);
  }
  for (const number of [1, 2, 3]) {
    model.run(
      `INSERT INTO run (id, number, model_version_id, benchmark_id, state, origin, epochs, started_at, started_by, seq, place,
         metrics, compartment, code, was_accepted) VALUES (?, ?, 'v', 'b', 'accepted', 'import', 1, 0, 'm', 0, 0, '[]', 1, ?, 1)`,
      `run-${String(number)}`,
      number,
      `R-000${String(number)}`,
    );
  }
  model.run(
    "INSERT INTO act VALUES ('act-1', 'run.accepted', 1, '{}', '', 'run-1', 'lead', 1, 'm', 0, 'confirmed', 'n', 0, '')",
  );
  return model;
}

const journal: readonly Line[] = [
  { type: "vault.founded", about: null },
  { type: "run.imported", about: "run-1" },
  { type: "run.imported", about: "run-2" },
  { type: "run.imported", about: "run-3" },
  { type: "run.accepted", about: "run-2", refused: true },
  { type: "act.confirmed", about: "act-1" },
  { type: "report.drafted", about: "report-1" },
  { type: "report.frozen", about: "report-1" },
  { type: "report.revised", about: "report-1" },
  { type: "run.noted", about: "run-2" },
  { type: "report.frozen", about: "report-1" },
  { type: "report.signed", about: "report-1" },
  { type: "run.noted", about: "run-1" },
  { type: "report.signed", about: "report-2" },
  { type: "report.signed", about: "report-1" },
];

function sessionOf(lines: readonly Line[]) {
  const leaves = lines.map((_, seq) => leafHash(Buffer.from(String(seq))));
  const root = merkleRoot(leaves);
  const text = `evalvault/00\n${String(leaves.length)}\n${Buffer.from(root).toString("base64")}\n`;
  const note = `${text}\n— a ${Buffer.alloc(68, 1).toString("base64")}\n`;
  const checkpoint = { number: 1, size: leaves.length, rootHex: Buffer.from(root).toString("hex"), signer: "a", note };
  const leaf = (seq: number): Uint8Array => leaves[seq] ?? new Uint8Array(0);
  return { session: { vault: { checkpoint, leafHash: leaf }, model: modelOf(lines) }, leaves };
}

describe("proofs for a sealed report", () => {
  it("are of its runs as they were when it was frozen, of the freezing, and of the signatures under it", () => {
    const { proofs } = reportProofs(sessionOf(journal).session, report, frozenReport);
    expect(proofs.map(({ index }) => index)).toEqual([1, 2, 5, 9, 10, 11, 14]);
    expect(proofs.map(({ name }) => name)).toContain("entry-10");
  });

  it("all lead to the newest checkpoint, which goes with them, in trees of every shape", () => {
    for (let more = 0; more < 40; more += 1) {
      const lines = [...journal, ...Array.from({ length: more }, () => ({ type: "note", about: "run-1" }))];
      const { session, leaves } = sessionOf(lines);
      const { checkpointNote, proofs } = reportProofs(session, report, frozenReport);
      expect(Buffer.from(checkpointNote).toString()).toBe(session.vault.checkpoint.note);
      for (const proof of proofs) {
        expect(proof.path).toEqual(inclusionProof(leaves, proof.index));
        expect(checkEntryProof(proofPath(proof.name), formatEntryProof(proof, checkpointNote), checkpointNote)).toEqual(
          proof,
        );
      }
    }
  });

  it("are of the first and last entry of each run where there are very many", () => {
    const many = Array.from({ length: mostRunEntries + 1 }, () => ({ type: "attempt.logged", about: "run-2" }));
    const lines = [...journal.slice(0, 6), ...many, { type: "report.frozen", about: "report-1" }];
    const { proofs } = reportProofs(sessionOf(lines).session, report, frozenReport);
    expect(proofs.map(({ index }) => index)).toEqual([1, 2, 5, lines.length - 2, lines.length - 1]);
  });

  it("are refused for a report that is not frozen", () => {
    const { session } = sessionOf(journal.slice(0, 7));
    expect(() => reportProofs(session, report, frozenReport)).toThrow(
      expect.objectContaining({ code: "report-not-frozen" }),
    );
  });
});
