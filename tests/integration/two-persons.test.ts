import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PresentSecond } from "../../electron/contract/two-persons.ts";
import { secret, ServiceClient, temporaryFolder } from "./service-client.ts";

/** Acts of two persons over the contract: with the second one present, and later, after unlocking as themselves. */

const folder = temporaryFolder();
const vault = folder.path("two.evault");
const client = new ServiceClient(folder.path("profile"));

const passphrases = {
  ana: "ana keeps the first key",
  ben: "ben keeps the second key",
  cleo: "cleo watches the keys",
  dora: "dora runs the benchmarks",
} as const;
type Person = keyof typeof passphrases;
const labels: Record<Person, string> = { ana: "Lead A", ben: "Lead B", cleo: "Custodian C", dora: "Evaluator D" };

async function memberId(person: Person): Promise<string> {
  const members = await client.ask("members.list", {});
  const found = members.find((member) => member.label === labels[person]);
  if (found === undefined) throw new Error(`no ${person}`);
  return found.id;
}

async function present(person: Person): Promise<PresentSecond> {
  return { kind: "present", member: await memberId(person), passphrase: secret(passphrases[person]) };
}

async function unlock(person: Person): Promise<void> {
  await client.ask("vault.unlock", {
    file: client.file(vault),
    member: labels[person],
    passphrase: secret(passphrases[person]),
  });
}

const marking = async (): Promise<string> => {
  const state = await client.ask("vault.state", {});
  return state.open ? state.marking.level : "locked";
};

beforeAll(async () => {
  await client.ask("vault.create", {
    file: client.destination(vault),
    name: "Two",
    label: "T-2",
    marking: { level: "secret", suffix: "" },
    founder: { name: "Ana", label: labels.ana, passphrase: secret(passphrases.ana) },
    others: [
      { name: "Ben", label: labels.ben, role: "lead", passphrase: secret(passphrases.ben) },
      { name: "Cleo", label: labels.cleo, role: "custodian", passphrase: secret(passphrases.cleo) },
      { name: "Dora", label: labels.dora, role: "evaluator", passphrase: secret(passphrases.dora) },
    ],
  });
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

describe("acts of two persons", () => {
  it("begin as policy where a vault is made with two leads", async () => {
    expect(await client.ask("vault.state", {})).toMatchObject({ persons: 2 });
  });

  it("lowering a marking: refused alone, with an evaluator, with a wrong passphrase, with oneself", async () => {
    const input = { marking: { level: "unclassified", suffix: "" }, reason: "nothing left that is secret" };
    expect(await client.refused("vault.setMarking", input)).toMatchObject({ code: "second-person-needed" });
    const dora = await present("dora");
    expect(await client.refused("vault.setMarking", { ...input, second: dora })).toMatchObject({ code: "not-allowed" });
    const mistyped = { ...(await present("ben")), passphrase: secret("ben mistypes his key") };
    expect(await client.refused("vault.setMarking", { ...input, second: mistyped })).toEqual({ code: "unlock-failed" });
    const ana = await present("ana");
    expect((await client.refused("vault.setMarking", { ...input, second: ana })).code).not.toBe("internal");
    expect(await marking()).toBe("secret");
  });

  it("happen at once with the second person present, each entry signed by its own author", async () => {
    await client.ask("vault.setMarking", {
      marking: { level: "confidential", suffix: "" },
      reason: "declassified by order",
      second: await present("ben"),
    });
    expect(await marking()).toBe("confidential");
    const { events } = await client.ask("journal.list", { offset: 0, limit: 2 });
    expect(events.map((event) => [event.type, event.byName])).toEqual([
      ["act.confirmed", "Ben"],
      ["act.proposed", "Ana"],
    ]);
    expect(await client.ask("vault.verify", {})).toMatchObject({ depth: "everything" });
  });

  it("wait when they are proposed; another lead confirms after unlocking as themselves", async () => {
    const raised = { marking: { level: "secret", suffix: "" }, reason: "" };
    await client.ask("vault.setMarking", raised);
    expect(await marking()).toBe("secret");
    await client.ask("vault.setMarking", {
      marking: { level: "unclassified", suffix: "" },
      reason: "over",
      second: { kind: "later" },
    });
    expect(await marking()).toBe("secret");
    const [act] = await client.ask("acts.list", {});
    if (act === undefined) throw new Error("nothing waits");
    expect(act).toMatchObject({ state: "waiting", mayDecide: false, mayWithdraw: true, byName: "Ana" });
    expect(await client.refused("acts.confirm", { actId: act.id })).toMatchObject({ code: "not-allowed" });
    await unlock("dora");
    expect(await client.refused("acts.confirm", { actId: act.id })).toMatchObject({ code: "not-allowed" });
    await unlock("ben");
    const state = await client.ask("vault.state", {});
    expect(state.open && state.counts.waiting).toBe(1);
    expect(await client.ask("acts.confirm", { actId: act.id })).toMatchObject({ state: "confirmed", decidedBy: "Ben" });
    expect(await marking()).toBe("unclassified");
    expect(await client.refused("acts.confirm", { actId: act.id })).toMatchObject({ code: "conflict" });
  });

  it("can be declined by the second person and withdrawn by the first", async () => {
    await client.ask("vault.setPersons", { persons: 1, reason: "we are few", second: { kind: "later" } });
    const [mine] = await client.ask("acts.list", {});
    expect(await client.ask("acts.withdraw", { actId: mine?.id ?? "", reason: "we are not" })).toMatchObject({
      state: "withdrawn",
    });
    await client.ask("vault.setPersons", { persons: 1, reason: "we are few", second: { kind: "later" } });
    await unlock("ana");
    const [theirs] = await client.ask("acts.list", {});
    expect(await client.ask("acts.decline", { actId: theirs?.id ?? "", reason: "two it stays" })).toMatchObject({
      state: "declined",
      reason: "two it stays",
    });
    expect(await client.ask("vault.state", {})).toMatchObject({ persons: 2 });
  });

  it("invalidating an attempt of a run that was accepted, also when it went back into review", async () => {
    const [benchmark] = await client.ask("benchmarks.addFromCatalog", { packs: ["3cb"] });
    const version = { checkpoint: "c1", safeguard: "as-deployed" as const, access: "api", settings: "" };
    const model = await client.ask("models.add", { developer: "Acme", name: "M", note: "", version });
    const run = await client.ask("runs.start", {
      modelVersionId: model.versions[0]?.id ?? "",
      benchmarkId: benchmark?.id ?? "",
      campaignId: null,
      epochs: 1,
    });
    const task = (await client.ask("benchmarks.tasks", { benchmarkId: benchmark?.id ?? "" }))[0]?.id ?? "";
    const attempt = { task, epoch: 1, outcome: "scored" as const, score: 1, minutes: 3, tokens: null, note: "" };
    await client.ask("attempts.log", { runId: run.id, attempts: [attempt] });
    for (const state of ["logged", "accepted", "in-review"] as const)
      await client.ask("runs.setState", { runId: run.id, state, reason: "" });
    const address = { runId: run.id, task, epoch: 1, reason: "the flag was in the prompt" };
    expect(await client.refused("attempts.invalidate", address)).toMatchObject({ code: "second-person-needed" });
    const waiting = await client.ask("attempts.invalidate", { ...address, second: { kind: "later" } });
    expect(waiting.outcome).toBe("scored");
    const done = await client.ask("attempts.invalidate", { ...address, second: await present("ben") });
    expect(done.outcome).toBe("invalidated");
  });

  it("signing off a report: it is sealed only when two leads have signed it", async () => {
    const report = await client.ask("reports.draft", {
      template: "evaluation",
      scope: { kind: "vault" },
      title: "Round one",
    });
    expect(report.signaturesRequired).toBe(2);
    const reportId = report.id;
    await client.ask("reports.freeze", { reportId });
    await client.ask("reports.sign", { reportId });
    const seal = {
      reportId,
      recipientIds: [],
      keys: [],
      passphrase: secret("for the reader alone"),
      destination: client.destination(folder.path("one.sealed")),
    };
    expect(await client.refused("reports.seal", seal)).toMatchObject({ code: "report-unsigned" });
    expect(await client.refused("reports.sign", { reportId })).toMatchObject({ code: "conflict" });
    expect(await client.refused("reports.sign", { reportId, second: await present("dora") })).toMatchObject({
      code: "not-allowed",
    });
    const signed = await client.ask("reports.sign", { reportId, second: await present("ben") });
    expect(signed.signatures.map((one) => one.byName)).toEqual(["Ana", "Ben"]);
    await client.ask("reports.seal", { ...seal, passphrase: secret("for the reader alone") });
  });

  it("removing a lead: a custodian can be the second person, the removed one cannot", async () => {
    const ben = await memberId("ben");
    const input = { memberId: ben, reason: "left the team" };
    expect(await client.refused("members.remove", input)).toMatchObject({ code: "second-person-needed" });
    expect((await client.refused("members.remove", { ...input, second: await present("ben") })).code).toBe("conflict");
    const before = await client.ask("compartments.list", {});
    const members = await client.ask("members.remove", { ...input, second: await present("cleo") });
    expect(members.find((member) => member.id === ben)).toMatchObject({ current: false, slot: null, compartments: [] });
    const after = await client.ask("compartments.list", {});
    expect(after.map((one) => one.epoch)).toEqual(before.map((one) => one.epoch + 1));
    const failure = await client.refused("vault.unlock", {
      file: client.file(vault),
      member: labels.ben,
      passphrase: secret(passphrases.ben),
    });
    expect(failure).toEqual({ code: "unlock-failed" });
    await unlock("ana");
    expect(await client.refused("members.remove", { memberId: await memberId("ana"), reason: "me" })).toMatchObject({
      code: "conflict",
    });
    expect(await client.ask("vault.verify", {})).toMatchObject({ ok: true, depth: "everything" });
  });
});
