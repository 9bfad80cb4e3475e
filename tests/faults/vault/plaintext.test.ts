import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createVault, VaultError, unlockVault } from "../../../electron/vault/index.ts";
import { inPieces, quickKdf, temporaryFolder, utf8 } from "./small-vault.ts";

/** Nothing that was typed is in any file of a vault, while it is open and after; nor in the errors that it throws. */

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});

const canaries = {
  name: "Canary-Name-7f31",
  passphrase: "Canary-Passphrase-0c2e",
  nextPassphrase: "Canary-Next-Passphrase-55aa",
  keyFile: "Canary-Key-File-91d4",
  entry: "Canary-Entry-e84b",
  blob: "Canary-Blob-3a90",
  snapshot: "Canary-Snapshot-6be2",
  snapshotName: "Canary-Snapshot-Name-48c1",
  secondName: "Canary-Second-Name-d215",
  secondPassphrase: "Canary-Second-Passphrase-8f07",
};

/** Which texts stand in any file of the folder, in UTF-8, UTF-16 or hex, in any case. */
function found(texts: readonly string[]): string[] {
  const files = readdirSync(folder.path).map((name) => readFileSync(join(folder.path, name)));
  return texts.filter((text) =>
    files.some((file) => {
      const lower = Buffer.from(file.toString("latin1").toLowerCase(), "latin1");
      return [
        Buffer.from(text.toLowerCase()),
        Buffer.from(text.toLowerCase(), "utf16le"),
        Buffer.from(Buffer.from(text).toString("hex")),
      ].some((form) => lower.includes(form));
    }),
  );
}

describe("plaintext", () => {
  it("is in no file of a vault, open or closed; labels are", { timeout: 60_000 }, async () => {
    const path = join(folder.path, "canary.evault");
    const vault = await createVault(path, {
      label: "Readable-Label",
      founder: {
        label: "Lead A",
        name: canaries.name,
        passphrase: utf8(canaries.passphrase),
        keyFile: utf8(canaries.keyFile),
        kdf: quickKdf,
      },
      firstEntries: () => [utf8(canaries.entry)],
    });
    const large = utf8(`${canaries.blob} `.repeat(20_000));
    const blob = await vault.stageBlob(inPieces(large));
    vault.append([utf8(canaries.entry.repeat(500))], { blobs: [blob] });
    vault.saveSnapshot([{ name: canaries.snapshotName, bytes: utf8(canaries.snapshot.repeat(100)) }]);
    await vault.addMember({
      label: "Evaluator B",
      name: canaries.secondName,
      passphrase: utf8(canaries.secondPassphrase),
      kdf: quickKdf,
      entries: [utf8(canaries.secondName)],
    });
    await vault.changePassphrase({
      current: utf8(canaries.passphrase),
      currentKeyFile: utf8(canaries.keyFile),
      next: utf8(canaries.nextPassphrase),
      kdf: quickKdf,
    });
    const searched = [...Object.values(canaries), "Readable-Label", "Evaluator B"];
    expect(readdirSync(folder.path)).toContain("canary.evault-wal");
    expect(found(searched)).toEqual(["Readable-Label", "Evaluator B"]);
    expect(vault.entry(0).plaintext).toEqual(utf8(canaries.entry));
    vault.close();
    expect(readdirSync(folder.path)).toEqual(["canary.evault"]);
    expect(found(searched)).toEqual(["Readable-Label", "Evaluator B"]);

    const refused: unknown = await unlockVault(path, {
      member: { name: canaries.name },
      passphrase: utf8(canaries.passphrase),
    }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(VaultError);
    expect(JSON.stringify([String(refused), refused])).not.toMatch(/canary-(name|passphrase)/i);
  });
});
