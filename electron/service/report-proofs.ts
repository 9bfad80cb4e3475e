import type { Report } from "../contract/reporting.ts";
import { number, type ReadModel } from "../domain/read-model.ts";
import { Refusal } from "../domain/refusal.ts";
import { proofName, type EntryProof } from "../sealing/tlog-proof.ts";
import { nodeHash, type OpenVault } from "../vault/index.ts";

/** Proofs that go with a sealed report: that what it rests on stands in the vault's journal. */

export interface ReportProofs {
  /** The vault's newest checkpoint, a C2SP signed note: all proofs lead to it, so the package must carry this one. */
  readonly checkpointNote: Uint8Array;
  readonly proofs: readonly EntryProof[];
}

/** What is read of a frozen report: the codes of the runs that each of its blocks was made of. */
interface RunsOfBlocks {
  readonly figures: readonly Block[];
  readonly tables: readonly Block[];
}

type ReportName = Pick<Report, "id" | "code">;

interface Block {
  readonly provenance: { readonly runs: readonly string[] };
}

/** Above so many entries of runs, only the first and the last of each run is proved. */
export const mostRunEntries = 4000;

/** Entries that stand and are about a thing, themselves or through an act of two people, from `from` up to but without `to`. */
function entriesAbout(model: ReadModel, id: string, span: { readonly from: number; readonly to: number }): number[] {
  const rows = model.all(
    `SELECT DISTINCT seq FROM journal WHERE refused IS NULL AND seq >= ? AND seq < ?
       AND (about = ? OR about IN (SELECT id FROM act WHERE about = ?)) ORDER BY seq`,
    span.from,
    span.to,
    id,
    id,
  );
  return rows.map((row) => number(row, "seq"));
}

/** The entry that froze the report as it is, and those of the signatures under it. */
function releaseEntries(model: ReadModel, report: ReportName, size: number): { frozen: number; signed: number[] } {
  const newest = model.get(
    "SELECT coalesce(max(seq), -1) AS seq FROM journal WHERE refused IS NULL AND type = 'report.frozen' AND about = ?",
    report.id,
  );
  const frozen = newest === undefined ? -1 : number(newest, "seq");
  if (frozen < 0 || frozen >= size) throw new Refusal("report-not-frozen", report.code);
  const rows = model.all(
    "SELECT DISTINCT seq FROM journal WHERE refused IS NULL AND type = 'report.signed' AND about = ? AND seq > ?",
    report.id,
    frozen,
  );
  return { frozen, signed: rows.map((row) => number(row, "seq")) };
}

/** What stood in the journal about each run of the report when it was frozen. */
function runEntries(model: ReadModel, report: RunsOfBlocks, frozen: number): number[] {
  const codes = new Set([...report.figures, ...report.tables].flatMap((block) => block.provenance.runs));
  const perRun = [...codes].map((code) => {
    const ids = model.all("SELECT id FROM run WHERE code = ?", code).map((row) => String(row["id"]));
    return ids.flatMap((id) => entriesAbout(model, id, { from: 0, to: frozen }));
  });
  if (perRun.reduce((sum, entries) => sum + entries.length, 0) <= mostRunEntries) return perRun.flat();
  return perRun.flatMap((entries) => [entries.at(0), entries.at(-1)]).filter((seq) => seq !== undefined);
}

/**
 * Audit paths of RFC 6962 §2.1.1 for many leaves of one tree, each node of it hashed once. A node without a right sibling
 * is carried up as it is, which gives that section's uneven trees.
 */
function auditPaths(leaves: readonly Uint8Array[], indexes: readonly number[]): Uint8Array[][] {
  const paths = indexes.map((): Uint8Array[] => []);
  let level = leaves;
  for (let height = 0; level.length > 1; height += 1) {
    for (const [place, index] of indexes.entries()) {
      const sibling = level[Math.floor(index / 2 ** height) ^ 1];
      if (sibling !== undefined) paths[place]?.push(sibling);
    }
    const above: Uint8Array[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at], level[at + 1]];
      if (left !== undefined) above.push(right === undefined ? left : nodeHash(left, right));
    }
    level = above;
  }
  return paths;
}

/**
 * Proofs for a sealed report that the entry which froze it, the entries of its signatures and those of each run in its scope are
 * in the vault's journal, all under the newest checkpoint (c2sp.org/tlog-proof). Nothing may be committed to the vault
 * between this and the sealing.
 * @throws Refusal `report-not-frozen`
 */
export function reportProofs(
  session: { readonly vault: Pick<OpenVault, "checkpoint" | "leafHash">; readonly model: ReadModel },
  report: ReportName,
  frozenReport: RunsOfBlocks,
): ReportProofs {
  const { vault, model } = session;
  const { size, note } = vault.checkpoint;
  const { frozen, signed } = releaseEntries(model, report, size);
  const wanted = [...new Set([...runEntries(model, frozenReport, frozen), frozen, ...signed])].sort((a, b) => a - b);
  const leaves = Array.from({ length: size }, (_, seq) => vault.leafHash(seq));
  const paths = auditPaths(leaves, wanted);
  const proofs = wanted.map((index, place) => ({
    name: proofName(index),
    index,
    leaf: vault.leafHash(index),
    path: paths[place] ?? [],
  }));
  return { checkpointNote: new TextEncoder().encode(note), proofs };
}
