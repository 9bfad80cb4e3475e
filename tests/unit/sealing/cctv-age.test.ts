import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import * as testkit from "cctv-age";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decryptBytes, decryptFile, type OpenWith } from "../../../electron/sealing/age.ts";
import { SealingError } from "../../../electron/sealing/errors.ts";

/** The C2SP age test kit (c2sp.org/CCTV/age): every vector through our opener, in memory and to a file. */

interface Vector {
  readonly name: string;
  readonly expect: string;
  readonly payload: string | undefined;
  readonly keys: OpenWith;
  readonly file: Uint8Array;
}

const anySecret = "AGE-SECRET-KEY-1QURSWPC8QURSWPC8QURSWPC8QURSWPC8QURSWPC8QURSWPC8QURSKMP32K";

function parseVector(name: string, raw: Uint8Array): Vector {
  const text = Buffer.from(raw).toString("latin1");
  const end = text.indexOf("\n\n");
  const fields = text
    .slice(0, end)
    .split("\n")
    .map((line): [string, string] => {
      const at = line.indexOf(": ");
      return [line.slice(0, at), line.slice(at + 2)];
    });
  const field = (key: string): string | undefined => fields.find(([name]) => name === key)?.[1];
  const all = (key: string): string[] => fields.filter(([name]) => name === key).map(([, value]) => value);
  const body = raw.subarray(end + 2);
  const passphrase = field("passphrase");
  // Two vectors (empty files) name no key at all; any will do to be refused.
  const secrets = all("identity").concat(field("identity") === undefined ? [anySecret] : []);
  return {
    name,
    expect: field("expect") ?? "",
    payload: field("payload"),
    keys:
      passphrase === undefined
        ? { identities: secrets.map((secret) => Buffer.from(secret)) }
        : { passphrase: Buffer.from(passphrase) },
    file: field("compressed") === "zlib" ? new Uint8Array(inflateSync(body)) : body,
  };
}

const vectors = Object.entries(testkit)
  .filter((entry): entry is [string, Uint8Array] => entry[1] instanceof Uint8Array)
  .map(([name, raw]) => parseVector(name, raw));

const expectedCodes: Record<string, readonly string[]> = {
  "no match": ["no-matching-key"],
  "HMAC failure": ["file-damaged"],
  "header failure": ["file-damaged", "not-an-age-file", "work-factor-too-high"],
  "armor failure": ["file-damaged", "not-an-age-file"],
  "payload failure": ["file-damaged"],
};

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function failureOf(work: Promise<unknown>): Promise<SealingError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SealingError)) throw new Error("expected a SealingError", { cause: error });
  return error;
}

describe("the C2SP age test kit", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "cctv-age-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("has 143 vectors", () => {
    expect(vectors).toHaveLength(143);
  });

  it.each(vectors)("$name: $expect", async (vector) => {
    const source = join(folder, `${vector.name}.age`);
    const destination = join(folder, `${vector.name}.out`);
    await writeFile(source, vector.file);
    if (vector.expect === "success") {
      expect(sha256(await decryptBytes(vector.file, vector.keys))).toBe(vector.payload);
      await decryptFile(source, destination, vector.keys);
      expect(sha256(await readFile(destination))).toBe(vector.payload);
      return;
    }
    const inMemory = await failureOf(decryptBytes(vector.file, vector.keys));
    expect(expectedCodes[vector.expect]).toContain(inMemory.code);
    const toFile = await failureOf(decryptFile(source, destination, vector.keys));
    expect(toFile.code).toBe(inMemory.code);
    expect(
      (await readdir(folder)).filter((name) => name !== `${vector.name}.age` && name.includes(`${vector.name}.out`)),
    ).toEqual([]);
  });
});
