import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decryptFile, decryptToMemory, encryptBytes, type OpenWith } from "../../../electron/sealing/age.ts";
import { singleChunk } from "../../../electron/sealing/byte-reader.ts";
import { openSealedReport } from "../../../electron/sealing/open.ts";
import { sealReport } from "../../../electron/sealing/seal.ts";
import {
  failureOf,
  makeReader,
  makeSigner,
  sealRequest,
  withFolder,
} from "../../integration/sealing/sealing-fixture.ts";

/** A sealed file that was changed or cut anywhere, by someone who does not have its key. */

async function smallSealedFile(folder: string): Promise<{ bytes: Buffer; keys: OpenWith }> {
  const reader = await makeReader();
  const request = await sealRequest(join(folder, "EV.sealed"), [{ key: reader.key }], [await makeSigner("Ada")]);
  await sealReport({ ...request, members: [{ path: "report.json", bytes: Buffer.from("{}\n") }] });
  return { bytes: await readFile(join(folder, "EV.sealed/report.tar.age")), keys: { identities: [reader.keyFile] } };
}

describe("a sealed file that is not what was sealed", () => {
  it("is refused whichever byte was changed", { timeout: 180_000 }, () =>
    withFolder(async (folder) => {
      const { bytes, keys } = await smallSealedFile(folder);
      const codes = new Map<string, number>();
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ (1 << (at % 8)), at);
        const { code } = await failureOf(decryptToMemory(singleChunk(changed), keys, bytes.length));
        codes.set(code, (codes.get(code) ?? 0) + 1);
      }
      expect([...codes.values()].reduce((sum, count) => sum + count, 0)).toBe(bytes.length);
      expect([...codes.keys()].sort()).toEqual(["file-damaged", "no-matching-key", "not-an-age-file"]);
    }),
  );

  it("is refused at whichever length it was cut", { timeout: 180_000 }, () =>
    withFolder(async (folder) => {
      const { bytes, keys } = await smallSealedFile(folder);
      for (let length = 0; length < bytes.length; length += 1) {
        const cut = singleChunk(bytes.subarray(0, length));
        const { code } = await failureOf(decryptToMemory(cut, keys, bytes.length));
        expect(["file-damaged", "not-an-age-file"]).toContain(code);
      }
    }),
  );

  it("leaves no file at whichever length it was cut", { timeout: 60_000 }, () =>
    withFolder(async (folder) => {
      const reader = await makeReader();
      const bytes = await encryptBytes(Buffer.from("a few words of a report"), { recipients: [reader.recipient] });
      const cut = join(folder, "cut.age");
      for (let length = 0; length < bytes.length; length += 1) {
        await writeFile(cut, bytes.subarray(0, length));
        await failureOf(decryptFile(cut, join(folder, "plain"), { identities: [reader.keyFile] }));
        expect(await readdir(folder)).toEqual(["cut.age"]);
      }
      await writeFile(cut, bytes);
      await decryptFile(cut, join(folder, "plain"), { identities: [reader.keyFile] });
      expect(await readFile(join(folder, "plain"), "utf8")).toBe("a few words of a report");
    }),
  );

  it("is refused when a file of several chunks ends at a chunk, loses, repeats or swaps one, or goes on", () =>
    withFolder(async (folder) => {
      const reader = await makeReader();
      const request = await sealRequest(join(folder, "EV.sealed"), [{ key: reader.key }], [await makeSigner("Ada")]);
      await sealReport({ ...request, members: [{ path: "report.bin", bytes: Buffer.alloc(250_000, 7) }] });
      const path = join(folder, "EV.sealed/report.tar.age");
      const bytes = await readFile(path);
      const start = bytes.indexOf("\n--- ") + 1;
      const payload = bytes.indexOf("\n", start) + 1 + 16;
      const chunk = 65_536 + 16;
      const part = (n: number): Buffer =>
        bytes.subarray(payload + n * chunk, Math.min(payload + (n + 1) * chunk, bytes.length));
      const head = bytes.subarray(0, payload);
      const changed = [
        [head, part(0)],
        [head, part(0), part(1)],
        [head, part(0), part(1), part(2)],
        [head, part(1), part(2), part(3)],
        [head, part(0), part(2), part(1), part(3)],
        [head, part(0), part(1), part(1), part(2), part(3)],
        [bytes, Buffer.alloc(1)],
        [bytes, Buffer.alloc(chunk)],
        [bytes, part(3)],
        [head],
      ];
      for (const parts of changed) {
        await writeFile(path, Buffer.concat(parts));
        const failure = await failureOf(openSealedReport({ path, keys: { identities: [reader.keyFile] } }));
        expect(failure.code).toBe("file-damaged");
      }
      await writeFile(path, bytes);
      expect((await openSealedReport({ path, keys: { identities: [reader.keyFile] } })).members.size).toBe(4);
    }));
});
