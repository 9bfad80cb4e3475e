import { spawnSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createVault, inspectVault, VaultError, verifyVault, writeFileDurably } from "../../../electron/vault/index.ts";
import { canMount, withDisk } from "./disk-mount.ts";
import {
  founderPassphrase,
  inPieces,
  makeSmallVault,
  noise,
  quickKdf,
  readContents,
  temporaryFolder,
  utf8,
} from "./small-vault.ts";

/** A vault on a disk that is full or may not be written: one clear error, nothing lost, nothing left behind. */

const codeOf = (action: () => unknown): string => {
  try {
    action();
    return "no error";
  } catch (error) {
    return error instanceof VaultError ? error.code : String(error);
  }
};

const codeOfAsync = async (action: Promise<unknown>): Promise<string> => {
  try {
    await action;
    return "no error";
  } catch (error) {
    return error instanceof VaultError ? error.code : String(error);
  }
};

describe.skipIf(!canMount)("a full disk (needs root and mount)", () => {
  it("refuses to append, keeps what was there, and goes on when there is room", { timeout: 60_000 }, () =>
    withDisk(600, async (disk, remount) => {
      const small = await makeSmallVault(join(disk, "a.evault"));
      const vault = small.open();
      const before = vault.size;
      let code = "no error";
      while (code === "no error") code = codeOf(() => vault.append([noise(20_000, String(vault.size))]));
      expect(code).toBe("disk-full");
      const { size } = vault;
      expect(size).toBeGreaterThan(before);
      expect([...vault.entries(0)].length).toBe(size);
      expect(vault.checkpoint.size).toBe(size);
      remount("size=8m");
      expect(vault.append([utf8("room again")]).firstSeq).toBe(size);
      vault.close();
      expect((await verifyVault(small.path)).problems).toEqual([]);
      expect(inspectVault(small.path).entries).toBe(size + 1);
    }),
  );

  it("when closing, loses nothing: the log is taken in at the next opening", { timeout: 60_000 }, () =>
    withDisk(600, async (disk, remount) => {
      const small = await makeSmallVault(join(disk, "a.evault"));
      const vault = small.open();
      while (codeOf(() => vault.append([noise(20_000, String(vault.size))])) === "no error");
      const { size } = vault;
      const free = Number(spawnSync("df", ["--output=avail", "-k", disk]).stdout.toString().split("\n")[1]);
      if (free > 0) writeFileSync(join(disk, "filler"), Buffer.alloc(free * 1024));
      expect(["no error", "disk-full"]).toContain(
        codeOf(() => {
          vault.close();
        }),
      );
      remount("size=8m");
      const again = small.open();
      expect(again.size).toBe(size);
      expect(readContents(again, small.blobIds).entries.slice(0, small.contents.entries.length)).toEqual(
        small.contents.entries,
      );
      again.append([utf8("and on")]);
      again.close();
      expect((await verifyVault(small.path)).problems).toEqual([]);
    }),
  );

  it("refuses blobs, snapshots and members whole", { timeout: 60_000 }, () =>
    withDisk(1200, async (disk, remount) => {
      const small = await makeSmallVault(join(disk, "a.evault"));
      const vault = small.open();
      expect(await codeOfAsync(vault.stageBlob(inPieces(noise(20_000_000, "much"), 1_000_000)))).toBe("disk-full");
      expect(
        codeOf(() => {
          vault.saveSnapshot([{ name: "much", bytes: noise(3_000_000, "much") }]);
        }),
      ).toBe("disk-full");
      const blob = await vault.stageBlob(inPieces(noise(3_000_000, "held in memory")));
      expect(codeOf(() => vault.append([utf8("with a blob")], { blobs: [blob] }))).toBe("disk-full");
      expect(readContents(vault, small.blobIds)).toEqual(small.contents);
      expect(vault.memberKeys().length).toBe(2);
      remount("size=20m");
      vault.append([utf8("with a blob")], { blobs: [blob] });
      expect(vault.blob(blob.id).read(0, 10)).toEqual(noise(10, "held in memory"));
      vault.close();
      expect((await verifyVault(small.path)).problems).toEqual([]);
    }),
  );

  it("makes no vault and no file, and keeps the file that was to be replaced", { timeout: 60_000 }, () =>
    withDisk(24, async (disk) => {
      const made = createVault(join(disk, "new.evault"), {
        label: "x",
        founder: { label: "Lead A", name: "Ada", passphrase: founderPassphrase, kdf: quickKdf },
        firstEntries: () => [utf8("first")],
      });
      expect(await codeOfAsync(made)).toBe("disk-full");
      expect(readdirSync(disk)).toEqual([]);
      writeFileDurably(join(disk, "file"), utf8("old"));
      expect(
        codeOf(() => {
          writeFileDurably(join(disk, "file"), noise(100_000, "new"));
        }),
      ).toBe("disk-full");
      expect(readFileSync(join(disk, "file"), "utf8")).toBe("old");
      expect(readdirSync(disk)).toEqual(["file"]);
    }),
  );
});

describe.skipIf(!canMount)("a disk that may not be written (needs root and mount)", () => {
  it("lets a vault be looked at and verified, not opened, made or changed", { timeout: 60_000 }, () =>
    withDisk(4000, async (disk, remount) => {
      const small = await makeSmallVault(join(disk, "a.evault"));
      const bytes = readFileSync(small.path);
      remount("ro");
      expect(inspectVault(small.path).entries).toBe(small.contents.entries.length);
      expect((await verifyVault(small.path)).problems).toEqual([]);
      expect(codeOf(() => small.open())).toBe("read-only");
      expect(
        codeOf(() => {
          writeFileDurably(join(disk, "file"), utf8("x"));
        }),
      ).toBe("read-only");
      const made = createVault(join(disk, "new.evault"), {
        label: "x",
        founder: { label: "Lead A", name: "Ada", passphrase: founderPassphrase, kdf: quickKdf },
        firstEntries: () => [utf8("first")],
      });
      expect(await codeOfAsync(made)).toBe("read-only");
      expect(readdirSync(disk)).toEqual(["a.evault"]);
      expect(readFileSync(small.path).equals(bytes)).toBe(true);
    }),
  );
});

describe("a name that is taken or a folder that is not there", () => {
  it("is never overwritten, never made up", async () => {
    const folder = temporaryFolder();
    const small = await makeSmallVault(join(folder.path, "a.evault"));
    const before = statSync(small.path).mtimeMs;
    const founder = { label: "Lead A", name: "Ada", passphrase: founderPassphrase, kdf: quickKdf };
    const request = { label: "x", founder, firstEntries: () => [utf8("first")] };
    expect(await codeOfAsync(createVault(small.path, request))).toBe("exists");
    expect(await codeOfAsync(createVault(join(folder.path, "no", "b.evault"), request))).toBe("missing");
    expect(statSync(small.path).mtimeMs).toBe(before);
    copyFileSync(small.path, join(folder.path, "copy.evault"));
    expect(readdirSync(folder.path).sort()).toEqual(["a.evault", "copy.evault"]);
    folder.remove();
  });

  it("a first entry that cannot be made leaves no file", async () => {
    const folder = temporaryFolder();
    const founder = { label: "Lead A", name: "Ada", passphrase: founderPassphrase, kdf: quickKdf };
    const firstEntries = (): readonly Uint8Array[] => {
      throw new VaultError("invalid-argument", "no entries");
    };
    expect(await codeOfAsync(createVault(join(folder.path, "a.evault"), { label: "x", founder, firstEntries }))).toBe(
      "invalid-argument",
    );
    expect(readdirSync(folder.path)).toEqual([]);
    folder.remove();
  });
});
