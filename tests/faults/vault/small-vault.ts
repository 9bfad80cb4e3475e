import { createCipheriv, createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVault, type OpenVault, type RandomBytes, type StagedBlob } from "../../../electron/vault/index.ts";
import { KeyRing, memberKeyPairs } from "../../../electron/vault/keys.ts";
import { openVaultWith } from "../../../electron/vault/open-vault.ts";

/** Small vaults with known contents, and a way into them that does not cost a key derivation each time. */

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const founderPassphrase = utf8("correct horse battery staple");
export const secondPassphrase = utf8("hold the door open for Hodor");
/** The least that the vault accepts. */
export const quickKdf = { ops: 3, memory: 64 * 1024 * 1024 };

/** The same bytes each time: SHA-256 of a seed and a counter. */
export function countedRandom(seed: string): RandomBytes {
  let counter = 0;
  return (length) => {
    const blocks: Buffer[] = [];
    for (let made = 0; made < length; made += 32) {
      blocks.push(
        createHash("sha256")
          .update(`${seed} ${String(counter)}`)
          .digest(),
      );
      counter += 1;
    }
    return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
  };
}

/** Bytes that do not compress, the same each time: an AES key stream. */
export function noise(length: number, seed: string): Uint8Array {
  const key = createHash("sha256").update(`noise ${seed}`).digest();
  return new Uint8Array(createCipheriv("aes-256-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(length)));
}

export const snapshotBytes = noise(500, "snapshot");

export async function* inPieces(bytes: Uint8Array, piece = 100_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) {
    await Promise.resolve();
    yield bytes.subarray(at, at + piece);
  }
}

export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "evalvault-faults-"));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** What is in a vault, in a form that two readings can be compared by. */
export interface Contents {
  readonly entries: readonly string[];
  readonly blobs: readonly string[];
}

export interface SmallVault {
  readonly path: string;
  readonly contents: Contents;
  readonly blobIds: readonly string[];
  readonly founderId: string;
  readonly secondId: string;
  /** Opens it, or a copy of it, as its founder, without Argon2id. */
  readonly open: (path?: string) => OpenVault;
}

/** A text of its own for each entry. */
export const entryText = (seq: number): string =>
  `{"id":"${String(seq)}","type":"test","body":"${"x".repeat(seq * 37)}"}`;

export interface SmallVaultShape {
  readonly entries?: number;
  readonly blobs?: readonly number[];
  readonly snapshot?: boolean;
  readonly second?: boolean;
  /** Also a second compartment, with entries under two keys. */
  readonly shared?: boolean;
}

/** Makes a vault, closes it, and says what is in it. */
export async function makeSmallVault(path: string, shape: SmallVaultShape = {}): Promise<SmallVault> {
  const random = countedRandom(path);
  const secrets: Uint8Array[] = [];
  const vault = await createVault(path, {
    label: "Small vault",
    founder: { label: "Lead A", name: "Ada Lovelace", passphrase: founderPassphrase, kdf: quickKdf },
    ...(shape.shared === true ? { compartments: [{ label: "Evaluations" }] } : {}),
    firstEntries: () => [utf8(entryText(0))],
    random: (length) => {
      const bytes = random(length);
      secrets.push(bytes.slice());
      return bytes;
    },
  });
  const [seed, box] = secrets;
  if (seed?.length !== 32 || box?.length !== 32) throw new Error("the founder's keys are not drawn first any more");
  const founderId = vault.memberId;
  for (let seq = 1; seq < (shape.entries ?? 4); seq += 1) vault.append([utf8(entryText(seq))]);
  const blobs: StagedBlob[] = [];
  for (const [index, size] of (shape.blobs ?? [300, 3000]).entries()) {
    blobs.push(await vault.stageBlob(inPieces(noise(size, String(index)))));
  }
  if (blobs.length > 0) vault.append([utf8(entryText(shape.entries ?? 4))], { blobs });
  if (shape.shared === true) {
    vault.append([utf8("shared, under the first key")], { compartment: 2 });
    vault.rotateCompartment({ compartment: 2, entries: [utf8("a new key")] });
    vault.append([utf8("shared, under the second key")], { compartment: 2 });
  }
  const secondId = shape.second === false ? "" : await addSecond(vault);
  if (shape.snapshot !== false) vault.saveSnapshot([{ name: "overview", bytes: snapshotBytes }]);
  const contents = readContents(
    vault,
    blobs.map((blob) => blob.id),
  );
  vault.close();
  const open = (at = path): OpenVault =>
    openVaultWith(at, { memberId: founderId, keys: new KeyRing(memberKeyPairs(seed.slice(), box.slice()).secrets) });
  return { path, contents, blobIds: blobs.map((blob) => blob.id), founderId, secondId, open };
}

async function addSecond(vault: OpenVault): Promise<string> {
  return vault.addMember({
    label: "Evaluator B",
    name: "Grace Hopper",
    passphrase: secondPassphrase,
    kdf: quickKdf,
    entries: [utf8(`{"type":"member-added"}`)],
  });
}

export function readContents(vault: OpenVault, blobIds: readonly string[]): Contents {
  const entries = [...vault.entries(0)].map(
    (entry) => `${entry.author} ${Buffer.from(entry.plaintext ?? []).toString("utf8")}`,
  );
  const blobs = blobIds.map((id) => {
    const blob = vault.blob(id);
    return createHash("sha256").update(blob.read(0, blob.size)).digest("hex");
  });
  return { entries, blobs };
}
