#!/usr/bin/env node
// @ts-check
/**
 * Verifies an EvalVault vault without a passphrase, or a decrypted sealed report. One file, no dependency but Node 18 or
 * later; it reads, and writes nothing. Made from docs/vault-format.md, docs/sealed-report.md and the published formats
 * that they name (SQLite's file format, RFC 6962, C2SP notes and proofs, minisign), sharing no code with EvalVault: what
 * both find right was found right twice. docs/verifier.md says how to use it and what its verdict means.
 *
 *     node evalvault-verify.mjs [--json] [--against FILE]… NAME.evault
 *     node evalvault-verify.mjs [--json] [--key RW…]… report.tar | FOLDER
 */
import { createHash, createPublicKey, verify as verifySignature } from "node:crypto";
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from "node:fs";

/** @typedef {{ where: string, what: string }} Problem */
/** @typedef {{ size: number, read: (offset: number, length: number) => Buffer }} Source bytes past the end are zeros */
/** @typedef {{ key: number, values: (number | string | Buffer)[] }} Row `values` begins with the key */
/** @typedef {{ text: string, signatures: { name: string, bytes: Buffer }[] }} Note */
/** @typedef {{ index: number, leaf: Buffer, path: Buffer[], note: Buffer }} Proof */
/** @typedef {{ kind: "vault" | "report", ok: boolean, problems: Problem[], remarks: string[], facts: Record<string, unknown> }} Verdict */

/** Something in the file is not as its format says. */
class Fault extends Error {}
/** The thing cannot be looked at at all: exit code 2. */
export class Unreadable extends Error {}

// ---------------------------------------------------------------- bytes, hashes, signatures

const mostProblems = 500;

class Findings {
  /** @type {Problem[]} */
  problems = [];
  /** @param {string} where @param {string} what */
  add(where, what) {
    if (this.problems.length < mostProblems) this.problems.push({ where, what });
  }
  /** Does one check; a fault in it becomes a problem. @template T @param {string} where @param {() => T} check */
  attempt(where, check) {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.add(where, error.message);
      return null;
    }
  }
}

/** @param {unknown} holds @param {string} otherwise @returns {asserts holds} */
function demand(holds, otherwise) {
  if (!holds) throw new Fault(otherwise);
}

/** @param {Buffer[]} parts */
function sha256(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Bytes of a base64 text, or null unless it is their one canonical encoding. @param {string} text */
function fromBase64(text) {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : null;
}

/** @param {Buffer} bytes @param {string} what */
function toText(bytes, what) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Fault(`${what} is not UTF-8 text`);
  }
}

const zeros = Buffer.alloc(65536);
/** @param {Buffer} bytes */
const isZero = (bytes) => bytes.length <= zeros.length && bytes.equals(zeros.subarray(0, bytes.length));

/** `pack` of the vault format, §1.1, in pieces. @param {(string | number | Buffer)[]} fields @returns {Buffer[]} */
function pack(...fields) {
  return fields.flatMap((field) => {
    if (typeof field === "number") {
      const number = Buffer.alloc(9, "i");
      number.writeBigUInt64BE(BigInt(field), 1);
      return [number];
    }
    const bytes = typeof field === "string" ? Buffer.from(field) : field;
    const head = Buffer.alloc(5, typeof field === "string" ? "s" : "b");
    head.writeUInt32BE(bytes.length, 1);
    return [head, bytes];
  });
}

const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");
/** @type {Map<string, import("node:crypto").KeyObject>} */
const publicKeys = new Map();

/** Ed25519 (RFC 8032). @param {Buffer} message @param {Buffer} signature @param {Buffer} rawKey */
function isSigned(message, signature, rawKey) {
  const name = rawKey.toString("hex");
  try {
    const known = publicKeys.get(name);
    const key = known ?? createPublicKey({ key: Buffer.concat([spkiPrefix, rawKey]), format: "der", type: "spki" });
    publicKeys.set(name, key);
    return signature.length === 64 && verifySignature(null, message, key, signature);
  } catch {
    return false;
  }
}

// ---------------------------------------------------------------- trees of RFC 6962

/** @param {Buffer[]} data */
const leafOf = (...data) => sha256(Buffer.of(0), ...data);
/** @param {Buffer} left @param {Buffer} right */
const nodeOf = (left, right) => sha256(Buffer.of(1), left, right);

/** A tree that grows: the roots of its complete subtrees, widest first, each with its number of leaves. */
class Tree {
  size = 0;
  /** @type {{ width: number, hash: Buffer }[]} */
  peaks = [];
  /** @param {Buffer} leaf */
  add(leaf) {
    this.size += 1;
    let grown = { width: 1, hash: leaf };
    for (let last = this.peaks.at(-1); last?.width === grown.width; last = this.peaks.at(-1)) {
      grown = { width: 2 * grown.width, hash: nodeOf(last.hash, grown.hash) };
      this.peaks.pop();
    }
    this.peaks.push(grown);
  }
  root() {
    const hashes = this.peaks.map(({ hash }) => hash);
    return hashes.length === 0 ? sha256() : hashes.reduceRight((right, left) => nodeOf(left, right));
  }
}

/** The root that an audit path leads to (RFC 9162 §2.1.3.2), or null. @param {Proof} proof @param {number} size */
function rootReached({ index, leaf, path }, size) {
  if (index >= size) return null;
  let [at, last] = [BigInt(index), BigInt(size - 1)];
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0n) return null;
    if (at % 2n === 1n || at === last) {
      hash = nodeOf(sibling, hash);
      while (at % 2n === 0n && at !== 0n) [at, last] = [at / 2n, last / 2n];
    } else {
      hash = nodeOf(hash, sibling);
    }
    [at, last] = [at / 2n, last / 2n];
  }
  return last === 0n ? hash : null;
}

// ---------------------------------------------------------------- C2SP signed notes, checkpoints and proofs

/** @param {string} text @returns {Note} */
function parseNote(text) {
  const end = text.lastIndexOf("\n\n");
  demand(
    end >= 0 && text.endsWith("\n") && !/[\u0000-\u0009\u000b-\u001f\u007f\ufffd]/.test(text),
    "it is no signed note",
  );
  const signatures = text
    .slice(end + 2, -1)
    .split("\n")
    .map((line) => {
      const [, name = "", base64 = ""] = /^\u2014 ([^\s+]+) (\S+)$/.exec(line) ?? [];
      const bytes = fromBase64(base64);
      demand(bytes !== null && bytes.length > 4, "a signature line is malformed");
      return { name, bytes };
    });
  return { text: text.slice(0, end + 1), signatures };
}

/**
 * What a signature line is by this key: "signed", "cosigned" (c2sp.org/tlog-cosignature), "wrong", or null: not by it.
 * @param {string} text @param {Note["signatures"][number]} line @param {Buffer} key
 */
function noteSignature(text, { name, bytes }, key) {
  const [id, rest] = [bytes.subarray(0, 4), bytes.subarray(4)];
  /** @param {number} type */
  const isKeyOf = (type) =>
    sha256(Buffer.from(`${name}\n`), Buffer.of(type), key)
      .subarray(0, 4)
      .equals(id);
  if (isKeyOf(1)) return isSigned(Buffer.from(text), rest, key) ? "signed" : "wrong";
  if (!isKeyOf(4)) return null;
  if (rest.length !== 72) return "wrong";
  const message = `cosignature/v1\ntime ${String(rest.readBigUInt64BE())}\n${text}`;
  return isSigned(Buffer.from(message), rest.subarray(8), key) ? "cosigned" : "wrong";
}

/** The first three lines of a C2SP tlog-checkpoint. @param {Buffer} bytes */
function parseCheckpoint(bytes) {
  const note = parseNote(toText(bytes, "the checkpoint"));
  const [origin = "", size = "", root = ""] = note.text.split("\n");
  demand(
    origin !== "" && /^(0|[1-9]\d{0,15})$/.test(size) && Number.isSafeInteger(Number(size)),
    "it is no checkpoint",
  );
  demand(fromBase64(root)?.length === 32, "its root is no hash");
  return { note, origin, size: Number(size), root };
}

/** A c2sp.org/tlog-proof whose extra line is the entry's leaf hash. @param {Buffer} bytes @returns {Proof} */
function parseProof(bytes) {
  const end = bytes.indexOf("\n\n");
  demand(end >= 0, "it holds no checkpoint");
  const [first, extra = "", indexLine = "", ...hashes] = bytes.subarray(0, end).toString("latin1").split("\n");
  const [, index] = /^index (0|[1-9]\d{0,15})$/.exec(indexLine) ?? [];
  demand(
    first === "c2sp.org/tlog-proof@v1" && extra.startsWith("extra ") && index && hashes.length < 64,
    "it is no proof",
  );
  const [leaf, ...path] = [extra.slice(6), ...hashes].map((line) => {
    const hash = fromBase64(line);
    demand(hash?.length === 32, "a line is no hash");
    return hash;
  });
  demand(leaf, "it is no proof");
  return { index: Number(index), leaf, path, note: bytes.subarray(end + 2) };
}

// ---------------------------------------------------------------- the SQLite file: sqlite.org/fileformat2.html

const pageSize = 4096;
/** Vaults up to this size have no unused byte that is not zero. */
const tidyLimit = 32 * 1024 * 1024;
/** SQLite never uses the page in which its lock bytes lie. */
const lockPage = 2 ** 30 / pageSize + 1;

const schema =
  `CREATE TABLE vault (one INTEGER PRIMARY KEY, id BLOB NOT NULL, nonce BLOB NOT NULL, label TEXT NOT NULL) STRICT
CREATE TABLE member (number INTEGER PRIMARY KEY, id BLOB NOT NULL, ed25519 BLOB NOT NULL, x25519 BLOB NOT NULL, added_by BLOB NOT NULL, signature BLOB NOT NULL) STRICT
CREATE TABLE slot (number INTEGER PRIMARY KEY, member BLOB NOT NULL, label TEXT NOT NULL, name_tag BLOB NOT NULL, ops INTEGER NOT NULL, memory INTEGER NOT NULL, salt BLOB NOT NULL, key_file INTEGER NOT NULL, nonce BLOB NOT NULL, wrapped BLOB NOT NULL) STRICT
CREATE TABLE compartment (id INTEGER PRIMARY KEY, label TEXT NOT NULL, epoch INTEGER NOT NULL) STRICT
CREATE TABLE compartment_key (number INTEGER PRIMARY KEY, compartment INTEGER NOT NULL, epoch INTEGER NOT NULL, member BLOB NOT NULL, sealed BLOB NOT NULL) STRICT
CREATE TABLE entry (seq INTEGER PRIMARY KEY, compartment INTEGER NOT NULL, epoch INTEGER NOT NULL, nonce BLOB NOT NULL, ciphertext BLOB NOT NULL) STRICT
CREATE TABLE checkpoint (number INTEGER PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, signer BLOB NOT NULL, note TEXT NOT NULL) STRICT
CREATE TABLE frontier (one INTEGER PRIMARY KEY, entries BLOB NOT NULL, blobs BLOB NOT NULL) STRICT
CREATE TABLE blob (store INTEGER PRIMARY KEY, position INTEGER NOT NULL, id BLOB NOT NULL, compartment INTEGER NOT NULL, epoch INTEGER NOT NULL, chunks INTEGER NOT NULL, digest BLOB NOT NULL, nonce BLOB NOT NULL, head BLOB NOT NULL) STRICT
CREATE TABLE blob_chunk (chunk INTEGER PRIMARY KEY, nonce BLOB NOT NULL, ciphertext BLOB NOT NULL) STRICT
CREATE TABLE staged (store INTEGER PRIMARY KEY) STRICT
CREATE TABLE snapshot (number INTEGER PRIMARY KEY, member BLOB NOT NULL, size INTEGER NOT NULL, snapshot BLOB NOT NULL, piece INTEGER NOT NULL, nonce BLOB NOT NULL, ciphertext BLOB NOT NULL, digest BLOB NOT NULL) STRICT`
    .split("\n")
    .map((sql) => ({
      name: sql.split(" ")[2] ?? "",
      sql,
      kinds: ["KEY", ...[...sql.matchAll(/ (INTEGER|BLOB|TEXT) NOT NULL/g)].map(([, kind = ""]) => kind)],
    }));

/** A varint in its shortest form, and where the next thing is. @param {Buffer} bytes @param {number} at @returns {[number, number]} */
function varint(bytes, at) {
  let value = 0;
  for (let length = 1; length <= 8; length += 1) {
    demand(at + length <= bytes.length, "a number runs over the end");
    const byte = bytes.readUInt8(at + length - 1);
    value = value * 128 + (byte & 127);
    if (byte > 127) continue;
    demand(length === 1 || value >= 128 ** (length - 1), "a number is written longer than needed");
    demand(Number.isSafeInteger(value), "a number is too large");
    return [value, at + length];
  }
  throw new Fault("a number is too large");
}

const integerLengths = [0, 1, 2, 3, 4, 6, 8];

/** @param {number} serial @param {Buffer} bytes */
function integerOf(serial, bytes) {
  if (serial >= 8) return serial - 8;
  const value = serial === 6 ? Number(bytes.readBigInt64BE()) : bytes.readIntBE(0, bytes.length);
  demand(value >= 0 && Number.isSafeInteger(value), "a number is not one of the format's");
  const shorter = integerLengths[serial - 1] ?? 0;
  demand(value > 1 && (shorter === 0 || value >= 2 ** (8 * shorter - 1)), "a number is written longer than needed");
  return value;
}

/** A record in the one form that SQLite writes. @param {Buffer} record @param {string[]} kinds @param {number} key */
function decodeRecord(record, kinds, key) {
  let [body, at] = varint(record, 0);
  const headerLength = body;
  const values = kinds.map((kind) => {
    const [serial, next] = varint(record, at);
    at = next;
    if (kind === "KEY") {
      demand(serial === 0, "a row's key is stored twice");
      return key;
    }
    const isInteger = (serial >= 1 && serial <= 6) || serial === 8 || serial === 9;
    const fits = kind === "INTEGER" ? isInteger : serial >= 12 && serial % 2 === (kind === "TEXT" ? 1 : 0);
    demand(fits, "a value is of the wrong kind");
    const length = serial >= 12 ? Math.floor((serial - 12) / 2) : (integerLengths[serial] ?? 0);
    demand(body + length <= record.length, "a row is shorter than it says");
    const bytes = record.subarray(body, (body += length));
    if (kind === "BLOB") return bytes;
    return kind === "TEXT" ? toText(bytes, "a text") : integerOf(serial, bytes);
  });
  demand(at === headerLength && body === record.length, "a row is not of the stated length");
  return values;
}

/** @param {Buffer} page @param {number} offset */
function leafCell(page, offset) {
  const [size, afterSize] = varint(page, offset);
  const [key, start] = varint(page, afterSize);
  const [most, least] = [pageSize - 35, Math.floor(((pageSize - 12) * 32) / 255) - 23];
  const kept = least + ((size - least) % (pageSize - 4));
  const local = size <= most ? size : kept <= most ? kept : least;
  const end = start + local + (local < size ? 4 : 0);
  demand(end <= pageSize, "a row runs over the end of its page");
  const overflow = local < size ? page.readUInt32BE(start + local) : 0;
  return {
    offset,
    end: Math.max(end, offset + 4),
    key,
    size,
    local: page.subarray(start, start + local),
    overflow,
    child: 0,
  };
}

/** @param {Buffer} page @param {number} offset */
function interiorCell(page, offset) {
  const [key, end] = varint(page, offset + 4);
  return { offset, end, key, size: 0, local: page.subarray(0, 0), overflow: 0, child: page.readUInt32BE(offset) };
}

class DatabaseFile {
  /** @param {Source} source @param {Findings} findings */
  constructor(source, findings) {
    this.source = source;
    this.findings = findings;
    this.pages = Math.floor(source.size / pageSize);
    this.strict = source.size <= tidyLimit;
    this.seen = Buffer.alloc(this.pages + 1);
    this.header = source.read(0, 100);
    /** @type {Map<string, number>} */
    this.roots = new Map();
  }

  /** A page that nothing else may use. @param {number} number */
  take(number) {
    demand(number >= 1 && number <= this.pages && number !== lockPage, `there is no page ${number}`);
    demand(this.seen[number] === 0, `page ${number} is used twice`);
    this.seen[number] = 1;
    return this.source.read((number - 1) * pageSize, pageSize);
  }

  /** Bytes without meaning, which a small vault has none of. @param {number} number @param {number} at @param {string} what */
  idle(number, at, what) {
    if (this.strict) this.findings.add(`page ${number}`, `from byte ${at}: ${what}`);
  }

  checkHeader() {
    const { header, source } = this;
    demand(source.size === this.pages * pageSize, `${source.size} bytes are no whole number of pages`);
    demand(
      header.subarray(0, 24).toString("hex") === "53514c69746520666f726d6174203300" + "1000020200402020",
      "its beginning is wrong",
    );
    /** @type {[number, number, string][]} */
    const fixed = [
      [28, this.pages, "number of pages"],
      [40, 1, "schema cookie"],
      [44, 4, "schema format"],
      [48, 0, "cache size"],
      [52, 0, "vacuum mode"],
      [56, 1, "text encoding"],
      [64, 0, "vacuum mode"],
      [92, header.readUInt32BE(24), "change counter"],
    ];
    for (const [offset, value, name] of fixed)
      demand(header.readUInt32BE(offset) === value, `its ${name} is not what it must be`);
    demand(isZero(header.subarray(72, 92)), "its reserved bytes are not zero");
  }

  checkFreePages() {
    let free = 0;
    for (let trunk = this.header.readUInt32BE(32); trunk !== 0;) {
      const page = this.take(trunk);
      const leaves = page.readUInt32BE(4);
      demand(leaves <= pageSize / 4 - 2, "a list of free pages is too long");
      this.idle(trunk, 0, "a free page");
      for (let index = 0; index < leaves; index += 1) this.take(page.readUInt32BE(8 + 4 * index));
      free += 1 + leaves;
      trunk = page.readUInt32BE(0);
    }
    demand(free === this.header.readUInt32BE(36), "the free pages are not as many as stated");
  }

  /** Reads `sqlite_schema` (page 1) and finds each table's root. */
  readSchema() {
    const rows = [...this.walk(1, { name: "schema", kinds: ["TEXT", "TEXT", "TEXT", "INTEGER", "TEXT"] })];
    if (rows.length !== schema.length) this.findings.add("schema", "it does not have the format's tables");
    for (const [index, { name, sql }] of schema.entries()) {
      const { key, values } = rows[index] ?? { key: 0, values: [] };
      const [type, itsName, table, root, text] = values;
      if (
        key === index + 1 &&
        type === "table" &&
        itsName === name &&
        table === name &&
        text === sql &&
        typeof root === "number"
      ) {
        this.roots.set(name, root);
      } else this.findings.add(`schema of ${name}`, "it is not the format's");
    }
  }

  /** The rows of a table in order, each page of it checked on the way. @param {string} name @returns {Generator<Row>} */
  *rows(name) {
    const root = this.roots.get(name);
    const table = schema.find((one) => one.name === name);
    if (root !== undefined && table !== undefined) yield* this.walk(root, table);
  }

  /**
   * @param {number} number @param {{ name: string, kinds: string[] }} table @param {number} [low] rows lie above this key
   * @param {number} [high] and up to this one @param {number} [depth]
   * @returns {Generator<Row, { last: number, levels: number }>} the largest key, and how deep the leaves lie
   */
  *walk(number, table, low = -1, high = Number.MAX_SAFE_INTEGER, depth = 1) {
    let [last, levels] = [low, 0];
    const where = `page ${number} (${table.name})`;
    try {
      demand(depth <= 20, "its tree is too deep");
      const { isLeaf, cells, rightmost } = this.treePage(number);
      for (const cell of cells) {
        demand(cell.key > last && cell.key <= high, "its rows are out of order");
        if (isLeaf) {
          last = cell.key;
          yield { key: cell.key, values: decodeRecord(this.payload(cell), table.kinds, cell.key) };
          continue;
        }
        const below = yield* this.walk(cell.child, table, last, cell.key, depth + 1);
        demand(levels === 0 || below.levels === levels, "its leaves are not all equally deep");
        levels = below.levels;
        if (below.last !== cell.key) this.idle(number, cell.offset, "a key that is no row's");
        last = cell.key;
      }
      if (rightmost !== 0) {
        const below = yield* this.walk(rightmost, table, last, high, depth + 1);
        demand(levels === 0 || below.levels === levels, "its leaves are not all equally deep");
        [last, levels] = [below.last, below.levels];
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.findings.add(where, error.message);
    }
    return { last, levels: levels === 0 ? depth : levels };
  }

  /** A page of a table's b-tree; every byte of it must be accounted for. @param {number} number */
  treePage(number) {
    const page = this.take(number);
    const start = number === 1 ? 100 : 0;
    const kind = page.readUInt8(start);
    demand(kind === 5 || kind === 13, "it is no page of a table");
    const isLeaf = kind === 13;
    const count = page.readUInt16BE(start + 3);
    const content = page.readUInt16BE(start + 5);
    const pointers = start + (isLeaf ? 8 : 12);
    const end = pointers + 2 * count;
    demand(end <= content && content <= pageSize, "its content begins at no possible place");
    const claimed = Buffer.alloc(pageSize).fill(1, 0, end);
    /** @param {number} from @param {number} to */
    const claim = (from, to) => {
      demand(from >= content && to <= pageSize && !claimed.subarray(from, to).includes(1), "its parts overlap");
      claimed.fill(1, from, to);
    };
    const cells = [];
    for (let index = 0; index < count; index += 1) {
      const offset = page.readUInt16BE(pointers + 2 * index);
      demand(offset >= content && offset + 4 <= pageSize, "a row lies outside its page");
      const cell = isLeaf ? leafCell(page, offset) : interiorCell(page, offset);
      claim(cell.offset, cell.end);
      cells.push(cell);
    }
    for (let at = page.readUInt16BE(start + 1), least = 1; at !== 0;) {
      demand(at >= least && at + 4 <= pageSize, "its free blocks are out of order");
      least = at + page.readUInt16BE(at + 2);
      demand(least >= at + 4, "a free block is too short");
      claim(at, least);
      if (!isZero(page.subarray(at + 4, least))) this.idle(number, at + 4, "unused and not zero");
      at = page.readUInt16BE(at);
    }
    let [fragments, stray] = [0, 0];
    for (let at = claimed.indexOf(0); at !== -1; at = claimed.indexOf(0, at + 1)) {
      if (at >= content) fragments += 1;
      if (page[at] !== 0 && stray === 0) stray = at;
    }
    demand(fragments === page[start + 7], "its free bytes are not as many as stated");
    if (stray > 0) this.idle(number, stray, "unused and not zero");
    return { isLeaf, cells, rightmost: isLeaf ? 0 : page.readUInt32BE(start + 8) };
  }

  /** A row's record, its overflow pages joined on. @param {ReturnType<typeof leafCell>} cell */
  payload({ size, local, overflow }) {
    const parts = [local];
    let next = overflow;
    for (let rest = size - local.length; rest > 0; rest -= pageSize - 4) {
      const number = next;
      const page = this.take(number);
      const used = 4 + Math.min(rest, pageSize - 4);
      parts.push(page.subarray(4, used));
      if (!isZero(page.subarray(used))) this.idle(number, used, "unused and not zero");
      next = page.readUInt32BE(0);
    }
    demand(next === 0, "a row goes on after its end");
    return parts.length === 1 ? local : Buffer.concat(parts);
  }
}

// ---------------------------------------------------------------- the vault: docs/vault-format.md

/** A row's values by their columns' place, each of the kind and length that is asked for. */
class Fields {
  /** @param {Row} row */
  constructor({ values }) {
    this.values = values;
  }
  /** @param {number} column @param {number} [length] */
  bytes(column, length) {
    const value = this.values[column];
    demand(
      Buffer.isBuffer(value) && (length === undefined || value.length === length),
      `column ${column + 1} has no possible length`,
    );
    return value;
  }
  /** @param {number} column */
  hex(column) {
    return this.bytes(column).toString("hex");
  }
  /** @param {number} column */
  number(column) {
    const value = this.values[column];
    demand(typeof value === "number", `column ${column + 1} is no number`);
    return value;
  }
  /** @param {number} column */
  text(column) {
    const value = this.values[column];
    demand(typeof value === "string", `column ${column + 1} is no text`);
    return value;
  }
}

/** @param {string} text */
const isLabel = (text) => /^[^\p{Cc}\p{Cs}\u2028\u2029]{1,200}$/u.test(text);
const noLabel = "its label is not one line of 1 to 200 characters";

const outerTables = ["vault", "member", "slot", "compartment", "compartment_key"];
const checkpointText = new RegExp(
  "^evalvault/([0-9a-f]{64})\\n(0|[1-9][0-9]{0,15})\\n([A-Za-z0-9+/]{43}=)\\nouter ([0-9a-f]{64})\\n" +
    "blobs (0|[1-9][0-9]{0,15}) ([A-Za-z0-9+/]{43}=)\\nprevious ([0-9a-f]{64})\\nsqlite ([1-9][0-9]{0,9})\\n$",
);

/** @typedef {{ number: number, size: number, root: string, outer: string, blobs: number, blobRoot: string, previous: string, sqlite: number, signer: string }} Checkpoint */

/** A tree's roots against all checkpoints over it, as its leaves come by. */
class Growing {
  tree = new Tree();
  good = 0;
  isLost = false;
  /** @param {Findings} findings @param {string} things @param {{ size: number, root: string, by: string }[]} heads by size */
  constructor(findings, things, heads) {
    this.findings = findings;
    this.things = things;
    this.heads = [...heads];
    this.settle();
  }
  /** @param {Buffer} leaf */
  add(leaf) {
    this.tree.add(leaf);
    this.settle();
  }
  settle() {
    const { size } = this.tree;
    for (; this.heads[0]?.size === size; this.heads.shift()) {
      const { root, by } = this.heads[0];
      if (!this.isLost && this.tree.root().toString("base64") !== root) {
        this.isLost = true;
        this.findings.add(`${this.things} ${this.good} to ${size - 1}`, `they are not what ${by} was signed over`);
      }
      this.good = size;
    }
  }
  end() {
    const { size } = this.tree;
    if (this.heads[0]) this.findings.add(`${this.things} ${size}`, "it and those after it are missing");
    if (size > this.good)
      this.findings.add(`${this.things} ${this.good}`, "it and those after it are under no checkpoint");
  }
}

class VaultFile {
  /** @param {DatabaseFile} database @param {Findings} findings @param {Outside[]} outside */
  constructor(database, findings, outside) {
    this.database = database;
    this.findings = findings;
    this.outside = outside;
    /** @type {Map<string, Buffer>} Ed25519 keys by member id */
    this.members = new Map();
    /** @type {Checkpoint[]} */
    this.checkpoints = [];
    /** @type {Buffer} */
    this.vaultId = Buffer.alloc(0);
    /** @type {Map<number, number>} the newest epoch of each compartment */
    this.epochs = new Map();
    /** @type {Map<string, Row[]>} */
    this.outer = new Map();
    /** @type {Record<string, unknown>} */
    this.facts = {};
  }

  /** Each row of a table, its faults under its name. @param {string} table @param {(row: Fields, key: number) => void} check @param {Iterable<Row>} [rows] */
  each(table, check, rows = this.database.rows(table)) {
    for (const row of rows)
      this.findings.attempt(`${table.replace("_", " ")} ${row.key}`, () => check(new Fields(row), row.key));
  }

  verify() {
    const { database, findings } = this;
    findings.attempt("header", () => database.checkHeader());
    findings.attempt("free pages", () => database.checkFreePages());
    database.readSchema();
    for (const name of outerTables) this.outer.set(name, [...database.rows(name)]);
    this.checkMembers();
    this.checkSlots();
    this.checkCheckpoints();
    const entries = this.checkEntries();
    const blobs = this.checkBlobs();
    this.checkFrontier(entries, blobs);
    this.checkSnapshots();
    this.each("staged", () => demand(false, "a blob was left half written"));
    const used = database.seen.filter((mark) => mark === 1).length + (database.pages >= lockPage ? 1 : 0);
    if (used !== database.pages) findings.add("file", `${database.pages - used} pages belong to nothing`);
    const newest = this.checkpoints.at(-1);
    Object.assign(this.facts, {
      entries: entries.size,
      blobs: blobs.size,
      checkpoints: newest?.number ?? 0,
      newest: newest === undefined ? null : { size: newest.size, root: newest.root, signer: newest.signer },
      bytes: database.source.size,
    });
  }

  // §3
  checkMembers() {
    const { findings } = this;
    const [first, ...more] = this.outer.get("vault") ?? [];
    if (first?.key !== 1 || more.length > 0) findings.add("vault", "there must be exactly one row");
    if (first === undefined) return;
    const vault = new Fields(first);
    const members = this.outer.get("member") ?? [];
    findings.attempt("vault", () => {
      this.vaultId = vault.bytes(1, 32);
      Object.assign(this.facts, { id: vault.hex(1), label: vault.text(3) });
      demand(members[0], "it has no founder");
      const founder = new Fields(members[0]);
      const keys = [founder.bytes(1, 16), founder.bytes(2, 32), founder.bytes(3, 32)];
      const id = sha256(...pack("evalvault/1/vault", ...keys, vault.bytes(2, 32)));
      demand(id.equals(this.vaultId), "its id is not its founder's");
      demand(isLabel(vault.text(3)), noLabel);
    });
    const checkMember = (/** @type {Fields} */ row) => {
      const id = row.bytes(1, 16).toString("hex");
      const fields = [row.bytes(1), row.bytes(2, 32), row.bytes(3, 32), row.bytes(4, 16)];
      const adder = this.members.size === 0 && row.hex(4) === id ? row.bytes(2) : this.members.get(row.hex(4));
      const isNew = !this.members.has(id);
      this.members.set(id, row.bytes(2));
      const statement = Buffer.concat(pack("evalvault/1/member", this.vaultId, ...fields));
      demand(isNew && adder && isSigned(statement, row.bytes(5, 64), adder), "nobody of this vault added it");
    };
    this.each("member", checkMember, members);
  }

  checkSlots() {
    const { epochs } = this;
    /** @type {Set<string>} */
    const given = new Set();
    /** @type {Set<string>} members who were not removed */
    const present = new Set();
    const checkCompartment = (/** @type {Fields} */ row, /** @type {number} */ id) => {
      epochs.set(id, row.number(2));
      demand(id >= 1 && row.number(2) >= 1, "its number or epoch is 0");
      demand(isLabel(row.text(1)), noLabel);
    };
    this.each("compartment", checkCompartment, this.outer.get("compartment"));
    const checkSlot = (/** @type {Fields} */ row) => {
      demand(this.members.has(row.bytes(1, 16).toString("hex")), "it belongs to nobody");
      demand([row.bytes(3, 32), row.bytes(6, 16), row.bytes(8, 24), row.bytes(9, 80)], "");
      const [ops, memory] = [row.number(4), row.number(5)];
      const isSafe = ops >= 3 && ops <= 16 && memory >= 2 ** 26 && memory <= 2 ** 30 && memory % 1024 === 0;
      demand(isSafe, "the cost of its passphrase is outside what is accepted");
      demand(row.number(7) <= 1, "whether it needs a key file is not said");
      present.add(row.hex(1));
      demand(isLabel(row.text(2)), noLabel);
    };
    this.each("slot", checkSlot, this.outer.get("slot"));
    const checkKey = (/** @type {Fields} */ row) => {
      const [compartment, epoch, member] = [row.number(1), row.number(2), row.bytes(3, 16).toString("hex")];
      const name = `${compartment} ${epoch} ${member}`;
      demand(row.bytes(4, 112) && present.has(member), "it belongs to nobody who has a slot");
      demand(!given.has(name), "it is there twice");
      demand(epoch >= 1 && epoch <= (epochs.get(compartment) ?? 0), "it belongs to no compartment");
      given.add(name);
    };
    this.each("compartment_key", checkKey, this.outer.get("compartment_key"));
    const slots = (this.outer.get("slot") ?? []).map(({ values }) => values[2]);
    Object.assign(this.facts, { members: this.members.size, slots, compartments: epochs.size });
  }

  // §5
  checkCheckpoints() {
    let [expected, previous] = [1, "0".repeat(64)];
    /** @type {Checkpoint | undefined} */
    let before;
    this.each("checkpoint", (row, number) => {
      const link = previous;
      const [note, isNext] = [row.text(4), number === expected];
      [expected, previous] = [number + 1, sha256(Buffer.from(note)).toString("hex")];
      const one = this.readCheckpoint(row, number, note);
      this.checkpoints.push(one);
      const earlier = before;
      before = one;
      demand(isNext && one.previous === link, "it does not follow the checkpoint before it");
      demand(
        one.size >= (earlier?.size ?? 0) && one.blobs >= (earlier?.blobs ?? 0),
        "it covers less than the one before it",
      );
    });
    const newest = this.checkpoints.at(-1);
    if (newest?.number !== expected - 1) this.findings.add("checkpoint", "the newest is not there or not whole");
    const rows = outerTables.map((name) => this.outer.get(name) ?? []);
    const fields = outerTables.flatMap((name, at) => [
      name,
      (rows[at] ?? []).length,
      ...(rows[at] ?? []).flatMap(({ values }) => values),
    ]);
    if (newest === undefined) return;
    const digest = sha256(...pack("evalvault/1/outer", ...fields)).toString("hex");
    if (digest !== newest.outer)
      this.findings.add("members and slots", "they are not what the newest checkpoint was signed over");
    if (this.database.header.readUInt32BE(96) !== newest.sqlite)
      this.findings.add("header", "it was not written with the newest checkpoint");
  }

  /** @param {Fields} row @param {number} number @param {string} text @returns {Checkpoint} */
  readCheckpoint(row, number, text) {
    const note = parseNote(text);
    const [line] = note.signatures;
    const match = checkpointText.exec(note.text);
    demand(match && line && note.signatures.length === 1, "its note is not well formed");
    const [, vaultId, size, root = "", outer = "", blobs, blobRoot = "", previous = "", sqlite] = match;
    demand(
      [root, blobRoot].every((hash) => fromBase64(hash)?.length === 32),
      "its note is not well formed",
    );
    const key = this.members.get(line.name);
    demand(key && noteSignature(note.text, line, key) === "signed", "its signature is not a member's");
    demand(vaultId === this.vaultId.toString("hex"), "it belongs to another vault");
    const repeated =
      row.number(1) === Number(size) && row.bytes(2, 32).toString("base64") === root && row.hex(3) === line.name;
    demand(repeated, "its row does not say what its note says");
    return {
      number,
      size: Number(size),
      root,
      outer,
      blobs: Number(blobs),
      blobRoot,
      previous,
      sqlite: Number(sqlite),
      signer: line.name,
    };
  }

  /** @param {number} compartment @param {number} epoch */
  demandKey(compartment, epoch) {
    const isThere = epoch >= 1 && epoch <= (this.epochs.get(compartment) ?? 0);
    demand(isThere, "it is in no compartment, or under a key that was never made");
  }

  // §4
  checkEntries() {
    const heads = this.checkpoints.map(({ number, size, root }) => ({ size, root, by: `checkpoint ${number}` }));
    const growing = new Growing(this.findings, "entries", heads);
    const outside = new OutsideCheck(this, this.outside);
    /** @type {Map<number, number>} the newest epoch that an entry of a compartment was under */
    const epochs = new Map();
    let expected = 0;
    this.each("entry", (row, seq) => {
      const isNext = seq === expected;
      expected = seq + 1;
      const [compartment, epoch] = [row.number(1), row.number(2)];
      const fields = [seq, compartment, epoch, row.bytes(3, 24), row.bytes(4)];
      const leaf = leafOf(...pack("evalvault/1/entry-leaf", ...fields));
      growing.add(leaf);
      outside.entry(seq, leaf, growing.tree);
      demand(isNext, "an entry before it is missing");
      this.demandKey(compartment, epoch);
      demand(epoch >= (epochs.get(compartment) ?? 0), "it is under a retired key");
      epochs.set(compartment, epoch);
    });
    growing.end();
    outside.end(growing.tree.size);
    return growing.tree;
  }

  checkBlobs() {
    const { findings } = this;
    const heads = this.checkpoints.map(({ number, blobs, blobRoot }) => ({
      size: blobs,
      root: blobRoot,
      by: `checkpoint ${number}`,
    }));
    const growing = new Growing(findings, "blobs", heads);
    const rows = [...this.database.rows("blob")];
    /** @type {Map<number, { count: number, next: number, hash: import("node:crypto").Hash }>} */
    const chunksOf = new Map(rows.map(({ key }) => [key, { count: 0, next: 0, hash: createHash("sha256") }]));
    this.each("blob_chunk", (row, key) => {
      const index = key % 2 ** 20;
      const chunks = chunksOf.get((key - index) / 2 ** 20);
      demand(chunks, "it belongs to no blob");
      chunks.count += 1;
      chunks.next = index + 1;
      chunks.hash.update(sha256(...pack("evalvault/1/blob-chunk-digest", index, row.bytes(1, 24), row.bytes(2))));
    });
    const inOrder = [...rows].sort((one, other) => new Fields(one).number(1) - new Fields(other).number(1));
    let expected = 0;
    this.each(
      "blob",
      (row, store) => {
        const isNext = row.number(1) === expected;
        expected = row.number(1) + 1;
        const id = row.bytes(2, 16);
        const fields = [
          row.number(1),
          store,
          id,
          row.number(3),
          row.number(4),
          row.number(5),
          row.bytes(6, 32),
          row.bytes(7, 24),
          row.bytes(8, 60),
        ];
        growing.add(leafOf(...pack("evalvault/1/blob-leaf", ...fields)));
        demand(isNext, "its place is not the next");
        this.demandKey(row.number(3), row.number(4));
        demand(id.readUIntBE(0, 6) === store, "its id is not its store's");
        const chunks = chunksOf.get(store);
        const isWhole = chunks?.count === row.number(5) && chunks.next === chunks.count;
        demand(isWhole, "it does not have its chunks");
        demand(chunks.hash.digest().equals(row.bytes(6)), "its chunks are not what was written there");
      },
      inOrder,
    );
    growing.end();
    return growing.tree;
  }

  /** @param {Tree} entries @param {Tree} blobs */
  checkFrontier(entries, blobs) {
    const rows = [...this.database.rows("frontier")];
    this.findings.attempt("frontier", () => {
      demand(rows[0] && rows.length === 1 && rows[0].key === 1, "there must be exactly one row");
      const row = new Fields(rows[0]);
      for (const [at, tree] of [entries, blobs].entries()) {
        const roots = Buffer.concat(tree.peaks.map(({ hash }) => hash));
        demand(row.bytes(at + 1).equals(roots), "it does not lead to the newest checkpoint's roots");
      }
    });
  }

  checkSnapshots() {
    this.each("snapshot", (row) => {
      const fields = [row.bytes(1, 16), row.number(2), row.bytes(3, 16), row.number(4), row.bytes(5, 24), row.bytes(6)];
      const digest = sha256(...pack("evalvault/1/snapshot-row", ...fields));
      demand(digest.equals(row.bytes(7, 32)), "it is not what was written there (a cache: nothing is lost with it)");
      demand(this.members.has(row.hex(1)), "it belongs to nobody");
    });
  }
}

// ---------------------------------------------------------------- a vault against what was kept elsewhere

/** @typedef {{ name: string, checkpoint: ReturnType<typeof parseCheckpoint>, proofs: Proof[] }} Outside a checkpoint that left the vault */

class OutsideCheck {
  /** @param {VaultFile} vault @param {Outside[]} outside */
  constructor(vault, outside) {
    this.vault = vault;
    this.outside = outside;
    for (const { name, checkpoint } of outside) {
      const { note, origin } = checkpoint;
      vault.findings.attempt(name, () => {
        demand(origin === `evalvault/${vault.vaultId.toString("hex")}`, "it is a checkpoint of another vault");
        const kinds = note.signatures.map((line) => {
          const key = vault.members.get(line.name);
          return key === undefined ? null : noteSignature(note.text, line, key);
        });
        demand(kinds.includes("signed") && !kinds.includes("wrong"), "no member of this vault signed it");
      });
    }
    this.compare(new Tree());
  }
  /** @param {Tree} tree */
  compare(tree) {
    for (const { name, checkpoint } of this.outside) {
      if (checkpoint.size !== tree.size || tree.root().toString("base64") === checkpoint.root) continue;
      this.vault.findings.add(name, `the vault's first ${tree.size} entries are not those that it was signed over`);
    }
  }
  /** @param {number} seq @param {Buffer} leaf @param {Tree} tree */
  entry(seq, leaf, tree) {
    this.compare(tree);
    for (const { name, proofs } of this.outside) {
      if (proofs.some((proof) => proof.index === seq && !proof.leaf.equals(leaf))) {
        this.vault.findings.add(name, `entry ${seq} is not the one that it proves`);
      }
    }
  }
  /** @param {number} size */
  end(size) {
    for (const { name, checkpoint } of this.outside) {
      if (checkpoint.size > size)
        this.vault.findings.add(name, `it covers ${checkpoint.size} entries: this is an older state of the vault`);
    }
  }
}

/** Verifies a vault's bytes without a key. @param {Source} source @param {Outside[]} [outside] @returns {Verdict} @throws {Unreadable} */
export function verifyVault(source, outside = []) {
  const start = source.read(0, 100);
  const isVault =
    source.size >= 100 &&
    start.toString("latin1", 0, 16) === "SQLite format 3\0" &&
    start.toString("latin1", 68, 72) === "EVLT";
  if (!isVault) throw new Unreadable("it is no EvalVault vault");
  const format = start.readUInt32BE(60);
  if (format !== 1) throw new Unreadable(`it has format ${format}; this program reads format 1`);
  const findings = new Findings();
  const vault = new VaultFile(new DatabaseFile(source, findings), findings, outside);
  vault.verify();
  const { problems } = findings;
  return { kind: "vault", ok: problems.length === 0, problems, remarks: [], facts: vault.facts };
}

// ---------------------------------------------------------------- a decrypted sealed report: docs/sealed-report.md

/** @typedef {Map<string, Buffer>} Members content by path */
/** @typedef {{ keyId: string, publicKey: string, memberId: string, name?: string, signature: string }} Signer */
/** @typedef {{ report: { id: string, revision: number }, marking: string, outerMarking?: string, createdAt: string,
 *   checkpoint: { origin: string, size: number, root: string }, encryption: { scheme: string, recipients?: unknown[] },
 *   preparedByCount: number, signers: Signer[], members: { path: string, size: number, sha256: string }[] }} Manifest */

const isPathSafe = (/** @type {string} */ path) =>
  path.length <= 100 &&
  path.split("/").every((part) => /^\w[\w.-]*$/.test(part) && !/\.$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part));

/** A tar archive of plain files, as stock tools pack and unpack it. @param {Buffer} archive */
function readTar(archive) {
  /** @type {Members} */
  const members = new Map();
  let at = 0;
  while (at < archive.length) {
    const header = archive.subarray(at, at + 512);
    demand(header.length === 512, "the archive is cut off");
    const sum = header.reduce((total, byte, place) => total + (place >= 148 && place < 156 ? 32 : byte), 0);
    if (sum === 8 * 32) {
      at += 512;
      continue;
    }
    /** @param {number} from @param {number} to */
    const octal = (from, to) => parseInt(/^ *([0-7]*)/.exec(header.toString("latin1", from, to))?.[1] || "0", 8);
    const path = header.toString("latin1", 0, 100).replace(/\0.*$/s, "");
    demand(
      octal(148, 156) === sum && header.toString("latin1", 257, 262) === "ustar",
      "a header of the archive is damaged",
    );
    demand(isPathSafe(path) && header[345] === 0, "the archive holds an unsafe path");
    demand(header[156] === 0 || header[156] === 0x30, `${path} in the archive is no plain file`);
    demand(!members.has(path), `the archive holds ${path} twice`);
    const [start, size] = [at + 512, octal(124, 136)];
    at = start + Math.ceil(size / 512) * 512;
    demand(at <= archive.length, "the archive ends early");
    members.set(path, archive.subarray(start, start + size));
  }
  return members;
}

/** @param {string} folder @param {string} [inside] @param {Members} [members] */
function readFolder(folder, inside = "", members = new Map()) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    demand(entry.isDirectory() || entry.isFile(), `${inside}${entry.name} is neither file nor folder`);
    if (entry.isDirectory()) readFolder(`${folder}/${entry.name}`, `${inside}${entry.name}/`, members);
    else members.set(inside + entry.name, readFileSync(`${folder}/${entry.name}`));
  }
  return members;
}

/** RFC 8785. @param {unknown} value @returns {string} */
function canonicalJson(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join()}}`;
}

/** @typedef {(value: unknown) => boolean} Check */
const isLine = (/** @type {number} */ limit) => (/** @type {unknown} */ value) =>
  typeof value === "string" && value.length > 0 && value.length <= limit && !/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(value);
const is = (/** @type {RegExp} */ form) => (/** @type {unknown} */ value) =>
  typeof value === "string" && form.test(value);
const isCount = (/** @type {unknown} */ value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isPositive = (/** @type {unknown} */ value) => isCount(value) && Number(value) > 0;
const listOf = (/** @type {Check} */ check) => (/** @type {unknown} */ value) =>
  Array.isArray(value) && value.length > 0 && value.every(check);
/** Exactly these fields; a name that ends in "?" may be absent. @param {Record<string, Check>} fields @returns {Check} */
const fieldsOf = (fields) => (value) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const given = new Map(Object.entries(value));
  const isRight = Object.entries(fields).every(([name, check]) => {
    const plain = name.replace("?", "");
    const field = given.get(plain);
    return given.delete(plain) ? check(field) : plain !== name;
  });
  return isRight && given.size === 0;
};

const isManifest = fieldsOf({
  format: is(/^evalvault-sealed-report$/),
  version: (value) => value === 1,
  report: fieldsOf({ id: isLine(100), revision: isPositive }),
  marking: isLine(300),
  "outerMarking?": isLine(300),
  createdAt: is(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  tool: fieldsOf({ name: is(/^evalvault$/), version: isLine(50) }),
  checkpoint: fieldsOf({
    origin: isLine(300),
    size: isCount,
    root: is(/^[\w+/]{43}=$/),
    note: is(/^checkpoint\.note$/),
  }),
  encryption: (value) =>
    fieldsOf({ scheme: is(/^scrypt$/) })(value) ||
    fieldsOf({
      scheme: is(/^(X25519|mlkem768x25519)$/),
      recipients: listOf(fieldsOf({ keyId: is(/^[0-9a-f]{32}$/), "name?": isLine(200) })),
    })(value),
  preparedByCount: isPositive,
  signers: listOf(
    fieldsOf({
      keyId: is(/^[0-9A-F]{16}$/),
      publicKey: is(/^[\w+/]{56}$/),
      memberId: isLine(100),
      "name?": isLine(200),
      signature: isLine(100),
    }),
  ),
  members: listOf(fieldsOf({ path: isLine(100), size: isCount, sha256: is(/^[0-9a-f]{64}$/) })),
});

/** @param {Buffer | undefined} bytes @returns {Manifest} */
function parseManifest(bytes) {
  if (bytes === undefined) throw new Unreadable("it holds no manifest.json: it is no sealed report");
  let value;
  try {
    value = JSON.parse(toText(bytes, "the manifest"));
  } catch {
    throw new Fault("it is no JSON text");
  }
  demand(isManifest(value), "its fields are not those of format 1");
  demand(Buffer.from(canonicalJson(value)).equals(bytes), "it is not in canonical form");
  return value;
}

/** A minisign public key's base64 line: key id (8 bytes) and Ed25519 key. @param {string} line */
function minisignKey(line) {
  const bytes = fromBase64(line);
  demand(bytes?.length === 42 && bytes.toString("latin1", 0, 2) === "Ed", "it is no minisign public key");
  return { id: bytes.subarray(2, 10), raw: bytes.subarray(10) };
}

/** A prehashed minisign signature of the content, with exactly this trusted comment. @param {Buffer} file @param {Buffer} content @param {ReturnType<typeof minisignKey>} key @param {string} comment */
function checkMinisign(file, content, key, comment) {
  const [untrusted = "", first = "", trusted = "", second = "", ...rest] = toText(file, "it")
    .replace(/\r\n/g, "\n")
    .split("\n");
  demand(
    rest.every((line) => line === ""),
    "it has more than four lines",
  );
  const isPrintable = !/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(untrusted.replace(/\t/g, ""));
  demand(
    untrusted.startsWith("untrusted comment: ") && isPrintable && Buffer.byteLength(untrusted) <= 1024,
    "its first line is malformed",
  );
  const [head, over] = [fromBase64(first), fromBase64(second)];
  demand(
    head?.length === 74 && over && head.toString("latin1", 0, 2) === "ED",
    "it is no prehashed minisign signature",
  );
  demand(head.subarray(2, 10).equals(key.id), "it is by another key");
  const signature = head.subarray(10);
  demand(
    isSigned(createHash("blake2b512").update(content).digest(), signature, key.raw),
    "it is wrong: the manifest was changed",
  );
  const text = trusted.slice("trusted comment: ".length);
  demand(isSigned(Buffer.concat([signature, Buffer.from(text)]), over, key.raw), "its trusted comment was changed");
  demand(trusted === `trusted comment: ${comment}`, "its trusted comment is not the manifest's");
}

/** Verifies what a decrypted report holds. @param {Members} members @param {string[]} [trusted] keys that came by another way @returns {Verdict} @throws {Unreadable} */
export function verifyReport(members, trusted = []) {
  const findings = new Findings();
  const bytes = members.get("manifest.json");
  const manifest = findings.attempt("manifest.json", () => parseManifest(bytes));
  /** @type {Record<string, unknown>} */
  const facts = { files: members.size };
  /** @type {string[]} */
  const remarks = [];
  if (manifest !== null && bytes !== undefined) {
    const signed = checkSigners(findings, manifest, members, bytes);
    if (trusted.length > 0 && !signed.some((line) => trusted.includes(line))) {
      findings.add("signatures", "none is by a key that was given");
    } else if (trusted.length === 0)
      remarks.push("No --key was given: who signed it is only what the report itself says.");
    checkFiles(findings, manifest, members);
    const proofs = checkHistory(findings, manifest, members, remarks);
    const { report, marking, createdAt, checkpoint, signers } = manifest;
    Object.assign(facts, {
      id: report.id,
      revision: report.revision,
      marking,
      createdAt,
      signers: signers.map(({ name, publicKey }) => ({ name, publicKey })),
    });
    Object.assign(facts, {
      checkpoint: { origin: checkpoint.origin, size: checkpoint.size, root: checkpoint.root },
      provedEntries: proofs,
    });
  }
  const { problems } = findings;
  return { kind: "report", ok: problems.length === 0, problems, remarks, facts };
}

/** Gives back the public keys whose signature is right. @param {Findings} findings @param {Manifest} manifest @param {Members} members @param {Buffer} bytes */
function checkSigners(findings, manifest, members, bytes) {
  const { checkpoint, createdAt, report, signers } = manifest;
  const time = Math.floor(Date.parse(createdAt) / 1000);
  const place = `checkpoint:${checkpoint.size}:${checkpoint.root}`;
  const comment = [
    `timestamp:${time}`,
    "file:manifest.json",
    "hashed",
    `report:${report.id}`,
    `revision:${report.revision}`,
    place,
  ].join("\t");
  if (new Set(signers.map(({ keyId }) => keyId)).size !== signers.length)
    findings.add("manifest.json", "it names a signer twice");
  return signers.flatMap(({ keyId, publicKey, signature }, index) => {
    const good = findings.attempt(signature, () => {
      const key = minisignKey(publicKey);
      demand(
        Buffer.from(key.id).reverse().toString("hex").toUpperCase() === keyId,
        "the signer's key and its id do not belong together",
      );
      demand(
        signature === (index === 0 ? "manifest.json.minisig" : `manifest.json.${keyId}.minisig`),
        "it is not where it belongs",
      );
      const file = members.get(signature);
      demand(file, "it is missing: this signer has not signed, or the signature was taken away");
      checkMinisign(file, bytes, key, comment);
      return true;
    });
    return good === true ? [publicKey] : [];
  });
}

/** @param {Findings} findings @param {Manifest} manifest @param {Members} members */
function checkFiles(findings, manifest, members) {
  const named = new Set(["manifest.json", ...manifest.signers.map(({ signature }) => signature)]);
  for (const { path, size, sha256: hash } of manifest.members) {
    const file = members.get(path);
    if (named.has(path) || !isPathSafe(path)) findings.add(path, "the manifest cannot name it so");
    named.add(path);
    if (file === undefined) findings.add(path, "it is missing");
    else if (file.length !== size || sha256(file).toString("hex") !== hash)
      findings.add(path, "it is not the file that was signed");
  }
  for (const path of members.keys()) if (!named.has(path)) findings.add(path, "it was not signed");
}

/** Checkpoint and proofs; gives back the entries proved. @param {Findings} findings @param {Manifest} manifest @param {Members} members @param {string[]} remarks */
function checkHistory(findings, manifest, members, remarks) {
  const file = members.get("checkpoint.note");
  const checkpoint = findings.attempt("checkpoint.note", () => {
    demand(file, "it is missing");
    const found = parseCheckpoint(file);
    const { origin, size, root } = manifest.checkpoint;
    demand(found.origin === origin && found.size === size && found.root === root, "the manifest says something else");
    const keys = manifest.signers.flatMap(
      ({ publicKey }) => findings.attempt("manifest.json", () => minisignKey(publicKey).raw) ?? [],
    );
    const kinds = found.note.signatures.flatMap((line) => keys.map((key) => noteSignature(found.note.text, line, key)));
    demand(!kinds.includes("wrong"), "a signature of it is wrong");
    if (!kinds.includes("signed"))
      remarks.push("The checkpoint is signed by none of the report's signers: compare it with the vault.");
    return found;
  });
  return [...members].flatMap(([path, proofFile]) => {
    if (!path.startsWith("proofs/") || checkpoint === null || file === undefined) return [];
    const index = findings.attempt(path, () => {
      const proof = parseProof(proofFile);
      demand(path === `proofs/entry-${proof.index}.tlog-proof`, "its name is not that of the entry that it proves");
      demand(proof.note.equals(file), "it is for another checkpoint than the report's");
      const isUnder = rootReached(proof, checkpoint.size)?.toString("base64") === checkpoint.root;
      demand(isUnder, "the entry is not under the checkpoint");
      return proof.index;
    });
    return index ?? [];
  });
}

// ---------------------------------------------------------------- the command

const usage = `usage: node evalvault-verify.mjs [--json] [--against FILE]... NAME.evault
       node evalvault-verify.mjs [--json] [--key RW...]... report.tar | FOLDER

--against  a checkpoint.note, a .tlog-proof, or a decrypted report that was kept elsewhere: the vault must contain it
--key      a signer's minisign public key that came to you by another way than the report
Exit code: 0 in order, 1 problems (each is named), 2 nothing could be verified.
`;

/** A file, read as it is asked for. @param {string} path */
function openSource(path) {
  const file = openSync(path, "r");
  const { size } = fstatSync(file);
  const read = (/** @type {number} */ offset, /** @type {number} */ length) => {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, offset);
    return bytes;
  };
  return { size, read, close: () => closeSync(file) };
}

const encrypted =
  "it is encrypted: decrypt it first, age -d -i KEYFILE -o report.tar report.tar.age (docs/sealed-report.md)";

const inUse =
  "it is in use, or was not closed properly: there is a -wal file with content beside it; open and lock it in EvalVault";

/** What has not the form that it must have to be looked at. @template T @param {() => T} read */
function orUnreadable(read) {
  try {
    return read();
  } catch (error) {
    throw error instanceof Fault ? new Unreadable(error.message) : error;
  }
}

/** A decrypted report's files, from its archive or its folder. @param {string} path */
function openReport(path) {
  const members = statSync(path).isDirectory() ? readFolder(path) : readTar(readFileSync(path));
  if ([...members.keys()].some((name) => /(^|\/)report\.tar\.age$/.test(name))) throw new Unreadable(encrypted);
  return members;
}

/** @param {string} path @returns {Outside} */
function openOutside(path) {
  const start = statSync(path).isDirectory() ? "" : readFileSync(path).toString("latin1", 0, 512);
  if (start === "" || start.includes("ustar", 257)) {
    const members = openReport(path);
    const proofs = [...members].filter(([name]) => name.startsWith("proofs/")).map(([, file]) => parseProof(file));
    const note = members.get("checkpoint.note");
    demand(note, "it holds no checkpoint");
    return { name: path, checkpoint: parseCheckpoint(note), proofs };
  }
  const bytes = readFileSync(path);
  if (!start.startsWith("c2sp.org/tlog-proof@")) return { name: path, checkpoint: parseCheckpoint(bytes), proofs: [] };
  const proof = parseProof(bytes);
  const checkpoint = parseCheckpoint(proof.note);
  demand(
    rootReached(proof, checkpoint.size)?.toString("base64") === checkpoint.root,
    "the entry is not under its checkpoint",
  );
  return { name: path, checkpoint, proofs: [proof] };
}

/** Verifies a file or folder of either kind. @param {string} path @param {{ against: string[], keys: string[] }} options @returns {Verdict} @throws {Unreadable} */
export function verifyPath(path, { against, keys }) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new Unreadable("there is nothing of that name");
  const source = stat.isDirectory() ? null : openSource(path);
  try {
    const start = source?.read(0, 512).toString("latin1") ?? "";
    if (/^(age-encryption\.org\/|-----BEGIN AGE)/.test(start)) throw new Unreadable(encrypted);
    if (source === null || start.includes("ustar", 257)) {
      const members = orUnreadable(() => openReport(path));
      return verifyReport(members, keys);
    }
    const log = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    if (log > 0) throw new Unreadable(inUse);
    const outside = orUnreadable(() => against.map(openOutside));
    return verifyVault(source, outside);
  } finally {
    source?.close();
  }
}

/** Text of a file may not steer a terminal. @param {unknown} value */
function printable(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** @param {string} path @param {Verdict} verdict */
function asText(path, { kind, ok, problems, remarks, facts }) {
  const lines = Object.entries(facts).map(([name, value]) => `  ${name}: ${printable(value)}`);
  const count =
    problems.length === mostProblems
      ? `${mostProblems} problems or more`
      : `${problems.length} problem${problems.length === 1 ? "" : "s"}`;
  return [
    `${kind} ${printable(path)}`,
    ...lines,
    ...remarks.map((remark) => `note: ${remark}`),
    ...problems.map(({ where, what }) => `PROBLEM ${printable(where)}: ${printable(what)}`),
    ok ? `OK: the ${kind} is in order.` : `NOT IN ORDER: ${count}.`,
    "",
  ].join("\n");
}

/** @param {string[]} words the command's arguments @param {(text: string) => void} print @param {(text: string) => void} complain @returns {number} exit code */
export function main(words, print, complain) {
  const options = { against: /** @type {string[]} */ ([]), keys: /** @type {string[]} */ ([]) };
  const [paths, rest] = [/** @type {string[]} */ ([]), [...words]];
  let [isJson, isWrong] = [false, false];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--json") isJson = true;
    else if (word === "--against" || word === "--key")
      (word === "--key" ? options.keys : options.against).push(rest.shift() ?? "");
    else if (word.startsWith("--")) isWrong = true;
    else paths.push(word);
  }
  const [path] = paths;
  if (isWrong || path === undefined || paths.length > 1 || [...options.against, ...options.keys].includes("")) {
    complain(usage);
    return 2;
  }
  try {
    options.keys.forEach(minisignKey);
    const verdict = verifyPath(path, options);
    print(isJson ? `${JSON.stringify({ path, ...verdict }, null, 2)}\n` : asText(path, verdict));
    return verdict.ok ? 0 : 1;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (isJson) print(`${JSON.stringify({ path, ok: false, unreadable: why }, null, 2)}\n`);
    else complain(`${printable(path)}: ${printable(why)}\n`);
    return 2;
  }
}

if (process.argv[1] !== undefined && realpathSync(new URL(import.meta.url)) === realpathSync(process.argv[1])) {
  process.exitCode = main(
    process.argv.slice(2),
    (text) => process.stdout.write(text),
    (text) => process.stderr.write(text),
  );
}
