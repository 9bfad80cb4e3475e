import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatEntryProof } from "../../../electron/sealing/tlog-proof.ts";
import { leafHash, merkleRoot } from "../../../electron/vault/merkle.ts";
import { makeNote } from "../../integration/sealing/sealing-fixture.ts";
import { archiveOf, makeReportScene, proofOf, resealed, root, type ReportScene } from "./decrypted-report.ts";

/** A recipient changes what is in a report and encrypts it again: the app and the standalone verifier say the same of it. */

const everyByte = process.env["EVALVAULT_EVERY_BYTE"] === "1";
let scene: ReportScene;
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "evalvault-report-"));
  scene = await makeReportScene(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function verdict(archive: Uint8Array): Promise<boolean | string> {
  const { app, other } = await scene.ask(archive);
  if (app.ok === other.ok) return app.ok;
  return `app ${String(app.ok)} (${app.why}), standalone ${String(other.ok)} (${other.why})`;
}

describe("a decrypted report", () => {
  it("is in order for both", async () => {
    expect(await verdict(scene.archive)).toBe(true);
  });

  it(
    "with one byte changed anywhere: both say the same, and refuse it unless the byte is in no file",
    { timeout: 900_000 },
    async () => {
      const odd: string[] = [];
      let refused = 0;
      for (let at = 0; at < scene.archive.length; at += everyByte ? 1 : 47) {
        const changed = Buffer.from(scene.archive);
        changed.writeUInt8(changed.readUInt8(at) ^ (1 << (at % 8)), at);
        const found = await verdict(changed);
        if (typeof found === "string") odd.push(`byte ${String(at)}: ${found}`);
        if (found === false) refused += 1;
      }
      expect(odd).toEqual([]);
      expect(refused).toBeGreaterThan(100);
    },
  );

  it("cut off anywhere: both say the same", { timeout: 300_000 }, async () => {
    const odd: string[] = [];
    for (let length = 0; length < scene.archive.length; length += everyByte ? 64 : 333) {
      const found = await verdict(scene.archive.subarray(0, length));
      if (typeof found === "string") odd.push(`cut to ${String(length)}: ${found}`);
    }
    expect(odd).toEqual([]);
  });

  it.each(["report.html", "checkpoint.note", "proofs/entry-3.tlog-proof", "manifest.json.minisig"])(
    "without %s is refused by both",
    async (path) => {
      const files = new Map(scene.opened.members);
      expect(files.delete(path)).toBe(true);
      expect(await verdict(await archiveOf(files))).toBe(false);
    },
  );

  it("with a file more is refused by both", async () => {
    const files = new Map(scene.opened.members).set("proofs/entry-4.tlog-proof", Buffer.from("x"));
    expect(await verdict(await archiveOf(files))).toBe(false);
  });
});

describe("a proof in a report that its signer signed", () => {
  const path = "proofs/entry-3.tlog-proof";
  const proof = (index: number): Buffer => Buffer.from(formatEntryProof(proofOf(index), scene.opened.checkpoint.note));

  it("is in order for both when it is right", async () => {
    expect(await verdict(await resealed(scene, { "proofs/entry-4.tlog-proof": proof(4) }))).toBe(true);
  });

  it.each<readonly [string, () => Uint8Array | Promise<Uint8Array>]>([
    ["of another entry under its name", () => proof(4)],
    ["with another index", () => Buffer.from(proof(3).toString().replace("index 3", "index 2"))],
    ["with an index beyond the tree", () => Buffer.from(proof(3).toString().replace("index 3", "index 11"))],
    [
      "with another leaf",
      () => formatEntryProof({ ...proofOf(3), leaf: proofOf(4).leaf }, scene.opened.checkpoint.note),
    ],
    [
      "with a hash too few",
      () => formatEntryProof({ ...proofOf(3), path: proofOf(3).path.slice(1) }, scene.opened.checkpoint.note),
    ],
    [
      "with a hash too many",
      () => formatEntryProof({ ...proofOf(3), path: [...proofOf(3).path, root] }, scene.opened.checkpoint.note),
    ],
    [
      "under another tree's checkpoint",
      async () => formatEntryProof(proofOf(3), await makeNote(scene.ada, 11, merkleRoot([leafHash(root)]))),
    ],
    [
      "under the same tree's checkpoint, signed again with another text",
      async () => formatEntryProof(proofOf(3), Buffer.concat([await makeNote(scene.ada, 11, root), Buffer.from("\n")])),
    ],
    ["that is empty", () => Buffer.alloc(0)],
    ["that is no proof", () => Buffer.from("a report\n\nand more\n")],
  ])("%s is refused by both", async (_, make) => {
    expect(await verdict(await resealed(scene, { [path]: await make() }))).toBe(false);
  });

  it("of an entry of another tree than the manifest's checkpoint is refused by both", async () => {
    const note = await makeNote(scene.ada, 12, merkleRoot([leafHash(root)]));
    const checkpoint = { size: 12, root: merkleRoot([leafHash(root)]) };
    const rooted = Buffer.from(checkpoint.root).toString("base64");
    const archive = await resealed(scene, { "checkpoint.note": note }, (manifest) => ({
      ...manifest,
      checkpoint: { ...manifest.checkpoint, size: 12, root: rooted },
    }));
    expect(await verdict(archive)).toBe(false);
  });
});
