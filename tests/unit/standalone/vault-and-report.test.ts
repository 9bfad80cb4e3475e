import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publicKeyLine, toMinisignPublicKey } from "../../../electron/sealing/minisign.ts";
import { openSealedReport, type OpenedReport } from "../../../electron/sealing/open.ts";
import { sealReport } from "../../../electron/sealing/seal.ts";
import { ReadModelDatabase } from "../../../electron/service/read-model-database.ts";
import { reportProofs } from "../../../electron/service/report-proofs.ts";
import { verifyPath } from "../../../electron/standalone/evalvault-verify.mjs";
import type { OpenVault } from "../../../electron/vault/index.ts";
import { archiveOf } from "../../faults/standalone/decrypted-report.ts";
import { makeSmallVault, utf8, type SmallVault } from "../../faults/vault/small-vault.ts";
import { makeReader, sealRequest } from "../../integration/sealing/sealing-fixture.ts";

/** From a vault's journal to a recipient's desk and back: the proofs of a sealed report, held against the vault. */

let folder = "";
let small: SmallVault;
let before = "";
let archive = "";
let opened: OpenedReport;
let signerLine = "";

/** The read model of a vault in which a run was imported and a report frozen and signed, in entries 2, 3 and 4. */
function model(): ReadModelDatabase {
  const made = ReadModelDatabase.empty();
  const journal = [
    [2, "run.imported", "run-1"],
    [3, "report.frozen", "report-1"],
    [4, "report.signed", "report-1"],
  ] as const;
  for (const [seq, type, about] of journal) {
    const columns = "seq, place, id, type, at, by, words, about, compartment, sealed, stamp";
    made.run(`INSERT INTO journal (${columns}) VALUES (?, 0, ?, ?, 0, 'm', '', ?, 1, 0, 0)`, seq, type, type, about);
  }
  made.run(
    `INSERT INTO run (id, number, model_version_id, benchmark_id, state, origin, epochs, started_at, started_by, seq, place,
       metrics, compartment, code, was_accepted) VALUES ('run-1', 1, 'v', 'b', 'accepted', 'import', 1, 0, 'm', 2, 0, '[]', 1, 'R-0001', 1)`,
  );
  return made;
}

async function sealFrom(vault: OpenVault): Promise<OpenedReport> {
  const reader = await makeReader();
  const blocks = { figures: [{ provenance: { runs: ["R-0001"] } }], tables: [] };
  const report = { id: "report-1", code: "EV-2026-0001" };
  const proofs = reportProofs({ vault, model: model() }, report, blocks);
  const signer = {
    memberId: vault.memberId,
    publicKey: vault.publicKey,
    sign: (bytes: Uint8Array) => vault.sign(bytes),
  };
  const path = join(folder, "EV.sealed");
  await sealReport({ ...(await sealRequest(path, [{ key: reader.key }], [signer])), ...proofs });
  return openSealedReport({ path, keys: { identities: [reader.keyFile] } });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "evalvault-proofs-"));
  small = await makeSmallVault(join(folder, "vault.evault"));
  before = join(folder, "before.evault");
  copyFileSync(small.path, before);
  const vault = small.open();
  vault.append([utf8("just before it is sealed")]);
  signerLine = publicKeyLine(await toMinisignPublicKey(vault.publicKey));
  opened = await sealFrom(vault);
  vault.append([utf8("sealed")]);
  vault.close();
  archive = join(folder, "report.tar");
  writeFileSync(archive, await archiveOf(opened.members));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("a report sealed from a vault", () => {
  it("carries one checkpoint, by its signer's key, and proofs of what it rests on", () => {
    expect(opened.proofs.map(({ index }) => index)).toEqual([2, 3, 4]);
    expect(opened.checkpoint.signatureValid).toBe(true);
    expect(opened.manifest.checkpoint.size).toBe(opened.checkpoint.size);
  });

  it("is in order for the standalone verifier, which reads the same entries out of it", () => {
    expect(verifyPath(archive, { against: [], keys: [signerLine] })).toMatchObject({
      ok: true,
      problems: [],
      remarks: [],
      facts: { provedEntries: [2, 3, 4] },
    });
  });

  it("is held by the vault as it went on", () => {
    expect(verifyPath(small.path, { against: [archive], keys: [] })).toMatchObject({ ok: true, problems: [] });
  });

  it("finds out a vault that was put back, also when it went on from there", () => {
    const older = verifyPath(before, { against: [archive], keys: [] });
    expect(older.problems).toEqual([{ where: archive, what: expect.stringContaining("an older state") as unknown }]);
    const fork = small.open(before);
    for (const text of ["one", "two", "three"]) fork.append([utf8(text)]);
    fork.close();
    const forked = verifyPath(before, { against: [archive], keys: [] });
    expect(forked.problems.map(({ what }) => what)).toEqual([expect.stringContaining("are not those")]);
    expect(verifyPath(before, { against: [], keys: [] }).ok).toBe(true);
  });
});
