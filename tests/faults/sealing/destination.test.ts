import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decryptFile, encryptBytes } from "../../../electron/sealing/age.ts";
import { SealingError } from "../../../electron/sealing/errors.ts";
import { openSealedReport, writeOpenedReport } from "../../../electron/sealing/open.ts";
import { sealReport } from "../../../electron/sealing/seal.ts";
import {
  failureOf,
  makeReader,
  makeSigner,
  sealRequest,
  withFolder,
} from "../../integration/sealing/sealing-fixture.ts";

/** Sealing and opening where the disk does not want it: one clear error, and nothing left behind. */

const isRoot = process.getuid?.() === 0;

function mount(folder: string, options: string): boolean {
  return spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]).status === 0;
}

const canMount = await withFolder((folder) => {
  const mounted = isRoot && mount(folder, "size=64k");
  if (mounted) spawnSync("umount", [folder]);
  return Promise.resolve(mounted);
});

/** Works in a file system of its own, of 256 KiB, read-only if asked. */
async function withDisk<T>(readOnly: boolean, work: (disk: string) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    const disk = join(folder, "disk");
    await mkdir(disk);
    if (!mount(disk, "size=256k")) throw new Error("cannot mount a file system for the test");
    try {
      if (readOnly) spawnSync("mount", ["-o", "remount,ro", disk]);
      return await work(disk);
    } finally {
      spawnSync("umount", [disk]);
    }
  });
}

async function requestFor(destination: string, bytes = 1000) {
  const reader = await makeReader();
  const request = await sealRequest(destination, [{ key: reader.key }], [await makeSigner("Ada")]);
  return { reader, request: { ...request, members: [{ path: "report.bin", bytes: Buffer.alloc(bytes, 5) }] } };
}

describe.skipIf(!canMount)("a disk that is full or read-only (needs root and mount)", () => {
  it.each(["folder", "tar"] as const)("full while sealing: one error and an empty disk: %s", (form) =>
    withDisk(false, async (disk) => {
      const { request } = await requestFor(join(disk, "EV.sealed"), 400_000);
      expect((await failureOf(sealReport({ ...request, form }))).code).toBe("disk-full");
      expect(await readdir(disk)).toEqual([]);
    }),
  );

  it("full between the sealed file and its tar: one error and an empty disk", () =>
    withDisk(false, async (disk) => {
      const { request } = await requestFor(join(disk, "EV.sealed.tar"), 150_000);
      expect((await failureOf(sealReport({ ...request, form: "tar" }))).code).toBe("disk-full");
      expect(await readdir(disk)).toEqual([]);
    }));

  it("full while opening to a file or a folder", () =>
    withDisk(false, async (disk) => {
      const { reader, request } = await requestFor(join(disk, "..", "EV.sealed"), 400_000);
      await sealReport(request);
      const keys = { identities: [reader.keyFile] };
      const sealed = join(request.destination, "report.tar.age");
      expect((await failureOf(decryptFile(sealed, join(disk, "report.tar"), keys))).code).toBe("disk-full");
      const opened = await openSealedReport({ path: request.destination, keys });
      expect((await failureOf(writeOpenedReport(opened, join(disk, "out")))).code).toBe("disk-full");
      expect(await readdir(disk)).toEqual([]);
    }));

  it.each(["folder", "tar"] as const)("read-only: %s", (form) =>
    withDisk(true, async (disk) => {
      const { request } = await requestFor(join(disk, "EV.sealed"));
      expect((await failureOf(sealReport({ ...request, form }))).code).toBe("destination-unwritable");
      expect(await readdir(disk)).toEqual([]);
    }),
  );
});

describe("a destination that cannot be", () => {
  it("is never overwritten, be it a file, a folder, an empty one, or a link to nowhere", () =>
    withFolder(async (folder) => {
      for (const form of ["folder", "tar"] as const) {
        const { request, reader } = await requestFor(join(folder, "EV.sealed"));
        await writeFile(join(folder, "file"), "mine");
        await mkdir(join(folder, "empty"), { recursive: true });
        spawnSync("ln", ["-sfn", "/nowhere", join(folder, "link")]);
        for (const name of ["file", "empty", "link"]) {
          const failure = await failureOf(sealReport({ ...request, form, destination: join(folder, name) }));
          expect(failure.code).toBe("destination-exists");
        }
        const sealed = join(folder, "x.age");
        await writeFile(sealed, await encryptBytes(Buffer.from("x"), { recipients: [reader.recipient] }));
        const failure = await failureOf(decryptFile(sealed, join(folder, "file"), { identities: [reader.keyFile] }));
        expect(failure.code).toBe("destination-exists");
        expect(await readFile(join(folder, "file"), "utf8")).toBe("mine");
        expect((await readdir(folder)).sort()).toEqual(["empty", "file", "link", "x.age"]);
      }
    }));

  it("is named when its folder is missing or is a file", () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, "file"), "mine");
      for (const destination of [join(folder, "none", "EV.sealed"), join(folder, "file", "EV.sealed")]) {
        const { request } = await requestFor(destination);
        expect((await failureOf(sealReport(request))).code).toBe("destination-missing");
      }
      expect(await readdir(folder)).toEqual(["file"]);
    }));
});

describe("sealing that ends early", () => {
  it("leaves nothing when it is cancelled, at the start or under way", () =>
    withFolder(async (folder) => {
      for (const form of ["folder", "tar"] as const) {
        const { request } = await requestFor(join(folder, "EV.sealed"), 500_000);
        const early = AbortSignal.abort();
        expect((await failureOf(sealReport({ ...request, form, signal: early }))).code).toBe("cancelled");
        const stopping = new AbortController();
        const progress = (done: number): void => {
          if (done > 200_000) stopping.abort();
        };
        const failure = await failureOf(sealReport({ ...request, form, signal: stopping.signal, progress }));
        expect(failure.code).toBe("cancelled");
        expect(await readdir(folder)).toEqual([]);
      }
    }));

  it("leaves nothing when a member cannot be read again, or changed meanwhile", () =>
    withFolder(async (folder) => {
      const { request } = await requestFor(join(folder, "EV.sealed"));
      for (const second of ["fails", "changes"]) {
        let opened = 0;
        const open = async function* (): AsyncGenerator<Uint8Array> {
          opened += 1;
          yield await Promise.resolve(Buffer.alloc(1000, opened === 2 && second === "changes" ? 9 : 1));
          if (opened === 2 && second === "fails") throw new SealingError("file-unreadable", "gone");
        };
        const members = [{ path: "big.bin", size: 1000, open }];
        const failure = await failureOf(sealReport({ ...request, members }));
        expect(failure.code).toBe(second === "fails" ? "file-unreadable" : "member-changed");
        expect(opened).toBe(2);
        expect(await readdir(folder)).toEqual([]);
      }
    }));
});
