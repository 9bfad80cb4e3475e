import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRequestName, serviceRequests, type RequestInput, type RequestName } from "../../electron/contract/index.ts";
import { resultSchema, type Result } from "../../electron/contract/result.ts";
import { generateIdentity } from "../../electron/sealing/age-keys.ts";
import { outside, strangeValues, within, type Hints } from "./contract-fuzz-arbitraries.ts";
import { makeFuzzedVault, type FuzzedVault } from "./contract-fuzz-vault.ts";
import { evaluatorPassphrase, leadPassphrase, secret, ServiceClient, temporaryFolder } from "./service-client.ts";

/**
 * Every request of the contract against generated inputs, within its schema and outside of it: always a result, never
 * "internal", nothing outside of what was granted, and a vault that is whole afterwards.
 */

const folder = temporaryFolder();
const client = new ServiceClient(folder.path("profile"));
const unhandled: unknown[] = [];
const note = (reason: unknown): void => {
  unhandled.push(reason);
};
let fuzzed: FuzzedVault;
let surroundings = "";

const names = Object.keys(serviceRequests).filter(isRequestName);
/** They close the vault that the other requests are about, so they have their turn at the end. */
const lifecycle: ReadonlySet<RequestName> = new Set(["vault.create", "vault.unlock", "vault.lock", "recovery.use"]);
/** Each derives keys with Argon2id or scrypt, which costs a second and much memory on purpose: few runs. */
const costly: ReadonlySet<RequestName> = new Set([
  "vault.create",
  "vault.unlock",
  "members.add",
  "members.changePassphrase",
  "members.backupKeys",
  "members.remove",
  "vault.setMarking",
  "vault.setPersons",
  "acts.confirm",
  "journal.cosign",
  "recovery.make",
  "recovery.use",
  "reports.seal",
  "sealed.open",
]);
const others = names.filter((name) => !lifecycle.has(name));
/** What an evaluator may not do. */
const notForEvaluators = [
  "vault.rename",
  "vault.setPersons",
  "members.add",
  "members.remove",
  "compartments.add",
  "compartments.grant",
  "compartments.revoke",
  "compartments.rotate",
  "recovery.make",
  "campaigns.plan",
  "campaigns.register",
  "campaigns.assign",
  "submissions.inquire",
  "submissions.grantAccess",
  "submissions.withdraw",
  "determinations.open",
  "determinations.decide",
  "deadlines.add",
  "deadlines.drop",
  "recipients.add",
  "recipients.compared",
  "recipients.setProfile",
  "recipients.retire",
  "findings.route",
  "findings.notify",
  "findings.answered",
  "findings.saveScale",
  "findings.setPublisher",
  "findings.export",
  "reports.draft",
  "reports.write",
  "reports.retitle",
  "reports.freeze",
  "reports.revise",
  "reports.sign",
  "reports.seal",
] as const satisfies readonly RequestName[];

const seed = Number(process.env.EVALVAULT_FUZZ_SEED ?? "20261121");
const runsOf = (name: RequestName): number => (costly.has(name) ? 2 : 12);

/** Every file around what was granted, and everything in it. */
function aroundGranted(): string {
  const files = readdirSync(folder.path(), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(folder.path("granted")))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .filter((path) => !path.startsWith(folder.path("profile")))
    .sort();
  const hash = createHash("sha256");
  for (const path of files) hash.update(path).update(readFileSync(path));
  return `${readdirSync(folder.path()).sort().join(" ")} ${hash.digest("hex")}`;
}

async function answerOf(name: string, input: unknown): Promise<Result<unknown>> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${name} did not answer`));
    }, 30_000);
  });
  try {
    return await Promise.race([client.raw(name, input).result, silence]);
  } finally {
    clearTimeout(timer);
  }
}

const entries = (): number => client.host.openSession?.vault.size ?? 0;

/** Asks, and holds whatever comes back against the contract. */
async function held(name: RequestName, input: unknown): Promise<Result<unknown>> {
  const before = entries();
  const result = await answerOf(name, input);
  resultSchema(serviceRequests[name].output).parse(result);
  if (result.ok) return result;
  expect(result.error.code, JSON.stringify(result.error)).not.toBe("internal");
  if (!lifecycle.has(name)) expect(entries(), "what failed has changed nothing").toBe(before);
  return result;
}

async function fuzz(
  name: RequestName,
  inputs: fc.Arbitrary<unknown>,
  check: (result: Result<unknown>) => void = () => undefined,
): Promise<void> {
  const property = fc.asyncProperty(inputs, async (input) => {
    check(await held(name, input));
  });
  await fc.assert(property, { seed, numRuns: runsOf(name), endOnFailure: true });
}

const input = (name: RequestName, hints: Hints = fuzzed.hints): fc.Arbitrary<unknown> =>
  within(serviceRequests[name].input, hints);

async function unlock(member: string, passphrase: string): Promise<void> {
  const file = client.file(fuzzed.path);
  await client.ask("vault.unlock", { file, member, passphrase: secret(passphrase) });
}

beforeAll(async () => {
  process.on("unhandledRejection", note);
  fuzzed = await makeFuzzedVault(client, folder);
  mkdirSync(folder.path("outside"));
  writeFileSync(folder.path("outside", "private.txt"), "never granted");
  surroundings = aroundGranted();
});

afterAll(async () => {
  process.off("unhandledRejection", note);
  await client.close();
  folder.remove();
});

describe("names of requests", () => {
  it.each(["__proto__", "constructor", "toString", "hasOwnProperty", "", "vault", "models.list ", "x".repeat(100)])(
    "refuses %j",
    async (name) => {
      for (const value of strangeValues) {
        expect(await answerOf(name, value)).toMatchObject({ ok: false, error: { code: "invalid-request" } });
      }
    },
  );
});

describe("what the fuzzing found", () => {
  const onTheVault = (): string => client.file(fuzzed.path);
  const every = { format: "csv" as const, runId: null, campaignId: null };

  it("never writes over the open vault, nor reads it as something else", async () => {
    const bytes = readFileSync(fuzzed.path);
    const conflict = { ok: false, error: { code: "conflict", subject: "v.evault" } };
    const exporting = { ...every, destination: onTheVault() };
    expect(await held("exports.attempts", exporting)).toMatchObject(conflict);
    const saving = { reportId: fuzzed.draftId, destination: onTheVault() };
    expect(await held("reports.save", saving)).toMatchObject(conflict);
    expect(await held("benchmarks.importPack", { file: onTheVault() })).toMatchObject(conflict);
    expect(readFileSync(fuzzed.path).equals(bytes)).toBe(true);
  });

  it("never writes to what was chosen to be read", async () => {
    const path = folder.path("granted", "evidence.txt");
    const bytes = readFileSync(path);
    const refused = { ok: false, error: { code: "destination-unwritable" } };
    expect(await held("exports.attempts", { ...every, destination: client.file(path) })).toMatchObject(refused);
    const saving = { reportId: fuzzed.draftId, destination: client.file(path) };
    expect(await held("reports.save", saving)).toMatchObject(refused);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it("takes no short passphrase for a new member or in place of an old one", async () => {
    const weak = { ok: false, error: { code: "passphrase-weak" } };
    const member = { name: "Weak", label: "Weak", role: "evaluator", passphrase: secret("short") };
    expect(await held("members.add", member)).toMatchObject(weak);
    const change = { current: secret(leadPassphrase), next: secret("short") };
    expect(await held("members.changePassphrase", change)).toMatchObject(weak);
  });

  it("attaches every file or none", async () => {
    const runId = String(fuzzed.hints.runId?.[0]);
    const address = { runId, task: String(fuzzed.hints.task?.[0]), epoch: 1 };
    const files = ["evidence.txt", "nowhere.txt"].map((name) => client.file(folder.path("granted", name)));
    expect(await held("attempts.attach", { ...address, files })).toMatchObject({ error: { code: "file-unreadable" } });
    expect(await client.ask("attempts.get", address)).toMatchObject({ evidence: [{ name: "evidence.txt" }] });
  });

  it("calls a path below a file unreadable", async () => {
    const file = client.file(folder.path("granted", "own.pack.json", "below"));
    expect(await held("benchmarks.importPack", { file })).toMatchObject({ error: { code: "file-unreadable" } });
  });
});

describe("as the lead", () => {
  it.each(others)("%s within its schema", async (name) => {
    await fuzz(name, input(name));
  });

  it.each(others)("%s outside of its schema", async (name) => {
    await fuzz(name, outside(serviceRequests[name].input, fuzzed.hints), (result) => {
      if (!result.ok) expect(result.error.detail ?? "").not.toContain(folder.path("outside"));
    });
  });

  it("leaves a vault that is whole", async () => {
    expect(await client.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] });
    expect(aroundGranted()).toBe(surroundings);
  });
});

describe("as the evaluator", () => {
  let key = "";
  let drafted = "";
  let frozen = "";
  let signed = "";
  let planned = "";
  const ids = (name: string): string[] => (fuzzed.hints[name] ?? []).map(String);

  beforeAll(async () => {
    await unlock("Lead A", leadPassphrase);
    const scope = { kind: "vault" as const };
    const draft = async (): Promise<string> =>
      (await client.ask("reports.draft", { template: "evaluation", scope, title: "For rights" })).id;
    [drafted, frozen, signed] = [await draft(), await draft(), await draft()];
    await client.ask("reports.freeze", { reportId: frozen });
    await client.ask("reports.freeze", { reportId: signed });
    await client.ask("reports.sign", { reportId: signed });
    const [modelVersionIds, benchmarkIds] = [ids("modelVersionIds"), ids("benchmarkIds")];
    const words = { name: "For rights", question: "", decisionRule: "", epochs: 1, dueAt: null };
    planned = (await client.ask("campaigns.plan", { ...words, modelVersionIds, benchmarkIds })).id;
    key = (await generateIdentity("classic", new Date(0))).recipient.key;
    await unlock("Evaluator B", evaluatorPassphrase);
  });

  /** One input each that a lead could have made, so that only the role is in its way. */
  function proper(): { readonly [N in (typeof notForEvaluators)[number]]: RequestInput<N> } {
    const { recipientId } = fuzzed;
    const [lead = "", custodian = ""] = ids("memberId");
    const memberId = custodian;
    const [submissionId = "", determinationId = "", deadlineId = ""] = fuzzed.processIds;
    const plan = { modelVersionIds: ids("modelVersionIds"), benchmarkIds: ids("benchmarkIds") };
    const cell = { modelVersionId: plan.modelVersionIds[0] ?? "", benchmarkId: plan.benchmarkIds[0] ?? "" };
    const words = { name: "Mine", question: "", decisionRule: "", epochs: 1, dueAt: null };
    const destination = client.destination(folder.path("granted", "evaluator.tar"));
    const passphrase = secret("long enough to be taken");
    const [, findingId = ""] = ids("findingId");
    const party = { channel: "vendor" as const, name: "Mine", recipientId: null };
    return {
      "vault.rename": { name: "Mine" },
      "vault.setPersons": { persons: 1, reason: "Mine" },
      "members.remove": { memberId, reason: "Mine" },
      "compartments.add": { name: "Mine", label: "Mine", memberIds: [lead] },
      "compartments.grant": { compartment: 2, memberId },
      "compartments.revoke": { compartment: 2, memberId, reason: "Mine" },
      "compartments.rotate": { compartment: 2, reason: "Mine" },
      "recovery.make": {
        threshold: 2,
        holders: ["A", "B"],
        destination: client.destination(folder.path("granted", "evaluator.shares")),
      },
      "members.add": { name: "Friend", label: "Friend", role: "lead", passphrase },
      "campaigns.plan": { ...words, ...plan },
      "campaigns.register": { campaignId: planned },
      "campaigns.assign": { campaignId: planned, cells: [cell], memberId: lead, dueAt: null },
      "submissions.inquire": { developer: "Mine", codename: "Mine", programme: "", claim: "", question: "" },
      "submissions.grantAccess": { submissionId, at: 0 },
      "submissions.withdraw": { submissionId, reason: "" },
      "determinations.open": {
        ...{ kind: "coverage", modelVersionId: cell.modelVersionId, submissionId: null, supersedes: null },
        ...{ thresholdProfile: "", reportId: null, layers: [{ name: "Mine", reviewer: "" }] },
      },
      "determinations.decide": {
        determinationId,
        decision: "deferred",
        official: "Me",
        on: "2026-01-01",
        rationale: "x",
      },
      "deadlines.add": {
        deadlines: [{ title: "Mine", basis: "", trigger: "", triggerOn: null, days: null, owner: "" }],
      },
      "deadlines.drop": { deadlineId, reason: "Mine" },
      "recipients.add": { name: "Mine", organisation: "", key },
      "recipients.compared": { recipientId, how: "by phone" },
      "recipients.setProfile": { recipientId, withheld: ["people"] },
      "recipients.retire": { recipientId, reason: "gone" },
      "findings.route": { findingId, parties: [party], reason: "now" },
      "findings.notify": { findingId, party, at: 0, answerDueAt: null, note: "" },
      "findings.answered": { findingId, noticeId: ids("noticeId")[0] ?? "", at: 0, words: "Mine" },
      "findings.saveScale": {
        ...{ id: "mine", name: "Mine", dimensions: [] },
        levels: [{ id: "one", words: "One", severity: "low" }],
      },
      "findings.setPublisher": {
        name: "Mine",
        namespace: "https://example.org",
        category: "coordinator",
        ...{ contact: "", issuingAuthority: "", cnaId: null },
      },
      "findings.export": {
        format: "csv",
        ...{ findingIds: [findingId], trackingId: null, tlp: null, withSteps: false },
        destination: client.destination(folder.path("granted", "evaluator.csv")),
      },
      "reports.draft": { template: "evaluation", scope: { kind: "vault" }, title: "Mine" },
      "reports.write": { reportId: drafted, sectionId: fuzzed.sectionId, markdown: "Mine" },
      "reports.retitle": { reportId: drafted, title: "Mine" },
      "reports.freeze": { reportId: drafted },
      "reports.revise": { reportId: frozen, reason: "Mine" },
      "reports.sign": { reportId: frozen },
      "reports.seal": { reportId: signed, recipientIds: [], keys: [key], destination },
    };
  }

  it.each(notForEvaluators)("%s is not allowed, and changes nothing", async (name) => {
    const bytes = readFileSync(fuzzed.path);
    expect(await held(name, proper()[name])).toMatchObject({ ok: false, error: { code: "not-allowed" } });
    expect(readFileSync(fuzzed.path).equals(bytes)).toBe(true);
    expect(readdirSync(folder.path("granted")).filter((one) => one.startsWith("evaluator."))).toEqual([]);
  });

  it.each(notForEvaluators)("%s never succeeds, whatever the input", async (name) => {
    const before = entries();
    await fuzz(name, input(name), (result) => {
      expect(result.ok).toBe(false);
    });
    expect(entries()).toBe(before);
  });

  it.each(others.filter((name) => !notForEvaluators.some((one) => one === name)))(
    "%s within its schema",
    async (name) => {
      await fuzz(name, input(name));
    },
  );

  it("leaves a vault that is whole", async () => {
    expect(await client.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] });
    expect(aroundGranted()).toBe(surroundings);
  });
});

describe("opening, making and locking vaults", () => {
  it.each([...lifecycle])("%s within and outside of its schema", async (name) => {
    await fuzz(name, input(name));
    await fuzz(name, outside(serviceRequests[name].input, fuzzed.hints));
  });

  it.each(others.filter((name) => !costly.has(name)))("%s while no vault is open", async (name) => {
    client.host.lock();
    await fuzz(name, input(name));
  });

  it("leaves the first vault whole, for its lead, with nothing unhandled", async () => {
    await unlock("Lead A", leadPassphrase);
    expect(await client.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] });
    expect(aroundGranted()).toBe(surroundings);
    expect(unhandled).toEqual([]);
  });
});
