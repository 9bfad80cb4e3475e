import fc from "fast-check";
import { pack } from "tar-stream";
import { describe, expect, it } from "vitest";
import { SealingError } from "../../../electron/sealing/errors.ts";
import { checkMemberPaths, packTar, unpackTar, type MemberSource } from "../../../electron/sealing/tar.ts";

const limits = { members: 100, memberBytes: 1_000_000, totalBytes: 10_000_000 };
const at = new Date("2026-07-01T12:00:00Z");

async function collect(source: AsyncIterable<unknown>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of source) if (part instanceof Uint8Array) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SealingError)) throw new Error("expected a SealingError", { cause: error });
  return error.code;
}

const segment = fc.stringMatching(/^[a-z0-9_][a-z0-9._-]{0,8}[a-z0-9_]$/).filter((text) => {
  try {
    checkMemberPaths([text]);
    return true;
  } catch {
    return false;
  }
});
const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));

describe("the package's tar", () => {
  it("gives back what was put in, from memory and from streams", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(path, fc.uint8Array({ maxLength: 3000 }), fc.boolean()), {
          maxLength: 8,
          selector: ([name]) => name.split("/")[0],
        }),
        async (entries) => {
          const members = entries.map(([name, bytes, streamed]): MemberSource =>
            streamed
              ? {
                  path: name,
                  size: bytes.length,
                  open: async function* () {
                    const half = bytes.length >> 1;
                    yield await Promise.resolve(bytes.subarray(0, half));
                    yield bytes.subarray(half);
                  },
                }
              : { path: name, bytes },
          );
          const read = await unpackTar(await collect(packTar(members, at)), limits);
          expect([...read]).toEqual(entries.map(([name, bytes]) => [name, new Uint8Array(bytes)]));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is the same bytes for the same members", async () => {
    const members = [{ path: "a.txt", bytes: Buffer.from("one") }];
    const first = await collect(packTar(members, at));
    expect(await collect(packTar(members, at))).toEqual(first);
    expect(first).toHaveLength(512 + 512 + 1024);
    expect(Buffer.from(first.subarray(257, 265)).toString("latin1")).toBe("ustar\u000000");
  });

  it.each([
    "../a",
    "/a",
    "a/../b",
    "a//b",
    "",
    ".",
    "a/.hidden",
    "C:a",
    "a\\b",
    "é",
    "a/nul.txt",
    "COM1",
    "a.",
    "x".repeat(101),
  ])("refuses the path %j both ways", async (name) => {
    const members = [{ path: name, bytes: new Uint8Array(1) }];
    expect(await codeOf(collect(packTar(members, at)))).toBe("member-path-invalid");
    if (name === "") return;
    const archive = pack();
    archive.entry({ name, mtime: at }, "x");
    archive.finalize();
    expect(await codeOf(unpackTar(await collect(archive), limits))).toBe("package-invalid");
  });

  it("refuses the same path twice, also where only capitals differ or a file is a folder", async () => {
    const bytes = new Uint8Array(1);
    for (const [one, two] of [
      ["a", "a"],
      ["a", "A"],
      ["a", "a/b"],
      ["x/y/z", "X/y"],
    ]) {
      const members = [one, two].map((name) => ({ path: name ?? "", bytes }));
      expect(await codeOf(collect(packTar(members, at)))).toBe("member-duplicate");
      const archive = pack();
      for (const { path: name } of members) archive.entry({ name, mtime: at }, "x");
      archive.finalize();
      expect(await codeOf(unpackTar(await collect(archive), limits))).toBe("package-invalid");
    }
  });

  it.each(["symlink", "link", "directory", "fifo", "character-device"] as const)("refuses a %s", async (type) => {
    const archive = pack();
    archive.entry({ name: "a", type, linkname: "/etc/passwd", mtime: at });
    archive.finalize();
    expect(await codeOf(unpackTar(await collect(archive), limits))).toBe("package-invalid");
  });

  it("refuses more members, larger members and a larger archive than its limits", async () => {
    const archive = await collect(
      packTar(
        ["a", "b", "c"].map((name) => ({ path: name, bytes: new Uint8Array(600) })),
        at,
      ),
    );
    expect(await codeOf(unpackTar(archive, { ...limits, members: 2 }))).toBe("package-invalid");
    expect(await codeOf(unpackTar(archive, { ...limits, memberBytes: 599 }))).toBe("package-invalid");
    expect(await codeOf(unpackTar(archive, { ...limits, totalBytes: archive.length - 1 }))).toBe("package-invalid");
    expect((await unpackTar(archive, { members: 3, memberBytes: 600, totalBytes: archive.length })).size).toBe(3);
  });

  it("refuses what is no tar, and one that was cut inside a member", async () => {
    expect(await codeOf(unpackTar(new Uint8Array(700).fill(65), limits))).toBe("package-invalid");
    const archive = await collect(packTar([{ path: "a", bytes: new Uint8Array(5000) }], at));
    for (const length of [1, 511, 513, 4000]) {
      expect(await codeOf(unpackTar(archive.subarray(0, length), limits))).toBe("package-invalid");
    }
  });

  it("says so when a member is not as long as it was said to be", async () => {
    for (const size of [3, 5]) {
      const open = async function* () {
        yield await Promise.resolve(new Uint8Array(4));
      };
      expect(await codeOf(collect(packTar([{ path: "a", size, open }], at)))).toBe("member-changed");
    }
  });

  it("passes a member's own failure on and stops", async () => {
    const open = async function* () {
      yield await Promise.resolve(new Uint8Array(4));
      throw new SealingError("file-unreadable", "gone");
    };
    expect(await codeOf(collect(packTar([{ path: "a", size: 8, open }], at)))).toBe("file-unreadable");
  });
});
