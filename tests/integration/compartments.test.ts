import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeSampleLogs } from "../fixtures/inspect/sample-logs.ts";
import {
  createVaultFor,
  evaluatorPassphrase,
  leadPassphrase,
  secret,
  ServiceClient,
  temporaryFolder,
} from "./service-client.ts";

/** Compartments over the contract: who reads what, what the others see of it, and what removal changes. */

const folder = temporaryFolder();
const vault = folder.path("apart.evault");
const client = new ServiceClient(folder.path("profile"));
const unlock = (member: string, passphrase: string) =>
  client.ask("vault.unlock", { file: client.file(vault), member, passphrase: secret(passphrase) });
let evaluator = "";
let campaignId = "";
let apart = 0;

beforeAll(async () => {
  await createVaultFor(client, vault);
  evaluator = (await client.ask("members.list", {})).find((one) => one.role === "evaluator")?.id ?? "";
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

const counts = async () => {
  const state = await client.ask("vault.state", {});
  if (!state.open) throw new Error("locked");
  return state.counts;
};

describe("compartments", () => {
  it("a new vault has the roster and what all evaluators share", async () => {
    expect(await client.ask("compartments.list", {})).toMatchObject([
      { id: 1, kind: "roster", readable: true, epoch: 1 },
      { id: 2, kind: "shared", name: "Evaluations", readable: true, epoch: 1 },
    ]);
  });

  it("a campaign kept apart: its runs, logs and reports are in its compartment, under codes of their own", async () => {
    const made = await client.ask("compartments.add", {
      name: "Harvest",
      label: "Compartment 3",
      memberIds: [(await client.ask("members.list", {}))[0]?.id ?? ""],
    });
    apart = made.id;
    expect(made).toMatchObject({ id: 3, kind: "separate", name: "Harvest", readable: true });
    const [benchmark] = await client.ask("benchmarks.addFromCatalog", { packs: ["3cb"] });
    const version = { checkpoint: "c1", safeguard: "as-deployed" as const, access: "api", settings: "" };
    const model = await client.ask("models.add", { developer: "Acme", name: "M", note: "", version });
    const campaign = await client.ask("campaigns.plan", {
      name: "Harvest of tasks",
      question: "",
      decisionRule: "",
      modelVersionIds: [model.versions[0]?.id ?? ""],
      benchmarkIds: [benchmark?.id ?? ""],
      epochs: 1,
      dueAt: null,
      compartment: apart,
    });
    campaignId = campaign.id;
    expect(campaign.compartment).toBe(apart);
    const run = await client.ask("runs.start", {
      modelVersionId: model.versions[0]?.id ?? "",
      benchmarkId: benchmark?.id ?? "",
      campaignId,
      epochs: 1,
    });
    expect(run.code).toBe("C3-R-0001");
    const logs = folder.path("logs");
    writeSampleLogs(logs);
    const { files: imported } = await client.ask("imports.logs", { files: [client.file(logs)], campaignId });
    expect(imported.some((file) => file.status === "imported")).toBe(true);
    const report = await client.ask("reports.draft", {
      template: "evaluation",
      scope: { kind: "campaign", id: campaignId },
      title: "Apart",
    });
    expect(report.code).toMatch(/^EV-\d{4}-C3-0001$/);
    await client.ask("reports.freeze", { reportId: report.id });
    const { events } = await client.ask("journal.list", { offset: 0, limit: 500 });
    const ofRuns = events.filter((event) => event.type.startsWith("run.") || event.type.startsWith("report."));
    expect(new Set(ofRuns.map((event) => event.compartment))).toEqual(new Set([apart]));
    expect((await client.ask("compartments.list", {}))[2]?.entries).toBeGreaterThan(3);
  });

  it("a report of the whole vault has nothing of what is apart in it", async () => {
    const report = await client.ask("reports.draft", {
      template: "evaluation",
      scope: { kind: "vault" },
      title: "All",
    });
    const { json } = await client.ask("reports.preview", { reportId: report.id });
    expect(json).not.toContain("C3-R-");
  });

  it("who does not hold it sees that it is there, sealed, counted and verified; and nothing of it", async () => {
    const all = await counts();
    await unlock("Evaluator B", evaluatorPassphrase);
    const seen = await counts();
    expect(seen).toMatchObject({ campaigns: 0, runs: 0, refused: 0, compartments: 3 });
    expect(seen.sealed).toBeGreaterThan(3);
    expect(all.sealed).toBe(0);
    const list = await client.ask("compartments.list", {});
    expect(list[2]).toMatchObject({ id: apart, readable: false, name: "Harvest" });
    const { events } = await client.ask("journal.list", { offset: 0, limit: 500, type: "sealed" });
    expect(events).toHaveLength(seen.sealed);
    const [first] = events;
    expect((await client.ask("journal.event", { seq: first?.seq ?? 0, index: 0 })).json).toBe("");
    const verified = await client.ask("vault.verify", {});
    expect(verified).toMatchObject({ ok: true, sealed: seen.sealed });
    expect(await client.refused("campaigns.get", { campaignId })).toMatchObject({ code: "not-found" });
  });

  it("an evaluator can neither make nor give nor take one", async () => {
    const own = { name: "Mine", label: "Mine", memberIds: [evaluator] };
    expect(await client.refused("compartments.add", own)).toMatchObject({ code: "not-allowed" });
    const reason = "why not";
    expect(await client.refused("compartments.rotate", { compartment: 1, reason })).toMatchObject({
      code: "not-allowed",
    });
    expect((await client.ask("compartments.list", {})).map((one) => one.epoch)).toEqual([1, 1, 1]);
  });

  it("once granted, all of it is read, from its beginning", async () => {
    await unlock("Lead A", leadPassphrase);
    const granted = await client.ask("compartments.grant", { compartment: apart, memberId: evaluator });
    expect(granted.holders.map((one) => one.name)).toEqual(["Lena Ortiz", "Evan Brook"]);
    const mine = await counts();
    await unlock("Evaluator B", evaluatorPassphrase);
    const theirs = await counts();
    expect(theirs.sealed).toBe(0);
    expect([theirs.runs, theirs.campaigns, theirs.reports]).toEqual([mine.runs, mine.campaigns, mine.reports]);
  });

  it("once taken back, a new key begins and nothing of it is shown any more", async () => {
    await unlock("Lead A", leadPassphrase);
    const taken = await client.ask("compartments.revoke", {
      compartment: apart,
      memberId: evaluator,
      reason: "moved on",
    });
    expect(taken).toMatchObject({ epoch: 2 });
    await client.ask("runs.list", {});
    await unlock("Evaluator B", evaluatorPassphrase);
    expect(await counts()).toMatchObject({ runs: 0, campaigns: 0 });
  });

  it("a custodian reads the roster alone, and can add an evaluator but give them nothing beyond it", async () => {
    await unlock("Lead A", leadPassphrase);
    await client.ask("members.add", {
      name: "Cora",
      label: "Custodian C",
      role: "custodian",
      passphrase: secret("cora keeps keys"),
    });
    await unlock("Custodian C", "cora keeps keys");
    expect(await counts()).toMatchObject({ models: 0, runs: 0, members: 3 });
    const auditor = {
      name: "Otto",
      label: "Auditor D",
      role: "auditor" as const,
      passphrase: secret("otto reads it all"),
    };
    expect(await client.refused("members.add", auditor)).toMatchObject({ code: "not-allowed" });
    await client.ask("members.add", { ...auditor, passphrase: secret("otto reads it all"), compartments: [1] });
    expect(await client.ask("vault.verify", {})).toMatchObject({ ok: true });
  });

  it("key file, stronger derivation and a key backup: each opens, and never anything weaker", async () => {
    await unlock("Lead A", leadPassphrase);
    const made = await client.ask("members.newKeyFile", { destination: client.destination(folder.path("lead.key")) });
    expect(readFileSync(folder.path("lead.key"))).toHaveLength(64);
    const backup = folder.path("lead.backup");
    await client.ask("members.backupKeys", {
      passphrase: secret("kept in the safe"),
      destination: client.destination(backup),
    });
    const kdf = { memoryBytes: 512 * 1024 * 1024, passes: 3 };
    const next = "a longer passphrase than before";
    await client.ask("members.changePassphrase", {
      current: secret(leadPassphrase),
      next: secret(next),
      nextKeyFile: made.file,
      kdf,
    });
    const lead = (await client.ask("members.list", {})).find((one) => one.role === "lead");
    expect(lead?.slot).toEqual({ keyFile: true, memoryBytes: kdf.memoryBytes, passes: 3 });
    const weaker = { memoryBytes: 64 * 1024 * 1024, passes: 3 };
    const lowered = { current: secret(next), currentKeyFile: made.file, next: secret(next), kdf: weaker };
    expect(await client.refused("members.changePassphrase", lowered)).toMatchObject({ code: "kdf-below-floor" });
    await client.ask("vault.lock", {});
    const file = client.file(vault);
    const without = { file, member: "Lead A", passphrase: secret(next) };
    expect(await client.refused("vault.unlock", without)).toEqual({ code: "unlock-failed" });
    await client.ask("vault.unlock", {
      ...without,
      passphrase: secret(next),
      keyFile: client.file(folder.path("lead.key")),
    });
    await client.ask("vault.lock", {});
    const state = await client.ask("vault.unlock", {
      file,
      passphrase: secret("kept in the safe"),
      backup: client.file(backup),
    });
    expect(state).toMatchObject({ open: true, openedWith: "backup", member: { role: "lead" } });
    await client.ask("members.changePassphrase", { next: secret(leadPassphrase) });
    await unlock("Lead A", leadPassphrase);
    writeFileSync(folder.path("no.backup"), "{}");
    const wrong = { file, passphrase: secret("kept in the safe"), backup: client.file(folder.path("no.backup")) };
    expect(await client.refused("vault.unlock", wrong)).toMatchObject({ code: "backup-invalid" });
    expect(existsSync(vault)).toBe(true);
  });
});
