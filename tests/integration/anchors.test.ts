import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseNote, verifyCosignature, verifyNote } from "../../electron/vault/index.ts";
import {
  createVaultFor,
  evaluatorPassphrase,
  leadPassphrase,
  secret,
  ServiceClient,
  temporaryFolder,
} from "./service-client.ts";

/** What vouches for a vault from outside of it: the profile, kept checkpoints, cosigners, sealed reports; and its clocks. */

const folder = temporaryFolder();
const vault = folder.path("witnessed.evault");
const older = folder.path("older.evault");
let clock = Date.UTC(2026, 3, 2, 9, 0, 0);
const client = new ServiceClient(folder.path("profile"), () => clock);
const unlock = (who: ServiceClient, path: string, member = "Lead A", passphrase = leadPassphrase) =>
  who.ask("vault.unlock", { file: who.file(path), member, passphrase: secret(passphrase) });

beforeAll(async () => {
  await createVaultFor(client, vault);
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

describe("checkpoints as proofs", () => {
  it("any two sizes of the journal are proved consistent; any entry is proved to be in it", async () => {
    for (let n = 0; n < 5; n += 1) await client.ask("vault.rename", { name: `Northgate ${String(n)}` });
    const state = await client.ask("vault.state", {});
    const size = state.open ? state.entries : 0;
    for (let from = 0; from <= size; from += 1) {
      const proof = await client.ask("journal.consistency", { from, to: size });
      expect(proof.from.size).toBe(from);
      expect(proof.to.root).toHaveLength(64);
    }
    expect(await client.refused("journal.consistency", { from: size, to: size + 1 })).toMatchObject({
      code: "not-found",
    });
    const path = folder.path("entry-1.tlog-proof");
    const saved = await client.ask("journal.saveProof", { seq: 1, destination: client.destination(path) });
    expect(saved).toMatchObject({ seq: 1, size });
    expect(readFileSync(path, "utf8")).toMatch(/^c2sp\.org\/tlog-proof@v1\nextra \S+\nindex 1\n/);
  });

  it("a second member cosigns the newest that somebody else signed; never their own", async () => {
    expect(await client.refused("journal.cosign", {})).toMatchObject({ code: "conflict" });
    await client.ask("vault.lock", {});
    await unlock(client, vault, "Evaluator B", evaluatorPassphrase);
    const cosigned = await client.ask("journal.cosign", {});
    expect(cosigned.cosigners.map((one) => one.name)).toEqual(["Evan Brook"]);
    const { checkpoints } = await client.ask("journal.checkpoints", { offset: 0, limit: 50 });
    const row = checkpoints.find((one) => one.size === cosigned.size && one.cosigners.length > 0);
    expect(row?.signerName).toBe("Lena Ortiz");
    expect(checkpoints.filter((one) => one.cosigners.length > 0)).toHaveLength(1);
    expect(await client.refused("journal.cosign", {})).toMatchObject({ code: "conflict" });
  });

  it("a kept checkpoint bears both signatures", async () => {
    const path = folder.path("kept.note");
    const saved = await client.ask("journal.saveCheckpoint", { destination: client.destination(path) });
    expect(saved.signatures).toBe(2);
    const note = parseNote(readFileSync(path, "utf8"));
    if (note === null) throw new Error("it is no note");
    const keys = client.host.session.vault.memberKeys().map((one) => ({ name: one.memberId, publicKey: one.signKey }));
    expect(keys.filter((key) => verifyNote(note, key))).toHaveLength(1);
    const cosigned = keys.map((key) => verifyCosignature(note, key)).filter((one) => one !== null);
    expect(cosigned).toEqual([{ time: clock / 1000 }]);
  });
});

describe("rollback", () => {
  it("an older copy is opened to read only, and the anchor that objects is named", async () => {
    await client.ask("vault.lock", {});
    copyFileSync(vault, older);
    await unlock(client, vault);
    await client.ask("vault.rename", { name: "Northgate, later" });
    await client.ask("vault.lock", {});
    const opened = await unlock(client, older);
    expect(opened.open && opened.readOnly?.reason).toMatch(/^This workstation saw \d+ entries/);
    expect(await client.refused("vault.rename", { name: "x" })).toMatchObject({ code: "vault-rolled-back" });
    const [anchor] = await client.ask("journal.anchors", {});
    expect(anchor).toMatchObject({ kind: "workstation", verdict: "ahead" });
    await client.ask("vault.lock", {});
  });

  it("on a workstation that never saw it, a kept checkpoint shows it", async () => {
    await unlock(client, vault);
    const note = folder.path("newest.note");
    await client.ask("vault.rename", { name: "Northgate, latest" });
    await client.ask("vault.lock", {});
    await unlock(client, vault);
    await client.ask("journal.saveCheckpoint", { destination: client.destination(note) });
    const cosigned = readFileSync(note, "utf8");
    await client.ask("vault.lock", {});
    const elsewhere = new ServiceClient(folder.path("other-profile"), () => clock);
    const fresh = await unlock(elsewhere, older);
    expect(fresh.open && fresh.readOnly).toBeNull();
    expect(await elsewhere.ask("journal.anchors", {})).toMatchObject([
      { kind: "workstation", verdict: "agrees" },
      { kind: "cosigned", source: "Evan Brook", verdict: "agrees" },
    ]);
    expect(await elsewhere.ask("journal.checkCheckpoint", { file: elsewhere.file(note) })).toMatchObject({
      verdict: "agrees",
    });
    const newest = folder.path("from-page.note");
    await unlock(client, vault);
    const { checkpoints } = await client.ask("journal.checkpoints", { offset: 0, limit: 1 });
    writeFileSync(newest, checkpoints[0]?.note ?? "");
    await client.ask("vault.lock", {});
    expect(await elsewhere.ask("journal.checkCheckpoint", { file: elsewhere.file(newest) })).toMatchObject({
      kind: "checkpoint-file",
      source: "from-page.note",
      verdict: "ahead",
    });
    await elsewhere.ask("vault.lock", {});
    const again = await unlock(elsewhere, older);
    expect(again.open && again.readOnly?.reason).toMatch(/^The checkpoint file from-page\.note saw/);
    await elsewhere.close();
    const forged = folder.path("forged.note");
    writeFileSync(forged, cosigned.replace(/\n\d+\n/, "\n999999\n"));
    await unlock(client, vault);
    expect(await client.ask("journal.checkCheckpoint", { file: client.file(forged) })).toMatchObject({
      verdict: "unsigned",
    });
    const state = await client.ask("vault.state", {});
    expect(state.open && state.readOnly).toBeNull();
  });

  it("a sealed report that was opened or made here is an anchor", async () => {
    const report = await client.ask("reports.draft", { template: "evaluation", scope: { kind: "vault" }, title: "W" });
    await client.ask("reports.freeze", { reportId: report.id });
    await client.ask("reports.sign", { reportId: report.id });
    await client.ask("reports.seal", {
      reportId: report.id,
      recipientIds: [],
      keys: [],
      passphrase: secret("for the reader alone"),
      destination: client.destination(folder.path("report.sealed")),
    });
    expect((await client.ask("journal.anchors", {})).some((one) => one.kind === "sealed-report")).toBe(true);
    await client.ask("vault.lock", {});
    const elsewhere = new ServiceClient(folder.path("reader-profile"), () => clock);
    await elsewhere.ask("sealed.open", {
      package: elsewhere.file(folder.path("report.sealed")),
      passphrase: secret("for the reader alone"),
      signerKeys: [],
    });
    const opened = await unlock(elsewhere, older);
    expect(opened.open && opened.readOnly?.reason).toMatch(/^The sealed report EV-/);
    await elsewhere.close();
  });
});

describe("clocks", () => {
  it("a wall clock that was put back while the vault was open is flagged, with how far", async () => {
    await unlock(client, vault);
    await client.ask("vault.rename", { name: "before" });
    clock -= 3 * 3_600_000;
    await client.ask("vault.rename", { name: "after" });
    const { total, events } = await client.ask("journal.list", { offset: 0, limit: 10, clockOnly: true });
    expect(total).toBe(1);
    expect(events[0]?.clock).toMatch(/put back by 3 h while the vault was open/);
  });

  it("an entry of another unlocking that claims to be older than the one before is flagged", async () => {
    clock -= 24 * 3_600_000;
    await client.ask("vault.lock", {});
    await unlock(client, vault);
    await client.ask("vault.rename", { name: "yesterday" });
    const { events } = await client.ask("journal.list", { offset: 0, limit: 10, clockOnly: true });
    expect(events[0]?.clock).toMatch(/claims to be 27 h older/);
    clock += 48 * 3_600_000;
    await client.ask("vault.rename", { name: "tomorrow" });
    expect((await client.ask("journal.list", { offset: 0, limit: 10, clockOnly: true })).total).toBe(2);
  });
});
