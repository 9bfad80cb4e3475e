import "../kill/quick-argon2.ts";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failureLine } from "../../../electron/contract/words.ts";
import { encodeBatch } from "../../../electron/service/open-session.ts";
import { unlockVault, verifyVault } from "../../../electron/vault/index.ts";
import { Journal } from "../../../electron/vault/journal.ts";
import type { KeyRing } from "../../../electron/vault/keys.ts";
import { systemRandom } from "../../../electron/vault/sodium.ts";
import { closeWriter, openForWriting } from "../../../electron/vault/sqlite.ts";
import { secret, ServiceClient } from "../../integration/service-client.ts";
import { temporaryFolder, utf8 } from "../vault/small-vault.ts";
import { backupPassphrase, keptBy } from "./kept-keys.ts";
import { createVaultOfFour, idsOf, labels, passphrases, unlockAs, type Person } from "./people.ts";

/** A member who was removed, with every key that they ever had, an old copy of the vault, and a changed program. */

const folder = temporaryFolder();
const path = join(folder.path, "removed.evault");
const older = join(folder.path, "older.evault");
const client = new ServiceClient(join(folder.path, "profile"));
let ids: Record<Person, string>;
let backup: Uint8Array;
let keys: KeyRing;

beforeAll(async () => {
  await createVaultOfFour(client, path);
  ids = await idsOf(client);
  await client.ask("vault.lock", {});
  ({ backup, keys } = await keptBy(path, "eve"));
  copyFileSync(path, older);
  await unlockAs(client, path, "ana");
  await client.ask("members.remove", { memberId: ids.eve, reason: "left the team" });
  await client.ask("vault.rename", { name: "Without Eve" });
  await client.ask("vault.lock", {});
});
afterAll(async () => {
  await client.close();
  folder.remove();
});

const named = (id: string, name: string): Uint8Array =>
  encodeBatch([{ id, type: "vault.named", v: 1, at: Date.now(), by: ids.eve, body: { name } }]);

describe("a removed member", () => {
  it("comes in neither with their passphrase nor with a key backup, in the words of any wrong one", async () => {
    const file = client.file(path);
    const failure = await client.refused("vault.unlock", {
      file,
      member: labels.eve,
      passphrase: secret(passphrases.eve),
    });
    expect(failure.code).toBe("unlock-failed");
    expect(failureLine(failure)).toMatch(/passphrase/i);
    const again = unlockVault(path, { passphrase: utf8(backupPassphrase), backup });
    await expect(again).rejects.toMatchObject({ code: "no-such-member" });
  });

  it("who goes on writing under the old key is refused by the fold, shown in the journal, named by verify", async () => {
    const copy = join(folder.path, "written-on.evault");
    copyFileSync(path, copy);
    const database = openForWriting(copy);
    const journal = new Journal(database, copy, { memberId: ids.eve, keys, random: systemRandom });
    const seq = journal.size;
    const epochOf: unknown = database.prepare("SELECT epoch FROM compartment WHERE id = 1").pluck().get();
    const setEpoch = (epoch: unknown) => (): void => {
      database.prepare("UPDATE compartment SET epoch = ? WHERE id = 1").run(epoch);
    };
    journal.commit({ entries: [named("feedfacefeedface", "Eve's again")], before: setEpoch(1), outer: true });
    journal.commit({ before: setEpoch(epochOf), outer: true });
    closeWriter(database);
    expect((await verifyVault(copy)).problems).toContainEqual({
      where: `entry ${String(seq)}`,
      what: "it is under a retired key",
    });
    // The same vault at another place: the workstation knows it by its id.
    await unlockAs(client, copy, "ana");
    const { events } = await client.ask("journal.list", { offset: 0, limit: 10, refusedOnly: true });
    expect(events).toMatchObject([{ seq, by: ids.eve, refused: expect.stringMatching(/retired|role none/) as string }]);
    expect(await client.ask("vault.state", {})).toMatchObject({ name: "Without Eve" });
    await client.ask("vault.lock", {});
  });

  it("who writes on in an old copy has made another history: nobody who saw the newer one writes to it", async () => {
    const eve = await unlockVault(older, { member: { label: labels.eve }, passphrase: utf8(passphrases.eve) });
    for (let more = 0; more < 12; more += 1) eve.append([named(`0ldc0py${String(more).padStart(9, "0")}`, "Eve's")]);
    eve.close();
    const bytes = readFileSync(older);
    await unlockAs(client, older, "ana");
    const state = await client.ask("vault.state", {});
    if (!state.open) throw new Error("the vault is not open");
    expect(state.readOnly?.reason).toMatch(/another history|saw/);
    const refused = await client.refused("vault.rename", { name: "Mine" });
    expect(refused.code).toBe("vault-rolled-back");
    await client.ask("vault.lock", {});
    expect(readFileSync(older).equals(bytes)).toBe(true);
  });
});
