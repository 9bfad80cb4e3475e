import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { inspectVault, unlockVault, verifyVault } from "../../../electron/vault/index.ts";
import { tables } from "../../../electron/vault/schema.ts";
import { readByTheDocument, type StrangerSecrets } from "./stranger.ts";

/** The sample of format 1 opens for ever: by the product, and by a reader written from the document alone. */

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/vault/${name}`, import.meta.url));
const facts = z
  .object({
    vaultId: z.string(),
    founder: z.string(),
    evaluator: z.string(),
    entries: z.array(z.string()),
    blobs: z.array(z.object({ id: z.string(), sha256: z.string(), size: z.number() })),
    note: z.string(),
    checkpoints: z.number(),
  })
  .parse(JSON.parse(readFileSync(fixture("format-1.json"), "utf8")));

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const lead = { name: "Ada Lovelace", passphrase: "sample lead passphrase, changed", keyFile: null };
const evaluator = {
  name: " GRACE hopper ",
  passphrase: "sample evaluator passphrase",
  keyFile: utf8("sample key file"),
};

let folder = "";
let path = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "evalvault-sample-"));
  path = join(folder, "format-1.evault");
  copyFileSync(fixture("format-1.evault"), path);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the sample vault of format 1", () => {
  it("is whole, and shows what anyone may see", async () => {
    expect(await verifyVault(path)).toMatchObject({
      ok: true,
      depth: "ciphertext",
      entries: facts.entries.length,
      blobs: 3,
      checkpoints: facts.checkpoints,
      problems: [],
    });
    const outline = inspectVault(path);
    expect(outline).toMatchObject({ id: facts.vaultId, label: "Sample of format 1", format: 1, entries: 5 });
    expect(outline.slots.map(({ label, keyFile }) => [label, keyFile])).toEqual([
      ["Lead A", false],
      ["Evaluator B", true],
    ]);
    expect(readFileSync(path).equals(readFileSync(fixture("format-1.evault")))).toBe(true);
  });

  it.each<readonly [string, StrangerSecrets, string]>([
    ["lead", lead, facts.founder],
    ["evaluator with a key file", evaluator, facts.evaluator],
  ])("opens for its %s, with everything in it", async (_, who, id) => {
    const vault = await unlockVault(path, {
      member: { name: who.name },
      passphrase: utf8(who.passphrase),
      keyFile: who.keyFile ?? undefined,
    });
    expect(vault.memberId).toBe(id);
    expect([...vault.entries(0)].map(({ plaintext }) => Buffer.from(plaintext ?? []).toString("utf8"))).toEqual(
      facts.entries,
    );
    for (const { id: blobId, sha256, size } of facts.blobs) {
      const bytes = vault.blob(blobId).read(0, size);
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    }
    expect(await vault.verify()).toMatchObject({ ok: true, depth: "everything" });
    vault.close();
  });

  it.each<readonly [string, StrangerSecrets]>([
    ["lead", lead],
    ["evaluator with a key file", evaluator],
  ])("reads the same by the document alone, for its %s", (_, who) => {
    const reading = readByTheDocument(path, who);
    expect(reading.vaultId).toBe(facts.vaultId);
    expect(reading.label).toBe("Sample of format 1");
    expect(reading.entries).toEqual(facts.entries.map((content) => ({ author: facts.founder, content })));
    expect(reading.newestNote).toBe(facts.note);
    expect(reading.checkpoints).toBe(facts.checkpoints);
    expect([...reading.blobs.keys()]).toEqual(facts.blobs.map((blob) => blob.id));
    for (const { id, sha256, size } of facts.blobs) {
      const bytes = reading.blobs.get(id);
      expect(bytes?.length).toBe(size);
      expect(
        createHash("sha256")
          .update(bytes ?? "")
          .digest("hex"),
      ).toBe(sha256);
    }
  });

  it("is refused by the stranger with an old passphrase or without the key file", () => {
    expect(() => readByTheDocument(path, { ...lead, passphrase: "sample lead passphrase" })).toThrow();
    expect(() => readByTheDocument(path, { ...evaluator, keyFile: null })).toThrow();
  });
});

describe("docs/vault-format.md", () => {
  const text = readFileSync(new URL("../../../docs/vault-format.md", import.meta.url), "utf8");

  it("gives the schema letter for letter", () => {
    const [, block = ""] = /```sql\n([^`]*)```/.exec(text) ?? [];
    expect(block.trim().split("\n")).toEqual(tables.map((table) => table.sql));
  });
});
