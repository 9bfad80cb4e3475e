import "../kill/quick-argon2.ts";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createVault, unlockVault, VaultError, verifyVault, type OpenVault } from "../../../electron/vault/index.ts";
import { sha256 } from "../kill/vault-tale.ts";
import { inPieces, noise, temporaryFolder, utf8 } from "./small-vault.ts";
import { swap, tamperedCopy } from "./sql-tampering.ts";

/**
 * Rows moved between compartments and epochs, keys of an old epoch and the slot of a removed member put back. Verifying
 * names it without a passphrase; no member reads anything but what was written for them; nobody who was removed comes in.
 */

const folder = temporaryFolder();
const path = join(folder.path, "a.evault");
const older = join(folder.path, "older.evault");
const other = join(folder.path, "b.evault");
const people = ["Ada", "Grace", "Margaret"] as const;
type Person = (typeof people)[number];
/** What each of them reads, where nothing was done to the vault. */
const contents = new Map<Person, string>();
let blobIds: readonly string[] = [];

const open = (at: string, name: Person): Promise<OpenVault> =>
  unlockVault(at, { member: { name }, passphrase: utf8(`${name} opens it`) });

async function addMember(vault: OpenVault, name: Person, compartments: readonly number[]): Promise<string> {
  const passphrase = utf8(`${name} opens it`);
  return vault.addMember({
    label: `Evaluator ${name}`,
    name,
    passphrase,
    compartments,
    entries: [utf8(`${name} joins`)],
  });
}

async function stageInto(vault: OpenVault, compartment: number, seed: string): Promise<string> {
  const blob = await vault.stageBlob(inPieces(noise(300_000, seed)), { compartment });
  vault.append([utf8(`evidence ${seed}`)], { blobs: [blob], compartment });
  return blob.id;
}

/** Ada founds and holds all, Grace does not hold compartment 3, Margaret held all until she was removed. */
async function makeVault(at: string, before: string): Promise<string[]> {
  const vault = await createVault(at, {
    label: "Spliced",
    founder: { label: "Lead Ada", name: "Ada", passphrase: utf8("Ada opens it") },
    compartments: [{ label: "Evaluations" }, { label: "Apart" }],
    firstEntries: () => [utf8("founded")],
    sharedEntries: () => [utf8("first evaluation")],
  });
  await addMember(vault, "Grace", [1, 2]);
  const margaret = await addMember(vault, "Margaret", [1, 2, 3]);
  vault.append([utf8("shared words, as long")], { compartment: 2 });
  vault.append([utf8("secret words, as long")], { compartment: 3 });
  const ids = [await stageInto(vault, 2, "shared"), await stageInto(vault, 3, "apart")];
  vault.saveSnapshot([{ name: "overview", bytes: noise(500, "overview") }]);
  vault.close();
  copyFileSync(at, before);
  const again = await open(at, "Ada");
  again.removeMember({ member: margaret, entries: [utf8("Margaret leaves")] });
  again.append([utf8("shared words, after her")], { compartment: 2 });
  again.append([utf8("secret words, after her")], { compartment: 3 });
  again.close();
  return ids;
}

/** Everything that a member reads; null where it is sealed. */
function readAll(vault: OpenVault): string {
  const entries = [...vault.entries(0)].map(({ author, plaintext }) =>
    plaintext === null ? null : `${author} ${Buffer.from(plaintext).toString("utf8")}`,
  );
  const blobs = blobIds.map((id) => {
    try {
      const blob = vault.blob(id);
      return `${blob.sha256} ${sha256(blob.read(0, blob.size))}`;
    } catch (error) {
      if (error instanceof VaultError && error.code === "no-such-compartment") return null;
      throw error;
    }
  });
  // A cache: it may be gone, never another's.
  const overview = vault.loadSnapshot()?.parts.map((part) => sha256(part.bytes)) ?? [];
  expect([[], [sha256(noise(500, "overview"))]]).toContainEqual(overview);
  return JSON.stringify({ entries, blobs });
}

async function reading(at: string, name: Person): Promise<string> {
  try {
    const vault = await open(at, name);
    try {
      return readAll(vault);
    } finally {
      vault.close();
    }
  } catch (error) {
    if (error instanceof VaultError) return error.code;
    throw error;
  }
}

beforeAll(async () => {
  blobIds = await makeVault(path, older);
  await makeVault(other, join(folder.path, "b-older.evault"));
  for (const name of people) contents.set(name, await reading(path, name));
});
afterAll(() => {
  folder.remove();
});

const tampered = (statements: readonly string[]): string =>
  tamperedCopy(path, join(folder.path, "tampered.evault"), { older, other }, statements);

const put = (table: string, columns: string, from: string, to: string): string =>
  `UPDATE main.${table} SET (${columns}) = (SELECT ${columns} FROM ${from}) WHERE ${to}`;
/** The first entry of a compartment and epoch. */
const entryOf = (compartment: number, epoch: number): string =>
  `(SELECT min(seq) FROM main.entry WHERE compartment = ${String(compartment)} AND epoch = ${String(epoch)})`;
const blobOf = (compartment: number): string =>
  `(SELECT store FROM main.blob WHERE compartment = ${String(compartment)})`;
const keysBack =
  "INSERT INTO main.compartment_key SELECT number + 100, compartment, epoch, member, sealed FROM older.compartment_key";
const slotBack = "INSERT INTO main.slot SELECT * FROM older.slot WHERE number NOT IN (SELECT number FROM main.slot)";
const tableBack = (table: string): string[] => [
  `DELETE FROM main.${table}`,
  `INSERT INTO main.${table} SELECT * FROM older.${table}`,
];

const tamperings: readonly (readonly [string, readonly string[]])[] = [
  ["entries of two compartments swapped", swap("entry", "seq", ["nonce", "ciphertext"], entryOf(2, 1), entryOf(3, 1))],
  [
    "entries of two compartments swapped with their compartments",
    swap("entry", "seq", ["compartment", "epoch", "nonce", "ciphertext"], entryOf(2, 1), entryOf(3, 1)),
  ],
  [
    "an entry said to be of another compartment",
    [`UPDATE main.entry SET compartment = 2 WHERE seq = ${entryOf(3, 1)}`],
  ],
  ["entries of two epochs swapped", swap("entry", "seq", ["nonce", "ciphertext"], entryOf(2, 1), entryOf(2, 2))],
  ["an entry said to be of an old epoch", [`UPDATE main.entry SET epoch = 1 WHERE seq = ${entryOf(2, 2)}`]],
  [
    "an entry of another vault's compartment",
    [put("entry", "nonce, ciphertext", "other.entry WHERE seq = 5", "seq = 5")],
  ],
  [
    "an old entry repeated at the end",
    [
      "INSERT INTO main.entry SELECT (SELECT max(seq) + 1 FROM main.entry), compartment, epoch, nonce, ciphertext FROM older.entry WHERE seq = 4",
    ],
  ],
  ["the entries as they were", [...tableBack("entry")]],
  ["the entries and checkpoints as they were", [...tableBack("entry"), ...tableBack("checkpoint")]],
  ["blobs of two compartments swapped", swap("blob", "store", ["nonce", "head"], blobOf(2), blobOf(3))],
  [
    "blobs of two compartments swapped with their compartments",
    swap("blob", "store", ["id", "compartment", "epoch", "nonce", "head"], blobOf(2), blobOf(3)),
  ],
  ["a blob said to be of another compartment", [`UPDATE main.blob SET compartment = 2 WHERE compartment = 3`]],
  [
    "chunks of two compartments' blobs swapped",
    swap("blob_chunk", "chunk", ["nonce", "ciphertext"], `(${blobOf(2)} * 1048576)`, `(${blobOf(3)} * 1048576)`),
  ],
  [
    "a compartment's key in the place of another's",
    [
      "UPDATE main.compartment_key SET sealed = (SELECT k.sealed FROM main.compartment_key k WHERE k.compartment = 3 AND k.epoch = 1 AND k.member = (SELECT id FROM main.member WHERE number = 1)) WHERE compartment = 2 AND epoch = 1 AND member = (SELECT id FROM main.member WHERE number = 1)",
    ],
  ],
  [
    "a key said to be of another compartment, for who does not hold it",
    [
      "INSERT INTO main.compartment_key SELECT 99, 3, epoch, member, sealed FROM main.compartment_key WHERE compartment = 2 AND member = (SELECT id FROM main.member WHERE number = 2) AND epoch = 1",
    ],
  ],
  [
    "the keys of the removed member put back",
    [`${keysBack} WHERE member = (SELECT id FROM main.member WHERE number = 3)`],
  ],
  ["the slot of the removed member put back", [slotBack]],
  [
    "slot and keys of the removed member put back",
    [slotBack, `${keysBack} WHERE member = (SELECT id FROM main.member WHERE number = 3)`],
  ],
  ["slots, keys and epochs as they were", ["slot", "compartment", "compartment_key"].flatMap(tableBack)],
  ["the epoch put back to the old one", [...tableBack("compartment")]],
  [
    "the new epoch's keys removed, the old ones put back",
    [
      "DELETE FROM main.compartment_key WHERE epoch = 2",
      `${keysBack} WHERE epoch = 1 AND number + 100 NOT IN (SELECT number FROM main.compartment_key)`,
    ],
  ],
  ["a compartment of another vault's name", ["UPDATE main.compartment SET label = 'Apart, too' WHERE id = 3"]],
  ["a compartment more", ["INSERT INTO main.compartment VALUES (4, 'Hidden', 1)"]],
  [
    "the removed member's snapshot of the lead's",
    ["UPDATE main.snapshot SET member = (SELECT id FROM main.member WHERE number = 2)"],
  ],
];

describe("rows moved between compartments, epochs and times", () => {
  it("nothing: the same handling leaves the vault whole, and each reads their own", async () => {
    const at = tampered([]);
    expect(await verifyVault(at)).toMatchObject({ ok: true, problems: [] });
    for (const name of people) expect(await reading(at, name)).toBe(contents.get(name));
    expect(contents.get("Margaret")).toBe("wrong-passphrase");
    const [ada, grace] = [contents.get("Ada") ?? "", contents.get("Grace") ?? ""];
    expect(ada).toContain("secret words, after her");
    expect(grace).toContain("shared words, after her");
    expect(grace).not.toContain("secret words");
  });

  it.each(tamperings)("%s: named by verify, read by nobody as something else", async (_, statements) => {
    const at = tampered(statements);
    const { ok, problems } = await verifyVault(at);
    expect(ok).toBe(false);
    expect(problems.length).toBeGreaterThan(0);
    for (const name of ["Ada", "Grace"] as const) {
      const read = await reading(at, name);
      if (read !== "damaged") expect(read, name).toBe(contents.get(name));
    }
    expect(await reading(at, "Margaret")).toMatch(/^(wrong-passphrase|damaged)$/);
  });
});

describe("the vault as it was before somebody was removed", () => {
  it("is whole and opens for them: it is for anchors to object", async () => {
    expect(await verifyVault(older)).toMatchObject({ ok: true });
    expect(await reading(older, "Margaret")).toContain("secret words, as long");
    expect(await reading(older, "Margaret")).not.toContain("after her");
  });
});
