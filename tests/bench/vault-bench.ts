import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import type { Database } from "better-sqlite3";
import { createVault, unlockVault, verifyVault, type OpenVault } from "../../electron/vault/index.ts";
import { temporaryFolder } from "../integration/service-client.ts";
import { megabytes, median, milliseconds, ms, percentile, rate, spread, times, type Measurement } from "./measure.ts";
import { peers, sameRows, type Peer } from "./peers.ts";

/** The vault by itself, without the evaluation on top of it, beside databases that hold the same bytes. */

const passphrase = (): Uint8Array => new TextEncoder().encode("correct horse battery staple");
const kdf = { ops: 3, memory: 64 * 1024 * 1024 };

function newVault(path: string): Promise<OpenVault> {
  const founder = { label: "Lead A", name: "Lena Ortiz", passphrase: passphrase(), kdf };
  return createVault(path, { label: "bench", founder, firstEntries: () => [new Uint8Array(10)] });
}

const unlock = (path: string): Promise<OpenVault> => unlockVault(path, { passphrase: passphrase() });

interface Store {
  readonly peer: Peer;
  readonly path: string;
  readonly database: Database;
}

function openPeers(pathOf: (name: string) => string): Store[] {
  return peers.map((peer) => {
    const path = pathOf(`${peer.name.replaceAll(" ", "-")}.sqlite`);
    const database = peer.open(path);
    for (const sql of sameRows) database.exec(sql);
    return { peer, path, database };
  });
}

/** One event of 400 bytes, durable, in turns: ours, each peer with one row, bare SQLite with as many rows as ours. */
async function singleCommits(): Promise<Measurement[]> {
  const folder = temporaryFolder();
  const vault = await newVault(folder.path("a.evault"));
  const stores = openPeers(folder.path);
  const bare = openPeers((name) => folder.path(`rows-${name}`))[0];
  try {
    const insertRows = bare === undefined ? () => undefined : threeRows(bare.database);
    const contenders: [string, (event: Uint8Array) => unknown][] = [
      ["vault", (event) => vault.append([event])],
      ...stores.map(({ peer, database }): [string, (event: Uint8Array) => unknown] => {
        const insert = database.prepare("INSERT INTO entry (body) VALUES (?)");
        return [peer.name, (event) => insert.run(event)];
      }),
      ["bare, the same three rows", insertRows],
    ];
    const taken = new Map<string, number[]>(contenders.map(([name]) => [name, []]));
    for (let round = 0; round < 500; round += 1) {
      for (const [name, commit] of contenders) {
        const event = randomBytes(400);
        taken.get(name)?.push(await milliseconds(() => commit(event)));
      }
    }
    return commitLines(taken);
  } finally {
    vault.close();
    for (const { database } of [...stores, ...(bare === undefined ? [] : [bare])]) database.close();
    folder.remove();
  }
}

function threeRows(database: Database): (event: Uint8Array) => void {
  const entry = database.prepare("INSERT INTO entry (body) VALUES (?)");
  const checkpoint = database.prepare("INSERT INTO checkpoint (note) VALUES (?)");
  const frontier = database.prepare("INSERT OR REPLACE INTO frontier VALUES (1, ?)");
  const note = "n".repeat(470);
  return database.transaction((event: Uint8Array) => {
    entry.run(event);
    checkpoint.run(note);
    frontier.run(event.subarray(0, 320));
  });
}

function commitLines(taken: ReadonlyMap<string, readonly number[]>): Measurement[] {
  const ours = taken.get("vault") ?? [];
  const bare = median(taken.get("bare") ?? []);
  const ratio = median(ours) / bare;
  const words = (values: readonly number[]): string => `${ms(median(values))}, p99 ${ms(percentile(values, 0.99))}`;
  const others = [...taken].filter(([name]) => name !== "vault");
  return [
    {
      what: "one event of 400 B, encrypted, under a signed checkpoint, durable",
      result: `${words(ours)}: ${times(ratio)} bare`,
      bar: "p99 ≤ 10 ms, ≤ 1.5 × bare",
      peer: others.map(([name, values]) => `${name} ${words(values)}`).join("; "),
      met: percentile(ours, 0.99) <= 10 && ratio <= 1.5,
    },
  ];
}

const events = 100_000;
const lot = 10_000;

/** 100,000 events in durable lots of 10,000, then all of them opened and read again. */
async function bulkAndReading(): Promise<Measurement[]> {
  const folder = temporaryFolder();
  const path = folder.path("a.evault");
  const stores = openPeers(folder.path);
  try {
    const lots = Array.from({ length: events / lot }, () => Array.from({ length: lot }, () => randomBytes(400)));
    const vault = await newVault(path);
    const append = await milliseconds(() => {
      for (const one of lots) vault.append(one);
    });
    vault.close();
    const unlocking: number[] = [];
    const reading: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      let opened: OpenVault | undefined;
      unlocking.push(await milliseconds(async () => (opened = await unlock(path))));
      reading.push(await milliseconds(() => countEntries(opened)));
      opened?.close();
    }
    const others = [];
    for (const store of stores) others.push(await bulkPeer(store, lots));
    const perSecond = (took: number): string => `${Math.round(events / (took / 1e3)).toLocaleString("en")}/s`;
    return [
      {
        what: `append ${events.toLocaleString("en")} events of 400 B, ${lot.toLocaleString("en")} a commit`,
        result: perSecond(append),
        bar: "",
        peer: others.map(({ name, append: took }) => `${name} ${perSecond(took)}`).join("; "),
        met: null,
      },
      {
        what: `open, then read all of them (every one checked and decrypted), no snapshot`,
        result: `open ${spread(unlocking)}, read ${spread(reading)}`,
        bar: "",
        peer: others.map(({ name, open, read }) => `${name} open ${ms(open)}, read ${spread(read)}`).join("; "),
        met: null,
      },
    ];
  } finally {
    folder.remove();
  }
}

function countEntries(vault: OpenVault | undefined): number {
  let bytes = 0;
  for (const { plaintext } of vault?.entries(0) ?? []) bytes += plaintext?.length ?? 0;
  if (bytes < 400 * events) throw new Error("not all was read");
  return bytes;
}

async function bulkPeer(
  { peer, path, database }: Store,
  lots: readonly (readonly Uint8Array[])[],
): Promise<{ name: string; append: number; open: number; read: number[] }> {
  const insert = database.prepare("INSERT INTO entry (body) VALUES (?)");
  const addLot = database.transaction((one: readonly Uint8Array[]) => {
    for (const event of one) insert.run(event);
  });
  const append = await milliseconds(() => {
    for (const one of lots) addLot(one);
  });
  database.close();
  const read: number[] = [];
  let open = 0;
  for (let round = 0; round < 3; round += 1) {
    let again: Database | undefined;
    open = await milliseconds(() => {
      again = peer.open(path);
      again.prepare("SELECT count(*) FROM checkpoint").get();
    });
    read.push(await milliseconds(() => readAll(again, "SELECT body FROM entry", 400 * events)));
    again?.close();
  }
  return { name: peer.name, append, open, read };
}

function readAll(database: Database | undefined, sql: string, least: number): void {
  let bytes = 0;
  for (const row of database?.prepare<[], Buffer>(sql).pluck().iterate() ?? []) bytes += row.length;
  if (bytes < least) throw new Error("not all was read");
}

const blobBytes = 32 * 1024 * 1024;
const blobs = 6;
const chunk = 256 * 1024;

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunk) yield await Promise.resolve(bytes.subarray(at, at + chunk));
}

/** A vault of 200 MB of incompressible logs, 100 entries of 100 kB and 500 single events; peers hold the same bytes. */
async function verifying(): Promise<Measurement[]> {
  const folder = temporaryFolder();
  const path = folder.path("a.evault");
  try {
    const vault = await newVault(path);
    const stores = openPeers(folder.path);
    for (let place = 0; place < blobs; place += 1) {
      const bytes = randomBytes(blobBytes);
      vault.append([randomBytes(400)], { blobs: [await vault.stageBlob(inPieces(bytes))] });
      for (const { database } of stores) {
        const insert = database.prepare("INSERT INTO entry (body) VALUES (?)");
        database.transaction(() => {
          for (let at = 0; at < bytes.length; at += chunk) insert.run(bytes.subarray(at, at + chunk));
        })();
      }
    }
    for (let place = 0; place < 100; place += 1) vault.append([randomBytes(100_000)]);
    for (let place = 0; place < 500; place += 1) vault.append([randomBytes(400)]);
    vault.close();
    for (const { database } of stores) database.close();
    return await verifyLines(path, stores);
  } finally {
    folder.remove();
  }
}

async function verifyLines(path: string, stores: readonly Store[]): Promise<Measurement[]> {
  const { size } = statSync(path);
  const closed: number[] = [];
  const open: number[] = [];
  const full = new Map<string, number[]>(stores.map(({ peer }) => [peer.name, []]));
  const vault = await unlock(path);
  for (let round = 0; round < 4; round += 1)
    open.push(megabytes(size, await milliseconds(() => mustBeGood(vault.verify()))));
  vault.close();
  for (let round = 0; round < 4; round += 1) {
    closed.push(megabytes(size, await milliseconds(() => mustBeGood(verifyVault(path)))));
    for (const store of stores) {
      const took = await milliseconds(() => fullRead(store));
      full.get(store.peer.name)?.push(megabytes(statSync(store.path).size, took));
    }
  }
  const peer = [...full].map(([name, values]) => `${name} ${spread(values, rate)}`).join("; ");
  const what = `verify a vault of ${(size / 1e6).toFixed(0)} MB`;
  const bar = "≥ 200 MB/s";
  return [
    {
      what: `${what}, no passphrase`,
      result: spread(closed, rate),
      bar,
      peer: `integrity_check and full read: ${peer}`,
      met: median(closed) >= 200,
    },
    {
      what: `${what}, unlocked: every entry and blob opened, too`,
      result: spread(open, rate),
      bar,
      peer: "as above",
      met: median(open) >= 200,
    },
  ];
}

async function mustBeGood(result: Promise<{ readonly ok: boolean }>): Promise<void> {
  if (!(await result).ok) throw new Error("the vault is not whole");
}

/** What a peer can check at most: the structure of its pages, and with encryption the tag of each. */
function fullRead({ peer, path }: Store): void {
  const database = peer.open(path);
  const found: unknown = database.pragma("integrity_check", { simple: true });
  if (found !== "ok") throw new Error(String(found));
  readAll(database, "SELECT body FROM entry", blobs * blobBytes);
  database.close();
}

export async function vaultBench(): Promise<Measurement[]> {
  return [
    ...(await singleCommits()),
    ...(await bulkAndReading()),
    ...(await verifying()),
    ...(await manyCheckpoints()),
  ];
}

/** The other extreme: each event by itself under its own signature. */
async function manyCheckpoints(): Promise<Measurement[]> {
  const folder = temporaryFolder();
  const path = folder.path("a.evault");
  try {
    const vault = await newVault(path);
    const commits = 2_000;
    for (let place = 0; place < commits; place += 1) vault.append([randomBytes(400)]);
    vault.close();
    const { size } = statSync(path);
    const took: number[] = [];
    for (let round = 0; round < 3; round += 1) took.push(await milliseconds(() => mustBeGood(verifyVault(path))));
    return [
      {
        what: `verify ${commits.toLocaleString("en")} events, each committed by itself`,
        result: `${spread(took)}: ${rate(megabytes(size, median(took)))}`,
        bar: "",
        peer: "bound by one Ed25519 check a commit, not by bytes",
        met: null,
      },
    ];
  } finally {
    folder.remove();
  }
}
