import "../kill/quick-argon2.ts";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeBatch } from "../../../electron/service/open-session.ts";
import { entryPlace } from "../../../electron/vault/associated-data.ts";
import { frame } from "../../../electron/vault/framing.ts";
import { fromHex } from "../../../electron/vault/canonical.ts";
import { inspectVault } from "../../../electron/vault/index.ts";
import { aeadSeal, systemRandom } from "../../../electron/vault/sodium.ts";
import { secret, ServiceClient } from "../../integration/service-client.ts";
import { temporaryFolder } from "../vault/small-vault.ts";
import { keptBy } from "./kept-keys.ts";
import { createVaultOfFour, idsOf, labels, passphrases, unlockAs, type Person } from "./people.ts";

/**
 * Every member holds the compartment's key, and can put other words under the number of an entry that a lead signed. They
 * are not taken for the lead's: whoever reads the entry is told that the vault is damaged, and where.
 */

const folder = temporaryFolder();
const path = join(folder.path, "swapped.evault");
const client = new ServiceClient(join(folder.path, "profile"));
let ids: Record<Person, string>;
let seq = 0;

beforeAll(async () => {
  await createVaultOfFour(client, path);
  ids = await idsOf(client);
  await client.ask("vault.rename", { name: "The lead's own words" });
  const { events } = await client.ask("journal.list", { offset: 0, limit: 1 });
  seq = events[0]?.seq ?? -1;
  await client.ask("vault.lock", {});
});
afterAll(async () => {
  await client.close();
  folder.remove();
});

describe("an entry put under a lead's checkpoint by another member", () => {
  it("is named by verify, and taken by nobody for the lead's word", async () => {
    const { keys } = await keptBy(path, "eve");
    const forged = join(folder.path, "forged.evault");
    copyFileSync(path, forged);
    const place = { vaultId: fromHex(inspectVault(forged).id), compartment: 1, epoch: 1 };
    const words = { id: "feedfacefeedface", type: "vault.named", v: 1, at: 0, by: ids.ana, body: { name: "Eve's" } };
    const nonce = systemRandom(24);
    const framed = frame(encodeBatch([words]), "to-64");
    const ciphertext = aeadSeal(framed, entryPlace(place, seq), nonce, keys.compartment(1, 1));
    const database = new Database(forged);
    database.prepare("UPDATE entry SET nonce = ?, ciphertext = ? WHERE seq = ?").run(nonce, ciphertext, seq);
    database.close();

    const file = client.file(forged);
    const outside = await client.ask("vault.verify", { file });
    expect(outside.ok).toBe(false);
    expect(outside.problems.map((one) => `${one.where}: ${one.what}`).join("\n")).toMatch(/checkpoint|entr/);
    for (const person of ["ana", "ben"] as const) {
      const passphrase = secret(passphrases[person]);
      const failure = await client.refused("vault.unlock", { file, member: labels[person], passphrase });
      expect(failure.code).toBe("vault-damaged");
      expect(failure.detail).toMatch(/checkpoint \d+: its root does not fit the entries under it/);
      expect(await client.ask("vault.state", {})).toEqual({ open: false });
    }
    // Nobody holds it after that: it can be looked at, and the vault that is whole opens.
    expect((await client.ask("vault.inspect", { file })).slots).toHaveLength(4);
    await unlockAs(client, path, "ana");
    expect(await client.ask("vault.state", {})).toMatchObject({ name: "The lead's own words" });
  });
});
