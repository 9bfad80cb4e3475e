import { mkdir, readdir, writeFile } from "node:fs/promises";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encryptBytes, encryptStream } from "../../../electron/sealing/age.ts";
import { joinBytes } from "../../../electron/sealing/byte-reader.ts";
import type { SealingErrorCode } from "../../../electron/sealing/errors.ts";
import { openSealedReport } from "../../../electron/sealing/open.ts";
import { sealReport, type SealRequest } from "../../../electron/sealing/seal.ts";
import { packTar } from "../../../electron/sealing/tar.ts";
import { at, failureOf, makeReader, makeSigner, sealRequest, withFolder } from "./sealing-fixture.ts";

const empty = new Uint8Array(0);

async function collect(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return joinBytes(parts);
}

describe("a request to seal that cannot be met", () => {
  const cases: [string, SealingErrorCode, (good: SealRequest) => Partial<SealRequest>][] = [
    ["no recipients", "recipients-empty", () => ({ recipients: [] })],
    ["a mistyped recipient", "recipient-malformed", () => ({ recipients: [{ key: "age1qqq", name: "Agency" }] })],
    ["an empty passphrase", "passphrase-empty", () => ({ recipients: { passphrase: empty } })],
    ["no signers", "signers-empty", () => ({ signers: [] })],
    ["a signer twice", "signer-duplicate", ({ signers }) => ({ signers: [...signers, ...signers] })],
    ["a checkpoint that is none", "checkpoint-invalid", () => ({ checkpointNote: Buffer.from("none") })],
    [
      "an outer name with a blank",
      "outer-name-invalid",
      ({ report }) => ({ report: { ...report, outerName: "GPT 9" } }),
    ],
    ["an outer name that climbs", "outer-name-invalid", ({ report }) => ({ report: { ...report, outerName: "../x" } })],
    [
      "a member called manifest.json",
      "member-path-invalid",
      () => ({ members: [{ path: "manifest.json", bytes: empty }] }),
    ],
    ["a member that is a signature", "member-path-invalid", () => ({ members: [{ path: "a.MINISIG", bytes: empty }] })],
    ["a member that climbs", "member-path-invalid", () => ({ members: [{ path: "../a", bytes: empty }] })],
    ["a member twice", "member-duplicate", ({ members }) => ({ members: [...members, ...members] })],
    ["a marking of two lines", "package-invalid", () => ({ marking: "CUI\nUNCLASSIFIED" })],
    ["a report id with a tab", "package-invalid", ({ report }) => ({ report: { ...report, id: "a\tb" } })],
    ["revision 0", "package-invalid", ({ report }) => ({ report: { ...report, revision: 0 } })],
  ];

  it.each(cases)("%s: %s", (_, code, change) =>
    withFolder(async (folder) => {
      const reader = await makeReader();
      const destination = join(folder, "EV.sealed");
      const good = await sealRequest(destination, [{ key: reader.key }], [await makeSigner("Ada")]);
      const failure = await failureOf(sealReport({ ...good, ...change(good) }));
      expect(failure.code).toBe(code);
      expect(failure.message).toMatch(/\.$/);
      expect(await readdir(folder)).toEqual([]);
    }),
  );

  it("a signer whose key is locked away, or is another's", () =>
    withFolder(async (folder) => {
      const reader = await makeReader();
      const [ada, bob] = [await makeSigner("Ada"), await makeSigner("Bob")];
      const locked = (): Uint8Array => {
        throw new Error("locked");
      };
      for (const sign of [locked, bob.sign]) {
        const request = await sealRequest(join(folder, "EV.sealed"), [{ key: reader.key }], [ada]);
        const failure = await failureOf(sealReport({ ...request, signers: [{ ...ada, sign }] }));
        expect(failure.code).toBe("signer-failed");
      }
      expect(await readdir(folder)).toEqual([]);
    }));
});

describe("a package that cannot be opened", () => {
  it("by the wrong key, the wrong passphrase, or a passphrase where a key is needed", () =>
    withFolder(async (folder) => {
      const [reader, stranger] = [await makeReader(), await makeReader()];
      const path = join(folder, "EV.sealed");
      await sealReport(await sealRequest(path, [{ key: reader.key }], [await makeSigner("Ada")]));
      for (const keys of [{ identities: [stranger.keyFile] }, { passphrase: Buffer.from("x") }]) {
        expect((await failureOf(openSealedReport({ path, keys }))).code).toBe("no-matching-key");
      }
      expect((await failureOf(openSealedReport({ path, keys: { identities: [] } }))).code).toBe("identities-empty");
      const trustedSigners = [{ name: "Ada", publicKey: "RWtypo" }];
      const keys = { identities: [reader.keyFile] };
      expect((await failureOf(openSealedReport({ path, keys, trustedSigners }))).code).toBe("public-key-malformed");
      expect((await failureOf(openSealedReport({ path, keys, signal: AbortSignal.abort() }))).code).toBe("cancelled");
    }));

  it("because it is larger than what the reader allows", () =>
    withFolder(async (folder) => {
      const reader = await makeReader();
      const path = join(folder, "EV.sealed");
      const request = await sealRequest(path, [{ key: reader.key }], [await makeSigner("Ada")]);
      const members = [{ path: "big.bin", bytes: Buffer.alloc(12_000_000) }];
      await sealReport({ ...request, members });
      const keys = { identities: [reader.keyFile] };
      expect((await failureOf(openSealedReport({ path, keys, limit: 1_000_000 }))).code).toBe("file-too-large");
      expect((await openSealedReport({ path, keys, limit: 12_000_000 })).members.get("big.bin")).toHaveLength(
        12_000_000,
      );
    }));

  it("because it is something else", () =>
    withFolder(async (folder) => {
      const reader = await makeReader();
      const keys = { identities: [reader.keyFile] };
      const to = { recipients: [{ key: reader.key }] };
      await mkdir(join(folder, "folder.sealed"));
      await writeFile(join(folder, "text.age"), "not an age file");
      await writeFile(join(folder, "empty.age"), "");
      await writeFile(join(folder, "no-tar.age"), await encryptBytes(Buffer.alloc(2000, "x"), to));
      const strange = packTar([{ path: "a.txt", bytes: Buffer.from("a") }], at);
      await writeFile(join(folder, "no-manifest.age"), await collect(encryptStream(strange, to)));
      const outer = packTar([{ path: "a.txt", bytes: Buffer.from("a") }], at);
      await writeFile(join(folder, "outer.tar"), await collect(outer));
      const expected: [string, SealingErrorCode][] = [
        ["none.sealed", "file-unreadable"],
        ["folder.sealed", "file-unreadable"],
        ["text.age", "not-an-age-file"],
        ["empty.age", "not-an-age-file"],
        ["no-tar.age", "package-invalid"],
        ["no-manifest.age", "not-a-sealed-report"],
        ["outer.tar", "not-a-sealed-report"],
      ];
      for (const [name, code] of expected) {
        const failure = await failureOf(openSealedReport({ path: join(folder, name), keys }));
        expect([name, failure.code]).toEqual([name, code]);
      }
    }));
});

describe("while it is sealed", () => {
  /** Everything in the folder, as bytes, at this moment. */
  function contents(folder: string): Buffer {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
    return Buffer.concat(files.filter((path) => statSync(path).isFile()).map((path) => readFileSync(path)));
  }

  it.each(["folder", "tar"] as const)("none of its content is ever on the disk in the clear: %s", (form) =>
    withFolder(async (folder) => {
      const canary = "CANARY-7f3a-in-the-clear";
      const reader = await makeReader();
      const destination = join(folder, "EV.sealed");
      const request = await sealRequest(destination, [{ key: reader.key, name: canary }], [await makeSigner(canary)]);
      const members = [{ path: `${canary}.txt`, bytes: Buffer.from(canary.repeat(40_000)) }];
      let looks = 0;
      let seen = 0;
      const progress = (): void => {
        looks += 1;
        const bytes = contents(folder);
        seen = Math.max(seen, bytes.length);
        expect(bytes.includes(canary)).toBe(false);
      };
      await sealReport({ ...request, form, members, progress, marking: canary });
      expect(contents(folder).includes(canary)).toBe(false);
      expect(looks).toBeGreaterThan(3);
      expect(seen).toBeGreaterThan(100_000);
    }),
  );
});
