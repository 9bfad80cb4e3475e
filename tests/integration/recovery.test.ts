import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createVaultFor,
  evaluatorPassphrase,
  leadPassphrase,
  secret,
  ServiceClient,
  temporaryFolder,
} from "./service-client.ts";

/** Recovery over the contract: shares made, kept, damaged, brought together; and what k − 1 of them cannot do. */

const folder = temporaryFolder();
const vault = folder.path("lost.evault");
const client = new ServiceClient(folder.path("profile"));
const holders = ["Custodian A", "Custodian B", "Custodian C"];
const shares = folder.path("shares");
const shareFile = (number: number, set = shares): string => client.file(join(set, `share-${String(number)}-of-3.txt`));
const newLead = (name = "Nora New") => ({ name, label: "Lead N", passphrase: secret("nora begins again here") });

beforeAll(async () => {
  await createVaultFor(client, vault);
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

describe("recovery", () => {
  it("only a lead makes shares; they are files to keep and pages to print", async () => {
    const unlock = { file: client.file(vault), member: "Evaluator B", passphrase: secret(evaluatorPassphrase) };
    await client.ask("vault.unlock", unlock);
    const refused = { threshold: 2, holders, destination: client.destination(folder.path("refused")) };
    expect(await client.refused("recovery.make", refused)).toMatchObject({ code: "not-allowed" });
    await client.ask("vault.unlock", { ...unlock, member: "Lead A", passphrase: secret(leadPassphrase) });
    const made = await client.ask("recovery.make", { threshold: 2, holders, destination: client.destination(shares) });
    expect(made.kit).toMatchObject({ threshold: 2, holders, current: true });
    expect(readdirSync(shares).sort()).toEqual([...made.files].sort());
    expect(made.files).toHaveLength(6);
    for (const file of made.files) {
      const text = readFileSync(join(shares, file), "utf8");
      expect(text).toContain("NG-7");
      for (const word of ["Northgate", "Lena"]) expect(text).not.toContain(word);
    }
    expect((await client.ask("vault.state", {})).open).toBe(true);
    await client.ask("vault.lock", {});
  });

  it("one share of two opens nothing, and says how many are missing", async () => {
    const one = { files: [shareFile(1)], typed: [] };
    expect(await client.ask("recovery.check", one)).toMatchObject({ threshold: 2, missing: 1, vaultLabel: "NG-7" });
    const failure = await client.refused("recovery.use", {
      file: client.file(vault),
      ...one,
      lead: newLead(),
      reason: "",
    });
    expect(failure).toMatchObject({ code: "shares-too-few" });
  });

  it("a damaged share is named, with the line that is wrong", async () => {
    const text = readFileSync(join(shares, "share-2-of-3.txt"), "utf8");
    const lines = text.split("\n");
    const coded = lines.findIndex((line) => /^\s*0?1[:.)\s]/.test(line) || /^[0-9A-Z]{4,}/.test(line.trim()));
    expect(coded).toBeGreaterThan(0);
    const swapped = text.replace(/([A-HJKMNP-TV-Z])([0-9])(?=[0-9A-Z ]*\n)/, "$2$1");
    expect(swapped).not.toBe(text);
    const broken = folder.path("broken.txt");
    writeFileSync(broken, swapped);
    const { shares: verdicts } = await client.ask("recovery.check", {
      files: [client.file(broken), shareFile(3)],
      typed: [],
    });
    expect(verdicts[0]?.source).toBe("broken.txt");
    expect(verdicts[0]?.problem).not.toBeNull();
    expect(verdicts[1]).toMatchObject({ number: 3, holder: "Custodian C", problem: null });
  });

  it("two shares, one of them typed in from paper, let in a new lead; who then reads everything", async () => {
    const typed = [new Uint8Array(readFileSync(join(shares, "share-3-of-3.txt")))];
    // A damaged one among enough whole ones is no hindrance.
    await client.ask("recovery.use", {
      file: client.file(vault),
      files: [client.file(folder.path("broken.txt")), shareFile(1)],
      typed,
      lead: newLead(),
      reason: "the lead left without a word",
    });
    expect((await client.ask("vault.state", {})).open).toBe(false);
    const passphrase = secret("nora begins again here");
    await client.ask("vault.unlock", { file: client.file(vault), member: "Lead N", passphrase });
    const state = await client.ask("vault.state", {});
    expect(state).toMatchObject({ open: true, name: "Northgate", member: { name: "Nora New", role: "lead" } });
    expect(state.open && [state.counts.sealed, state.counts.refused]).toEqual([0, 0]);
    const { events } = await client.ask("journal.list", { offset: 0, limit: 1 });
    expect(events[0]).toMatchObject({ type: "member.added", byName: "Recovery (2 of 3)" });
    expect(events[0]?.words).toBe("Nora New joined as lead: the lead left without a word");
    expect(await client.ask("vault.verify", {})).toMatchObject({ ok: true });
  });

  it("new shares end the old ones", async () => {
    const again = folder.path("again");
    await client.ask("recovery.make", { threshold: 3, holders, destination: client.destination(again) });
    const kits = await client.ask("recovery.list", {});
    expect(kits.map((kit) => [kit.threshold, kit.current])).toEqual([
      [3, true],
      [2, false],
    ]);
    await client.ask("vault.lock", {});
    const old = { file: client.file(vault), files: [shareFile(1), shareFile(2)], typed: [], reason: "" };
    expect(await client.refused("recovery.use", { ...old, lead: newLead("Nobody") })).toEqual({
      code: "unlock-failed",
    });
    const mixed = { ...old, files: [shareFile(1), shareFile(2, again)] };
    expect(await client.refused("recovery.use", { ...mixed, lead: newLead("Nobody") })).toMatchObject({
      code: "shares-mixed",
    });
  });

  it("lets nobody into an older copy than was seen on this workstation", async () => {
    await client.ask("vault.lock", {});
    const older = readFileSync(vault);
    await client.ask("vault.unlock", {
      file: client.file(vault),
      member: "Lead A",
      passphrase: secret(leadPassphrase),
    });
    await client.ask("vault.rename", { name: "Southgate" });
    await client.ask("vault.lock", {});
    const newer = readFileSync(vault);
    writeFileSync(vault, older);
    const brought = { files: [1, 2, 3].map((number) => shareFile(number, folder.path("again"))), typed: [] };
    const use = { file: client.file(vault), ...brought, lead: newLead("Olga Old"), reason: "too late" };
    expect(await client.refused("recovery.use", use)).toMatchObject({ code: "vault-rolled-back" });
    expect(readFileSync(vault).equals(older)).toBe(true);
    writeFileSync(vault, newer);
  });
});
