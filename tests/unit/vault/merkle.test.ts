import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CompactRange,
  consistencyProof,
  inclusionProof,
  leafHash,
  merkleRoot,
  nodeHash,
  verifyConsistency,
  verifyInclusion,
} from "../../../electron/vault/merkle.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
const sha256Length = 32;

/** Inputs and roots of the certificate-transparency project's Merkle tree tests (RFC 6962 §2.1.3 uses the same shapes). */
const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map(
  (text) => leafHash(bytes(text)),
);
const roots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/** RFC 6962 §2.1 word for word, slow: what the fast code must agree with. */
function rootByDefinition(hashes: readonly Uint8Array[]): Uint8Array {
  const [only] = hashes;
  if (only !== undefined && hashes.length === 1) return only;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return nodeHash(rootByDefinition(hashes.slice(0, split)), rootByDefinition(hashes.slice(split)));
}

const numbered = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, index) => leafHash(Uint8Array.of(index >> 8, index & 255)));

const flipped = (hash: Uint8Array, bit: number): Uint8Array => {
  const copy = Uint8Array.from(hash);
  copy[(bit >> 3) % sha256Length] = (copy[(bit >> 3) % sha256Length] ?? 0) ^ (1 << (bit & 7));
  return copy;
};

describe("RFC 6962 Merkle tree", () => {
  it("hashes nothing to SHA-256 of nothing", () => {
    expect(hex(merkleRoot([]))).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  it.each(roots.map((root, index) => [index + 1, root] as const))(
    "has the published root of %i leaves",
    (size, root) => {
      expect(hex(merkleRoot(leaves.slice(0, size)))).toBe(root);
    },
  );

  it("gives the published audit paths", () => {
    expect(inclusionProof(leaves, 0).map(hex)).toEqual([
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]);
    expect(inclusionProof(leaves, 5).map(hex)).toEqual([
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
  });

  it("gives the published consistency proof from 6 to 8 leaves", () => {
    expect(consistencyProof(leaves, 6).map(hex)).toEqual([
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
  });

  it("agrees with the definition and with its own compact range at every size", () => {
    const all = numbered(70);
    const range = new CompactRange();
    for (let size = 1; size <= all.length; size += 1) {
      range.append(all[size - 1] ?? new Uint8Array());
      const root = hex(rootByDefinition(all.slice(0, size)));
      expect(hex(range.root())).toBe(root);
      const decoded = CompactRange.decode(size, range.encode());
      expect(decoded === null ? null : hex(decoded.root())).toBe(root);
      expect(CompactRange.decode(size + 1, range.encode())?.size ?? null).toBe(
        bits(size) === bits(size + 1) ? size + 1 : null,
      );
    }
  });
});

const bits = (value: number): number => value.toString(2).replaceAll("0", "").length;

describe("proofs, by property", () => {
  it("every inclusion proof verifies; no altered claim does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 130 }), fc.nat(), fc.nat(), (size, pick, bit) => {
        const all = numbered(size);
        const index = pick % size;
        const claim = { leaf: all[index] ?? new Uint8Array(), index, size, root: merkleRoot(all) };
        const proof = inclusionProof(all, index);
        expect(verifyInclusion(claim, proof)).toBe(true);
        expect(verifyInclusion({ ...claim, leaf: flipped(claim.leaf, bit) }, proof)).toBe(false);
        expect(verifyInclusion({ ...claim, root: flipped(claim.root, bit) }, proof)).toBe(false);
        expect(verifyInclusion({ ...claim, index: index + size }, proof)).toBe(false);
        expect(verifyInclusion(claim, [...proof, claim.root])).toBe(false);
        if (proof.length > 0) {
          expect(verifyInclusion(claim, proof.slice(1))).toBe(false);
          const at = pick % proof.length;
          expect(verifyInclusion(claim, proof.with(at, flipped(proof[at] ?? claim.root, bit)))).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("every consistency proof verifies; no altered one does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 130 }), fc.nat(), fc.nat(), (size, pick, bit) => {
        const all = numbered(size);
        const smaller = pick % (size + 1);
        const earlier = { size: smaller, root: merkleRoot(all.slice(0, smaller)) };
        const later = { size, root: merkleRoot(all) };
        const proof = consistencyProof(all, smaller);
        expect(verifyConsistency(earlier, later, proof)).toBe(true);
        expect(verifyConsistency({ ...earlier, root: flipped(earlier.root, bit) }, later, proof)).toBe(false);
        expect(verifyConsistency(earlier, later, [...proof, later.root])).toBe(false);
        if (smaller > 0) {
          expect(verifyConsistency(earlier, { ...later, root: flipped(later.root, bit) }, proof)).toBe(false);
        }
        if (proof.length > 0) expect(verifyConsistency(earlier, later, proof.slice(0, -1))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it("a forked history has no proof", () => {
    const ours = numbered(40);
    const theirs = ours.with(12, leafHash(Uint8Array.of(1, 2, 3)));
    const later = { size: 40, root: merkleRoot(theirs) };
    for (let size = 13; size < 40; size += 1) {
      const earlier = { size, root: merkleRoot(ours.slice(0, size)) };
      expect(verifyConsistency(earlier, later, consistencyProof(theirs, size))).toBe(false);
      expect(verifyConsistency(earlier, later, consistencyProof(ours, size))).toBe(false);
    }
  });
});
