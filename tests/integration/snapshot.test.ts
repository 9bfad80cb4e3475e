import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unlockVault } from "../../electron/vault/index.ts";
import { createVaultFor, leadPassphrase, secret, ServiceClient, temporaryFolder } from "./service-client.ts";

/** What is kept between two unlockings: the list of the journal comes in when it is asked for, and is never missed. */

const folder = temporaryFolder();
const vault = folder.path("kept.evault");
const client = new ServiceClient(folder.path("profile"));
const unlock = () =>
  client.ask("vault.unlock", { file: client.file(vault), member: "Lead A", passphrase: secret(leadPassphrase) });
const journal = () => client.ask("journal.list", { offset: 0, limit: 500 });
const awaits = (): boolean => client.host.session.model.awaitsJournal;

beforeAll(async () => {
  await createVaultFor(client, vault);
  for (let n = 0; n < 20; n += 1) await client.ask("vault.rename", { name: `Northgate ${String(n)}` });
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

describe("the snapshot", () => {
  it("answers the frame of every screen without the journal's list, and the list when it is asked for", async () => {
    const before = { state: await client.ask("vault.state", {}), journal: await journal() };
    await client.ask("vault.lock", {});
    await unlock();
    expect(await client.ask("vault.state", {})).toEqual(before.state);
    await client.ask("overview.get", {});
    await client.ask("members.list", {});
    await client.ask("compartments.list", {});
    expect(awaits()).toBe(true);
    expect(await journal()).toEqual(before.journal);
    expect(awaits()).toBe(false);
  });

  it("is kept as it is where nothing changed, and made anew where something did", async () => {
    await client.ask("vault.lock", {});
    await unlock();
    await client.ask("vault.lock", {});
    await unlock();
    expect(awaits()).toBe(true);
    await client.ask("vault.rename", { name: "Northgate again" });
    const after = await journal();
    await client.ask("vault.lock", {});
    await unlock();
    expect(await journal()).toEqual(after);
  });

  it("makes the list again from the entries where the kept one is not whole", async () => {
    const before = await journal();
    await client.ask("vault.lock", {});
    const open = await unlockVault(vault, { member: { label: "Lead A" }, passphrase: secret(leadPassphrase) });
    const kept = open.loadSnapshot(["journal"]);
    expect(kept?.later("journal")?.length).toBeGreaterThan(0);
    expect(kept?.later("nothing of that name")).toBeNull();
    open.saveSnapshot(kept?.parts ?? []);
    open.close();
    await unlock();
    expect(awaits()).toBe(true);
    expect(await journal()).toEqual(before);
  });
});
