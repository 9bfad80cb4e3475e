import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OpenSession } from "../../electron/service/open-session.ts";
import { unlockVault } from "../../electron/vault/index.ts";
import { writeSampleLogs } from "../fixtures/inspect/sample-logs.ts";
import {
  attempt,
  cardOf,
  logByHand,
  packFor,
  passphrase,
  planned,
  take,
  unlock,
  workstation,
  type Workstation,
} from "./handover-people.ts";
import { secret, temporaryFolder } from "./service-client.ts";

/** Work goes from an evaluator's workstation to a lead's, and a plan the other way. */

const folder = temporaryFolder();
let lena: Workstation;
let eva: Workstation;
let plan: Awaited<ReturnType<typeof planned>>;
let assignment = "";
let runId = "";
let importedId = "";
let work = "";

const evidence = "seen on the screen: the flag\n";

beforeAll(async () => {
  lena = await workstation(folder, "Lena");
  eva = await workstation(folder, "Eva", [{ name: "Ada", label: "Evaluator A", role: "evaluator" }]);
  plan = await planned(lena);
});

afterAll(async () => {
  await lena.client.close();
  await eva.client.close();
  folder.remove();
});

describe("an assignment", () => {
  it("is packed for whom a card names, and opens for nobody else", async () => {
    const { card } = await cardOf(eva);
    const read = await lena.client.ask("handover.readCard", { card: lena.client.file((await cardOf(eva)).path) });
    expect(read).toEqual(card);
    assignment = await packFor(lena, eva, { campaignId: plan.campaignId });
    const refused = await lena.client.refused("handover.preview", { file: lena.client.file(assignment) });
    expect(refused.code).toBe("handover-not-for-you");
  });

  it("is shown before it is taken, with the fingerprint of its sender", async () => {
    const before = eva.client.host.session.vault.size;
    const shown = await eva.client.ask("handover.preview", { file: eva.client.file(assignment) });
    const { card } = await cardOf(lena);
    expect(shown).toMatchObject({
      kind: "assignment",
      sender: { name: "Lena", fingerprint: card.fingerprint, standing: "new", signed: true },
      newContributor: true,
      checkpoint: { standing: "first" },
      campaigns: [{ id: plan.campaignId, words: "Autumn", newness: "new" }],
      models: [{ newness: "new" }],
      benchmarks: [{ words: "Small 1", newness: "new" }],
      runs: [],
      heldBack: [],
      events: { known: 0 },
    });
    expect(eva.client.host.session.vault.size).toBe(before);
  });

  it("is taken only once its sender's key is accepted, and by a lead of the vault", async () => {
    const file = eva.client.file(assignment);
    const stranger = await eva.client.refused("handover.receive", { file, acceptContributors: [] });
    expect(stranger).toMatchObject({ code: "handover-unknown-sender", subject: "Lena" });
    await unlock(eva, "Ada");
    const member = await eva.client.refused("handover.preview", { file: eva.client.file(assignment) });
    expect(member.code).toBe("not-allowed");
    await unlock(eva, "Eva");
    const taken = await take(eva, assignment);
    expect(taken.entries).toHaveLength(1);
    const [campaign] = await eva.client.ask("campaigns.list", {});
    const [original] = await lena.client.ask("campaigns.list", {});
    expect(campaign).toMatchObject({
      id: plan.campaignId,
      plannedBy: "Lena (Vault of Lena)",
      registered: { hash: original?.registered?.hash, beforeFirstResult: true },
    });
  });
});

describe("runs", () => {
  it("go to the lead with their evidence, their logs and who did what", async () => {
    await unlock(eva, "Ada");
    runId = (await logByHand(eva, plan)).id;
    const file = eva.path("evidence.txt");
    writeFileSync(file, evidence);
    const address = { runId, task: "alpha", epoch: 1 };
    await eva.client.ask("attempts.attach", { ...address, files: [eva.client.file(file)] });
    const logs = eva.path("logs");
    mkdirSync(logs);
    writeSampleLogs(logs);
    const { files } = await eva.client.ask("imports.logs", { files: [eva.client.file(logs)], campaignId: null });
    importedId = files.find((one) => one.status === "imported" && one.attempts > 0)?.run ?? "";
    await unlock(eva, "Eva");
    await eva.client.ask("attempts.log", { runId, attempts: [attempt("gamma", 2, 1, "by Eva")] });
    await eva.client.ask("runs.setState", { runId, state: "logged", reason: "" });
    await eva.client.ask("runs.setState", { runId, state: "accepted", reason: "good here" });
    work = await packFor(eva, lena, { runIds: [runId, importedId] });
    const shown = await lena.client.ask("handover.preview", { file: lena.client.file(work) });
    expect(shown).toMatchObject({
      kind: "runs",
      sender: { name: "Eva", standing: "new" },
      campaigns: [{ newness: "known" }],
      evidence: { files: 2 },
      heldBack: [],
    });
    expect(shown.others.map(({ name, signed, standing }) => [name, signed, standing])).toEqual([
      ["Lena", true, "member"],
      ["Ada", false, "new"],
    ]);
    expect(shown.runs).toHaveLength(2);
    expect(shown.runs[0]).toMatchObject({ id: runId, code: null, newness: "new", planned: 6, run: 3, state: "logged" });
    const taken = await take(lena, work);
    expect(taken.entries).toHaveLength(1);
    expect(taken.taken.events.new).toBe(shown.events.new);
  });

  it("are in the lead's vault as they were, under their authors' names, and not accepted", async () => {
    const [mine, theirs] = await Promise.all([lena, eva].map(async ({ client }) => client.ask("runs.get", { runId })));
    expect(mine).toMatchObject({ state: "logged", startedBy: "Ada (Vault of Eva)", ledger: theirs?.ledger });
    expect(theirs?.state).toBe("accepted");
    const address = { runId, task: "gamma", epoch: 2 };
    const detail = await lena.client.ask("attempts.get", address);
    expect(detail).toMatchObject({ score: 1, note: "by Eva" });
    expect(detail.history.map((one) => one.byName)).toContain("Eva (Vault of Eva)");
  });

  it("come with evidence and transcripts that can be read there", async () => {
    const detail = await lena.client.ask("attempts.get", { runId, task: "alpha", epoch: 1 });
    const kept = detail.evidence[0]?.id ?? "";
    const copy = lena.path("evidence-copy.txt");
    await lena.client.ask("evidence.save", { evidenceId: kept, destination: lena.client.destination(copy) });
    expect(readFileSync(copy, "utf8")).toBe(evidence);
    const page = { runId: importedId, sort: "task" as const, descending: false, filter: "", offset: 0, limit: 50 };
    const { rows } = await lena.client.ask("runs.attempts", page);
    const task = rows[0]?.task ?? "";
    const at = { runId: importedId, task, epoch: 1, offset: 0, limit: 100 };
    const [mine, theirs] = await Promise.all([lena, eva].map(({ client }) => client.ask("attempts.transcript", at)));
    expect(mine?.total).toBeGreaterThan(0);
    expect(mine).toEqual(theirs);
  });

  it("twice are taken once: the second time nothing is written", async () => {
    const { size } = lena.client.host.session.vault;
    const again = await take(lena, work);
    expect(again).toMatchObject({ entries: [], taken: { events: { new: 0 }, newContributor: false } });
    expect(again.taken.runs.map((one) => one.newness)).toEqual(["known", "known"]);
    expect(lena.client.host.session.vault.size).toBe(size);
  });

  it("grow: a later package brings what is new, and its checkpoint continues the one before", async () => {
    await eva.client.ask("runs.setState", { runId, state: "in-review", reason: "" });
    await eva.client.ask("attempts.log", { runId, attempts: [attempt("beta", 2, 1)] });
    const later = await packFor(eva, lena, { runIds: [runId] });
    const shown = await lena.client.ask("handover.preview", { file: lena.client.file(later) });
    expect(shown.checkpoint.standing).toBe("continued");
    expect(shown.runs).toMatchObject([{ id: runId, newness: "changed", newEvents: 2, run: 4, state: "in-review" }]);
    await take(lena, later);
    expect((await lena.client.ask("runs.get", { runId })).ledger).toMatchObject({ solved: 3, notSolved: 1 });
  });

  it("that were decided on here take nothing more until they are taken back into review", async () => {
    await lena.client.ask("runs.setState", { runId, state: "accepted", reason: "" });
    await eva.client.ask("attempts.log", { runId, attempts: [attempt("gamma", 1, 0)] });
    const late = await packFor(eva, lena, { runIds: [runId] });
    const held = await take(lena, late);
    expect(held).toMatchObject({ entries: [], taken: { heldBack: [{ type: "attempts.logged", about: runId }] } });
    expect(held.taken.heldBack[0]?.reason).toMatch(/accepted here/);
    await lena.client.ask("runs.setState", { runId, state: "in-review", reason: "" });
    const taken = await take(lena, late);
    expect(taken).toMatchObject({ taken: { heldBack: [] } });
    expect((await lena.client.ask("runs.get", { runId })).ledger.notSolved).toBe(2);
  });

  it("stand in reports, and in the journal with who brought them", async () => {
    const scope = { kind: "campaign" as const, id: plan.campaignId };
    const report = await lena.client.ask("reports.draft", { template: "evaluation", scope, title: "Autumn" });
    const { json } = await lena.client.ask("reports.preview", { reportId: report.id });
    expect(json).toContain("Meridian-2");
    const { events } = await lena.client.ask("journal.list", { offset: 0, limit: 500, type: "handover.received" });
    expect(events.map((one) => one.words)).toContainEqual(expect.stringContaining("Work received from Eva"));
    expect((await lena.client.ask("journal.list", { offset: 0, limit: 5, refusedOnly: true })).total).toBe(0);
    expect(await lena.client.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] });
    const { handovers, contributors } = await lena.client.ask("handover.list", {});
    expect(handovers.map(({ direction }) => direction)).toEqual(["received", "received", "received", "sent"]);
    expect(handovers[2]).toMatchObject({ kind: "runs", runs: 2, peer: { name: "Eva" } });
    expect(contributors.map((one) => [one.name, one.standing])).toEqual([
      ["Ada", "new"],
      ["Eva", "accepted"],
    ]);
  });

  it("are the same from the journal alone", async () => {
    const before = await lena.client.ask("runs.list", {});
    lena.client.host.lock();
    const vault = await unlockVault(lena.vault, { passphrase: secret(passphrase) });
    const read = vault.loadSnapshot();
    expect(read).not.toBeNull();
    vault.saveSnapshot([]);
    vault.close();
    await unlock(lena, "Lena");
    expect(await lena.client.ask("runs.list", {})).toEqual(before);
    expect(lena.client.host.session).toBeInstanceOf(OpenSession);
  });
});

describe("what is not as it was packed", () => {
  it("is refused whole, and nothing is written", async () => {
    const bytes = readFileSync(work);
    const { size } = lena.client.host.session.vault;
    const changed = lena.path("changed.handover.age");
    const step = Math.floor(bytes.length / 60);
    for (let at = 0; at < bytes.length; at += step) {
      const other = Buffer.from(bytes);
      other[at] = (other[at] ?? 0) ^ 0x20;
      writeFileSync(changed, other);
      const { code } = await lena.client.refused("handover.receive", {
        file: lena.client.file(changed),
        acceptContributors: [],
      });
      expect(["handover-invalid", "handover-not-for-you"]).toContain(code);
    }
    expect(lena.client.host.session.vault.size).toBe(size);
  });

  it("can be cancelled, and leaves nothing", async () => {
    const { size } = lena.client.host.session.vault;
    const asked = lena.client.request("handover.preview", { file: lena.client.file(work) });
    asked.cancel();
    expect(await asked.result).toMatchObject({ ok: false, error: { code: "cancelled" } });
    const destination = eva.path("cancelled.handover.age");
    const card = eva.client.file((await cardOf(lena)).path);
    const packing = eva.client.request("handover.pack", {
      card,
      contents: { kind: "runs", runIds: [importedId] },
      destination: eva.client.destination(destination),
    });
    packing.cancel();
    expect(await packing.result).toMatchObject({ ok: false, error: { code: "cancelled" } });
    expect(statSync(destination, { throwIfNoEntry: false })).toBeUndefined();
    expect(lena.client.host.session.vault.size).toBe(size);
  });

  it("is said in words when it is no package, no card, or marked higher than the vault", async () => {
    const file = lena.client.file(eva.path("evidence.txt"));
    expect((await lena.client.refused("handover.preview", { file })).code).toBe("handover-invalid");
    expect((await lena.client.refused("handover.readCard", { card: file })).code).toBe("handover-card-invalid");
    await eva.client.ask("vault.setMarking", { marking: { level: "top-secret", suffix: "" }, reason: "" });
    const high = await packFor(eva, lena, { runIds: [runId] });
    const refused = await lena.client.refused("handover.receive", {
      file: lena.client.file(high),
      acceptContributors: [],
    });
    expect(refused.code).toBe("conflict");
    expect(refused.detail).toContain("TOP SECRET");
  });
});
