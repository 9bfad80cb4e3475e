import { createHash, createPublicKey, verify as verifySignature } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import Database from "better-sqlite3";
import sodium from "libsodium-wrappers-sumo";

/**
 * A reader of vaults that shares no code with EvalVault: written from docs/vault-format.md alone, with a SQLite library,
 * libsodium's primitives, and Node's SHA-256, Ed25519 and inflate. Where it and the product disagree, one of the document, the product
 * and this file is wrong.
 */

await sodium.ready;

type Field = Uint8Array | string | number | null;
type Cells = Readonly<Record<string, unknown>>;

export interface StrangerReading {
  readonly vaultId: string;
  readonly label: string;
  /** `content` is null where it is sealed to this reader. */
  readonly entries: readonly { readonly author: string; readonly content: string | null }[];
  /** Those that this reader has a key for. */
  readonly blobs: ReadonlyMap<string, Buffer>;
  readonly checkpoints: number;
  readonly newestNote: string;
}

export interface StrangerSecrets {
  readonly name: string;
  readonly passphrase: string;
  readonly keyFile: Uint8Array | null;
  /** A key backup, in place of the slot; the passphrase is then the backup's. */
  readonly backup?: Uint8Array;
}

function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`stranger: ${what}`);
  return value;
}

function demand(condition: boolean, what: string): void {
  if (!condition) throw new Error(`stranger: ${what}`);
}

// §1.1
function pack(...fields: readonly Field[]): Buffer {
  return Buffer.concat(
    fields.map((field) => {
      if (field === null) return Buffer.from("n");
      if (typeof field === "number") {
        const number = Buffer.alloc(9, "i");
        number.writeBigUInt64BE(BigInt(field), 1);
        return number;
      }
      const bytes = Buffer.from(field);
      const head = Buffer.alloc(5, typeof field === "string" ? "s" : "b");
      head.writeUInt32BE(bytes.length, 1);
      return Buffer.concat([head, bytes]);
    }),
  );
}

// §1.2
function unframe(frame: Uint8Array): Buffer {
  const bytes = Buffer.from(frame);
  const original = bytes.readUInt32BE(1);
  const payload = bytes.subarray(9, 9 + bytes.readUInt32BE(5));
  demand(payload.length === bytes.readUInt32BE(5) && bytes[0] !== undefined && bytes[0] < 2, "a frame is malformed");
  const content = bytes[0] === 0 ? payload : inflateRawSync(payload);
  demand(content.length === original, "a frame does not have its length");
  return content;
}

const sha256 = (...parts: readonly Uint8Array[]): Buffer => createHash("sha256").update(Buffer.concat(parts)).digest();

const blake2b = (length: number, message: Uint8Array, key: Uint8Array | null = null): Uint8Array =>
  sodium.crypto_generichash(length, message, key);

const open = (key: Uint8Array, nonce: Uint8Array, place: Uint8Array, sealed: Uint8Array): Uint8Array =>
  sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, place, nonce, key);

function signed(text: Uint8Array, signature: Uint8Array, ed25519: Uint8Array): boolean {
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), ed25519]);
  return verifySignature(null, text, createPublicKey({ key: der, format: "der", type: "spki" }), signature);
}

// RFC 6962 §2.1, from the definition.
function root(leaves: readonly Buffer[]): Buffer {
  if (leaves.length < 2) return leaves[0] ?? sha256();
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.of(1), root(leaves.slice(0, split)), root(leaves.slice(split)));
}

const leaf = (data: Uint8Array): Buffer => sha256(Buffer.of(0), data);

class Cell {
  readonly #cells: Cells;
  constructor(raw: unknown) {
    demand(typeof raw === "object" && raw !== null, "a row is missing");
    this.#cells = Object.fromEntries(Object.entries(raw ?? {}));
  }
  n(name: string): number {
    const value = this.#cells[name];
    if (typeof value !== "number") throw new Error(`stranger: ${name} is no number`);
    return value;
  }
  t(name: string): string {
    const value = this.#cells[name];
    if (typeof value !== "string") throw new Error(`stranger: ${name} is no text`);
    return value;
  }
  b(name: string): Buffer {
    const value = this.#cells[name];
    if (!(value instanceof Uint8Array)) throw new Error(`stranger: ${name} is no bytes`);
    return Buffer.from(value);
  }
  cell(name: string): Cell {
    return new Cell(this.#cells[name]);
  }
  hex(name: string): string {
    return this.b(name).toString("hex");
  }
  all(): Field[] {
    return Object.values(this.#cells).map((value) => {
      if (typeof value === "number" || typeof value === "string" || value instanceof Uint8Array) return value;
      throw new Error("stranger: a value of no kind");
    });
  }
}

interface NoteText {
  readonly size: number;
  readonly root: string;
  readonly outer: string;
  readonly blobs: number;
  readonly blobRoot: string;
  readonly previous: string;
}

// §3, the key of a slot and of a backup
function wrappingKey(
  secrets: StrangerSecrets,
  cost: { readonly salt: Uint8Array; readonly ops: number; readonly memory: number },
): Uint8Array {
  const algorithm = sodium.crypto_pwhash_ALG_ARGON2ID13;
  const stretched = sodium.crypto_pwhash(32, secrets.passphrase, cost.salt, cost.ops, cost.memory, algorithm);
  const file = secrets.keyFile === null ? null : blake2b(64, secrets.keyFile);
  return blake2b(32, pack("evalvault/1/slot-key", file), stretched);
}

class StrangerVault {
  readonly #database: Database.Database;
  readonly #members: readonly Cell[];
  readonly #vault: Cell;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#vault = must(this.rows("vault")[0], "no vault row");
    this.#members = this.rows("member");
  }

  get id(): Buffer {
    return this.#vault.b("id");
  }

  get label(): string {
    return this.#vault.t("label");
  }

  rows(table: string): Cell[] {
    return this.#database
      .prepare(`SELECT * FROM ${table} ORDER BY 1`)
      .all()
      .map((row) => new Cell(row));
  }

  // §3
  checkMembers(): void {
    const founder = must(this.#members[0], "no founder");
    const keys = [founder.b("id"), founder.b("ed25519"), founder.b("x25519")];
    demand(
      sha256(pack("evalvault/1/vault", ...keys, this.#vault.b("nonce"))).equals(this.id),
      "not this founder's vault",
    );
    const known = new Map([[founder.hex("id"), founder]]);
    for (const member of this.#members) {
      const adder = must(known.get(member.hex("added_by")), "a member was added by nobody");
      const fields = ["id", "ed25519", "x25519", "added_by"].map((name) => member.b(name));
      const statement = pack("evalvault/1/member", this.id, ...fields);
      demand(signed(statement, member.b("signature"), adder.b("ed25519")), "a member is not signed");
      known.set(member.hex("id"), member);
    }
  }

  // §5
  outerDigest(): string {
    const fields = ["vault", "member", "slot", "compartment", "compartment_key"].flatMap((table) => {
      const rows = this.rows(table);
      return [table, rows.length, ...rows.flatMap((row) => row.all())];
    });
    return sha256(pack("evalvault/1/outer", ...fields)).toString("hex");
  }

  checkNote(checkpoint: Cell): NoteText {
    const note = checkpoint.t("note");
    const [text = "", signature = ""] = note.split("\n\n");
    const lines = text.split("\n");
    const [, name = "", blob = ""] = must(/^— (\S+) (\S+)\n$/.exec(signature), "no signature line");
    const signer = must(
      this.#members.find((member) => member.hex("id") === name),
      "signed by no member",
    );
    const bytes = Buffer.from(blob, "base64");
    const keyHash = sha256(Buffer.from(name), Buffer.of(10, 1), signer.b("ed25519")).subarray(0, 4);
    demand(keyHash.equals(bytes.subarray(0, 4)) && checkpoint.hex("signer") === name, "another key's signature");
    demand(signed(Buffer.from(`${text}\n`), bytes.subarray(4), signer.b("ed25519")), "a note's signature is wrong");
    demand(lines.length === 7 && lines[0] === `evalvault/${this.id.toString("hex")}`, "a note of another vault");
    const [blobs = "", blobRoot = ""] = (lines[4] ?? "").replace("blobs ", "").split(" ");
    return {
      size: Number(lines[1]),
      root: lines[2] ?? "",
      outer: (lines[3] ?? "").replace("outer ", ""),
      blobs: Number(blobs),
      blobRoot,
      previous: (lines[5] ?? "").replace("previous ", ""),
    };
  }

  /** Checks every checkpoint; gives back the author of each entry. */
  checkCheckpoints(entryLeaves: readonly Buffer[], blobLeaves: readonly Buffer[]): string[] {
    const authors: string[] = [];
    let previous = "0".repeat(64);
    let newest: NoteText | null = null;
    for (const [index, checkpoint] of this.rows("checkpoint").entries()) {
      const text = this.checkNote(checkpoint);
      demand(checkpoint.n("number") === index + 1 && checkpoint.n("size") === text.size, "a checkpoint out of order");
      demand(text.previous === previous, "a checkpoint does not follow the one before");
      demand(root(entryLeaves.slice(0, text.size)).toString("base64") === text.root, "an entries' root is wrong");
      demand(root(blobLeaves.slice(0, text.blobs)).toString("base64") === text.blobRoot, "a blobs' root is wrong");
      while (authors.length < text.size) authors.push(checkpoint.hex("signer"));
      previous = sha256(Buffer.from(checkpoint.t("note"))).toString("hex");
      newest = text;
    }
    const last = must(newest, "no checkpoint");
    demand(last.size === entryLeaves.length && last.blobs === blobLeaves.length, "something is under no checkpoint");
    demand(last.outer === this.outerDigest(), "the outer tables are not the signed ones");
    return authors;
  }

  // §3, a slot
  openSlot(secrets: StrangerSecrets): { member: Buffer; plain: Uint8Array } {
    const name = secrets.name.normalize("NFKC").trim().toLowerCase();
    const tag = Buffer.from(blake2b(32, pack("evalvault/1/name", name), this.id));
    const slot = must(
      this.rows("slot").find((row) => row.b("name_tag").equals(tag)),
      "nobody of that name",
    );
    const [ops, memory] = [slot.n("ops"), slot.n("memory")];
    const key = wrappingKey(secrets, { salt: slot.b("salt"), ops, memory });
    const facts = [slot.b("member"), ops, memory, slot.b("salt"), slot.n("key_file")];
    const plain = open(key, slot.b("nonce"), pack("evalvault/1/slot", this.id, ...facts), slot.b("wrapped"));
    return { member: slot.b("member"), plain };
  }

  // §3.2
  openBackup(secrets: StrangerSecrets, bytes: Uint8Array): { member: Buffer; plain: Uint8Array } {
    const file = new Cell(JSON.parse(Buffer.from(bytes).toString("utf8")));
    demand(file.t("form") === "EvalVault key backup, format 1", "no key backup");
    demand(file.t("vault") === this.id.toString("hex"), "a backup of another vault");
    const member = Buffer.from(file.t("member"), "hex");
    demand(
      this.rows("slot").some((row) => row.b("member").equals(member)),
      "a removed member's backup",
    );
    const cost = file.cell("argon2id");
    const [ops, memory, salt] = [cost.n("passes"), cost.n("memory"), Buffer.from(cost.t("salt"), "base64")];
    const key = wrappingKey({ ...secrets, keyFile: null }, { salt, ops, memory });
    const place = pack("evalvault/1/key-backup", this.id, member, file.t("label"), ops, memory, salt);
    const [nonce, wrapped] = [Buffer.from(file.t("nonce"), "base64"), Buffer.from(file.t("wrapped"), "base64")];
    return { member, plain: open(key, nonce, place, wrapped) };
  }

  // §3
  compartmentKeys(secrets: StrangerSecrets): Map<string, Uint8Array> {
    const { backup } = secrets;
    const { member, plain } = backup === undefined ? this.openSlot(secrets) : this.openBackup(secrets, backup);
    const box = plain.subarray(32);
    const keys = new Map<string, Uint8Array>();
    for (const row of this.rows("compartment_key")) {
      if (!row.b("member").equals(member)) continue;
      const [compartment, epoch] = [row.n("compartment"), row.n("epoch")];
      const opened = sodium.crypto_box_seal_open(row.b("sealed"), sodium.crypto_scalarmult_base(box), box);
      const purpose = sha256(pack("evalvault/1/compartment-key", this.id, compartment, epoch));
      demand(purpose.equals(opened.subarray(32)), "a key for another compartment");
      keys.set(`${String(compartment)} ${String(epoch)}`, opened.subarray(0, 32));
    }
    return keys;
  }

  // §4
  chunks(blob: Cell): Cell[] {
    const first = BigInt(blob.n("store")) * 2n ** 20n;
    return Array.from(
      { length: blob.n("chunks") },
      (_, index) =>
        new Cell(this.#database.prepare("SELECT * FROM blob_chunk WHERE chunk = ?").get(first + BigInt(index))),
    );
  }

  readBlob(blob: Cell, key: Uint8Array): Buffer {
    const place = [this.id, blob.n("compartment"), blob.n("epoch"), blob.b("id")];
    const head = Buffer.from(open(key, blob.b("nonce"), pack("evalvault/1/blob-head", ...place), blob.b("head")));
    const chunks = this.chunks(blob);
    const content = Buffer.concat(
      chunks.map((chunk, index) => {
        const last = index === chunks.length - 1 ? 1 : 0;
        const chunkPlace = pack("evalvault/1/blob-chunk", ...place, index, last);
        return unframe(open(key, chunk.b("nonce"), chunkPlace, chunk.b("ciphertext")));
      }),
    );
    demand(content.length === Number(head.readBigUInt64BE()), "a blob does not have its size");
    demand(sha256(content).equals(head.subarray(8, 40)), "a blob does not have its hash");
    demand(chunks.length === Math.ceil(content.length / head.readUInt32BE(40)), "a blob does not have its chunks");
    return content;
  }

  blobLeaf(blob: Cell, position: number): Buffer {
    const digests = this.chunks(blob).map((chunk, index) =>
      sha256(pack("evalvault/1/blob-chunk-digest", index, chunk.b("nonce"), chunk.b("ciphertext"))),
    );
    demand(blob.n("position") === position && sha256(...digests).equals(blob.b("digest")), "a blob's chunks are wrong");
    const facts = [position, blob.n("store"), blob.b("id"), blob.n("compartment"), blob.n("epoch"), blob.n("chunks")];
    return leaf(pack("evalvault/1/blob-leaf", ...facts, blob.b("digest"), blob.b("nonce"), blob.b("head")));
  }
}

// §3.1
function checkEpochs(entries: readonly Cell[]): void {
  const newest = new Map<number, number>();
  for (const entry of entries) {
    const [compartment, epoch] = [entry.n("compartment"), entry.n("epoch")];
    demand(epoch >= (newest.get(compartment) ?? 1), "an entry is under a retired key");
    newest.set(compartment, epoch);
  }
}

function entryLeaf(entry: Cell, seq: number): Buffer {
  demand(entry.n("seq") === seq, "an entry is missing");
  const facts = [seq, entry.n("compartment"), entry.n("epoch"), entry.b("nonce"), entry.b("ciphertext")];
  return leaf(pack("evalvault/1/entry-leaf", ...facts));
}

/** Reads a closed vault by docs/vault-format.md: §6 and §7 without the page level. Throws where anything is not right. */
export function readByTheDocument(path: string, secrets: StrangerSecrets): StrangerReading {
  const database = new Database(path, { fileMustExist: true });
  try {
    demand(database.pragma("user_version", { simple: true }) === 1, "not format 1");
    demand(database.pragma("application_id", { simple: true }) === 0x45564c54, "not a vault");
    const vault = new StrangerVault(database);
    vault.checkMembers();
    const entries = vault.rows("entry");
    const blobs = vault.rows("blob").sort((left, right) => left.n("position") - right.n("position"));
    const authors = vault.checkCheckpoints(
      entries.map(entryLeaf),
      blobs.map((blob, position) => vault.blobLeaf(blob, position)),
    );
    const keys = vault.compartmentKeys(secrets);
    const keyOf = (row: Cell): Uint8Array | null =>
      keys.get(`${String(row.n("compartment"))} ${String(row.n("epoch"))}`) ?? null;
    checkEpochs(entries);
    const newest = must(vault.rows("checkpoint").at(-1), "no checkpoint");
    return {
      vaultId: vault.id.toString("hex"),
      label: vault.label,
      entries: entries.map((entry, seq) => {
        const place = pack("evalvault/1/entry", vault.id, entry.n("compartment"), entry.n("epoch"), seq);
        const key = keyOf(entry);
        const opened = key === null ? null : unframe(open(key, entry.b("nonce"), place, entry.b("ciphertext")));
        return { author: must(authors[seq], "an entry without author"), content: opened?.toString("utf8") ?? null };
      }),
      blobs: new Map(
        blobs.flatMap((blob) => {
          const key = keyOf(blob);
          return key === null ? [] : [[blob.hex("id"), vault.readBlob(blob, key)] as const];
        }),
      ),
      checkpoints: newest.n("number"),
      newestNote: newest.t("note"),
    };
  } finally {
    database.close();
  }
}
