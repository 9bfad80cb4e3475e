import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openSealedReport } from "../../../electron/sealing/open.ts";
import { sealReport } from "../../../electron/sealing/seal.ts";
import { checkEntryProof, formatEntryProof, type EntryProof } from "../../../electron/sealing/tlog-proof.ts";
import { inclusionProof, leafHash, merkleRoot } from "../../../electron/vault/merkle.ts";
import {
  failureOf,
  makeNote,
  makeReader,
  makeSigner,
  sealRequest,
  withFolder,
} from "../../integration/sealing/sealing-fixture.ts";

const leaves = (count: number): Uint8Array[] => Array.from({ length: count }, (_, at) => leafHash(Buffer.from([at])));
const at = (list: readonly Uint8Array[], index: number): Uint8Array => list[index] ?? new Uint8Array(0);
const proofOf = (list: readonly Uint8Array[], index: number): EntryProof => ({
  name: `entry-${String(index)}`,
  index,
  leaf: at(list, index),
  path: inclusionProof(list, index),
});

describe("proofs of journal entries", () => {
  it("go round, and lead to the root from every leaf of every small tree", async () => {
    const signer = await makeSigner("Ada");
    for (let size = 1; size <= 20; size += 1) {
      const list = leaves(size);
      const note = await makeNote(signer, size, merkleRoot(list));
      for (let index = 0; index < size; index += 1) {
        const proof = proofOf(list, index);
        expect(checkEntryProof(`proofs/${proof.name}.tlog-proof`, formatEntryProof(proof, note), note)).toEqual(proof);
      }
    }
  });

  it("are text of the published form", async () => {
    const list = leaves(3);
    const note = await makeNote(await makeSigner("Ada"), 3, merkleRoot(list));
    const text = Buffer.from(formatEntryProof(proofOf(list, 1), note)).toString();
    const hash = "[A-Za-z0-9+/]{43}=";
    expect(text).toMatch(new RegExp(`^c2sp.org/tlog-proof@v1\nextra ${hash}\nindex 1\n${hash}\n${hash}\n\n`));
    expect(text.endsWith(`\n\n${Buffer.from(note).toString()}`)).toBe(true);
  });

  it("are refused after any byte was changed, or with any part that is not theirs", async () => {
    const list = leaves(11);
    const signer = await makeSigner("Ada");
    const note = await makeNote(signer, 11, merkleRoot(list));
    const path = "proofs/entry-5.tlog-proof";
    const good = Buffer.from(formatEntryProof(proofOf(list, 5), note));
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const other = Buffer.from(good);
        other.writeUInt8(other.readUInt8(place) ^ change, place);
        expect(() => checkEntryProof(path, other, note)).toThrow(/cannot be used/);
      }),
      { numRuns: 500 },
    );
    const proof = proofOf(list, 5);
    const wrong: EntryProof[] = [
      { ...proof, index: 4 },
      { ...proof, index: 11 },
      { ...proof, leaf: at(list, 4) },
      { ...proof, path: proof.path.slice(1) },
      { ...proof, path: [...proof.path, at(list, 0)] },
      { ...proof, path: [...proof.path].reverse() },
      { ...proof, leaf: new Uint8Array(31) },
    ];
    for (const bad of wrong) expect(() => checkEntryProof(path, formatEntryProof(bad, note), note)).toThrow();
    const otherNote = await makeNote(signer, 12, merkleRoot(list));
    expect(() => checkEntryProof(path, formatEntryProof(proof, otherNote), note)).toThrow(/another checkpoint/);
    expect(() => checkEntryProof("proofs/x.txt", good, note)).toThrow(/file name/);
    expect(() => checkEntryProof(path, formatEntryProof(proofOf(list, 4), note), note)).toThrow(/it is one of entry 4/);
    expect(() => checkEntryProof("proofs/any.tlog-proof", good, note)).toThrow(/it is one of entry 5/);
  });

  it("are sealed and opened with the report, and a wrong one is not sealed", () =>
    withFolder(async (folder) => {
      const list = leaves(7);
      const [reader, ada] = [await makeReader(), await makeSigner("Ada")];
      const path = join(folder, "EV.sealed");
      const request = {
        ...(await sealRequest(path, [{ key: reader.key }], [ada])),
        checkpointNote: await makeNote(ada, 7, merkleRoot(list)),
      };
      const proofs = [proofOf(list, 6), proofOf(list, 2)];
      const wrong = await failureOf(sealReport({ ...request, proofs: [{ ...proofOf(list, 2), index: 3 }] }));
      expect(wrong).toMatchObject({ code: "proof-invalid", params: { name: "entry-2" } });
      const sneaked = { path: "proofs/any.txt", bytes: Buffer.from("x") };
      expect((await failureOf(sealReport({ ...request, members: [sneaked] }))).code).toBe("member-path-invalid");
      await sealReport({ ...request, proofs });
      const opened = await openSealedReport({ path, keys: { identities: [reader.keyFile] } });
      expect(opened.proofs).toEqual([proofOf(list, 2), proofOf(list, 6)]);
      expect(opened.manifest.members.map((member) => member.path)).toContain("proofs/entry-2.tlog-proof");
    }));
});
