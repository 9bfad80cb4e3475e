import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { failureLine } from "../../../electron/contract/words.ts";
import { inspectVault, unlockVault, verifyVault } from "../../../electron/vault/index.ts";
import { formatVersion } from "../../../electron/vault/schema.ts";
import { secret, ServiceClient } from "../../integration/service-client.ts";
import { temporaryFolder, utf8 } from "./small-vault.ts";

/** What older versions wrote opens; what newer versions wrote is refused in words that say so, and not touched. */

const samples = fileURLToPath(new URL("../../fixtures/vault/", import.meta.url));
const factsSchema = z.object({
  vaultId: z.string(),
  founder: z.string(),
  entries: z.array(z.string()),
  blobs: z.array(z.object({ id: z.string(), sha256: z.string(), size: z.number() })),
});
const released = readdirSync(samples).filter((name) => /^format-\d+\.evault$/.test(name));
/** The passphrase of every sample's lead. */
const passphrase = "sample lead passphrase, changed";

const folder = temporaryFolder();
const client = new ServiceClient(join(folder.path, "profile"));
afterAll(async () => {
  await client.close();
  folder.remove();
});

/** The sample as it would be if a version to come had written it. */
function ofFormat(sample: string, format: number): string {
  const path = join(folder.path, `format-${String(format)}.evault`);
  const bytes = readFileSync(join(samples, sample));
  bytes.writeUInt32BE(format, 60);
  writeFileSync(path, bytes);
  return path;
}

describe("the sample vault of each released format", () => {
  it("there is one for every format that there has been", () => {
    expect(released).toEqual(Array.from({ length: formatVersion }, (_, index) => `format-${String(index + 1)}.evault`));
  });

  it.each(released)("%s opens, reads and verifies; can be written on and locked", async (name) => {
    const facts = factsSchema.parse(JSON.parse(readFileSync(join(samples, name.replace(".evault", ".json")), "utf8")));
    const path = join(folder.path, name);
    copyFileSync(join(samples, name), path);
    const vault = await unlockVault(path, { member: { name: "Ada Lovelace" }, passphrase: utf8(passphrase) });
    expect(vault.id).toBe(facts.vaultId);
    const texts = [...vault.entries(0)].map(({ plaintext }) => Buffer.from(plaintext ?? []).toString("utf8"));
    expect(texts).toEqual(facts.entries);
    for (const blob of facts.blobs) {
      const reader = vault.blob(blob.id);
      expect([reader.sha256, reader.read(0, reader.size).length]).toEqual([blob.sha256, blob.size]);
    }
    vault.append([utf8("written by this version")]);
    expect((await vault.verify()).problems).toEqual([]);
    vault.close();
    expect((await verifyVault(path)).problems).toEqual([]);
  });

  it.each(released)("%s unlocks over the contract", async (name) => {
    const path = join(folder.path, `service-${name}`);
    copyFileSync(join(samples, name), path);
    const state = await client.ask("vault.unlock", {
      file: client.file(path),
      member: "Lead A",
      passphrase: secret(passphrase),
    });
    expect(state).toMatchObject({ open: true, readOnly: null });
    await client.ask("vault.lock", {});
    expect((await verifyVault(path)).problems).toEqual([]);
  });
});

describe("a vault of a format that is still to come", () => {
  const formats = [formatVersion + 1, formatVersion + 7, 0x7fffffff];

  it.each(formats)("%i is refused by everything that opens it, with nothing changed", async (format) => {
    const path = ofFormat(released.at(-1) ?? "", format);
    const bytes = readFileSync(path);
    const code = "future-format";
    const refusal = expect.objectContaining({ code, params: expect.objectContaining({ format }) as object }) as Error;
    expect(() => inspectVault(path)).toThrow(refusal);
    await expect(verifyVault(path)).rejects.toMatchObject({ code });
    await expect(unlockVault(path, { passphrase: utf8(passphrase) })).rejects.toMatchObject({ code });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it.each(formats)(
    "%i is refused over the contract in words that say what to do, with nothing changed",
    async (format) => {
      const path = ofFormat(released.at(-1) ?? "", format);
      const bytes = readFileSync(path);
      const file = client.file(path);
      const failures = [
        await client.refused("vault.inspect", { file }),
        await client.refused("vault.verify", { file }),
        await client.refused("vault.unlock", { file, member: "Lead A", passphrase: secret(passphrase) }),
      ];
      for (const failure of failures) {
        expect(failure.code).toBe("vault-future");
        expect(failureLine(failure)).toMatch(/newer EvalVault.*not changed/);
      }
      expect(readFileSync(path).equals(bytes)).toBe(true);
      expect(readdirSync(folder.path).filter((name) => name.startsWith(`format-${String(format)}.evault-`))).toEqual(
        [],
      );
    },
  );
});
