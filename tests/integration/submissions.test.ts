import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RequestInput } from "../../electron/contract/index.ts";
import type { Submission } from "../../electron/contract/submissions.ts";
import {
  createVaultFor,
  evaluatorPassphrase,
  leadPassphrase,
  secret,
  ServiceClient,
  temporaryFolder,
} from "./service-client.ts";

/** A submission over the contract, from the question before it to a withdrawal, under a clock that the test turns. */

const folder = temporaryFolder();
const vault = folder.path("s.evault");
const day = 86_400_000;
let now = Date.parse("2026-06-01T09:00:00Z");
const client = new ServiceClient(folder.path("profile"), () => now);

const terms: RequestInput<"submissions.submit">["terms"] = {
  window: { days: 30, dayCount: "elapsed", zone: "America/New_York" },
  basis: "As signed",
  permittedUses: "Benchmarks of cyber capability",
  agreement: "NDA-7",
  handling: "",
  waiver: "",
  retainUntil: null,
  resultsAfterWithdrawal: false,
};

let versionId = "";
let benchmarkId = "";
let runId = "";
let submission: Submission;

beforeAll(async () => {
  await createVaultFor(client, vault);
  const version = { checkpoint: "0914", safeguard: "reduced" as const, access: "", settings: "" };
  const model = await client.ask("models.add", { developer: "Acme", name: "Meridian", note: "", version });
  versionId = model.versions[0]?.id ?? "";
  const [benchmark] = await client.ask("benchmarks.addFromCatalog", { packs: ["3cb"] });
  benchmarkId = benchmark?.id ?? "";
  const start = { modelVersionId: versionId, benchmarkId, campaignId: null, epochs: 1 };
  runId = (await client.ask("runs.start", start)).id;
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

const submit = (submissionId: string, more: Partial<RequestInput<"submissions.submit">> = {}) => ({
  submissionId,
  modelVersionIds: [versionId],
  access: "API",
  safeguards: "reduced",
  scaffold: "",
  terms,
  partnerRelease: "2026-07-20",
  publicRelease: "2026-08-20",
  voluntary: true as const,
  ...more,
});

async function inquire(codename: string): Promise<string> {
  const made = await client.ask("submissions.inquire", {
    ...{ developer: "Acme", codename, programme: "Voluntary", claim: "", question: "Does it meet the threshold?" },
  });
  return made.id;
}

const session = (submissionId: string) => ({
  submissionId,
  title: "First pass",
  benchmarkIds: [benchmarkId],
  operators: ["Dora"],
  environment: "Enclave 4",
  budget: "2M tokens",
});

describe("a submission", () => {
  it("begins as a question, and may stay one", async () => {
    const id = await inquire("Heron");
    submission = await client.ask("submissions.answer", { submissionId: id, words: "It may; submit it if you wish." });
    expect(submission).toMatchObject({ code: "S-0001", state: "inquiry", window: null, submitted: null });
    expect(submission.inquiry.answer?.by).toBe(submission.inquiry.by);
    const again = { submissionId: id, words: "Another answer" };
    expect(await client.refused("submissions.answer", again)).toMatchObject({ code: "conflict" });
    expect(await client.refused("submissions.grantAccess", { submissionId: id, at: now })).toMatchObject({
      code: "conflict",
    });
  });

  it("is submitted with its terms, of its developer's own will, and waits for access", async () => {
    submission = await client.ask("submissions.submit", submit(submission.id));
    expect(submission).toMatchObject({ state: "submitted", publicRelease: "2026-08-20" });
    expect(submission.window).toMatchObject({ state: "not-begun", plannedRelease: "2026-07-20", endsAt: null });
    expect(await client.refused("submissions.startSession", session(submission.id))).toMatchObject({
      code: "conflict",
    });
    const forced = { ...submit(submission.id), voluntary: false };
    expect((await client.raw("submissions.submit", forced).result).ok).toBe(false);
  });

  it("opens with real access, which is not written down before it is given; sessions run in it", async () => {
    const early = { submissionId: submission.id, at: now + day };
    expect(await client.refused("submissions.grantAccess", early)).toMatchObject({ code: "conflict" });
    submission = await client.ask("submissions.grantAccess", { submissionId: submission.id, at: now });
    expect(submission).toMatchObject({ state: "access-open", window: { state: "open", day: 1, endsBy: "cap" } });
    expect(submission.window?.remaining).toBe(30 * day);
    submission = await client.ask("submissions.startSession", session(submission.id));
    expect(submission.sessions).toMatchObject([{ title: "First pass", endedAt: null, operators: ["Dora"] }]);
    const [begun] = submission.sessions;
    const end = { submissionId: submission.id, sessionId: begun?.id ?? "", deviations: "One task was left out" };
    submission = await client.ask("submissions.endSession", end);
    expect(submission.sessions[0]).toMatchObject({ endedBy: "person", deviations: "One task was left out" });
    expect(await client.refused("submissions.endSession", end)).toMatchObject({ code: "conflict" });
  });

  it("ends earlier when the planned release to partners is brought forward, with every date kept", async () => {
    const redated = { submissionId: submission.id, which: "partner-release" as const, reason: "Brought forward" };
    submission = await client.ask("submissions.redate", { ...redated, on: "2026-06-15" });
    expect(submission.window).toMatchObject({ endsBy: "partner-release", endsOn: "2026-06-15" });
    expect(submission.dates.map(({ which, on }) => [which, on])).toEqual([
      ["partner-release", "2026-07-20"],
      ["public-release", "2026-08-20"],
      ["partner-release", "2026-06-15"],
    ]);
    expect((await client.raw("submissions.redate", { ...redated, on: "2026-02-30" }).result).ok).toBe(false);
  });

  it("lets a partner have access when both sides agree", async () => {
    const partner = {
      submissionId: submission.id,
      name: "County hospital",
      tier: "early",
      proposedBy: "developer" as const,
    };
    submission = await client.ask("submissions.addPartner", partner);
    const partnerId = submission.partners[0]?.id ?? "";
    expect(submission.partners[0]).toMatchObject({ state: "proposed", developer: true, government: null });
    const access = { submissionId: submission.id, partnerId, on: "2026-06-15" };
    expect(await client.refused("submissions.givePartnerAccess", access)).toMatchObject({ code: "conflict" });
    const answer = { submissionId: submission.id, partnerId, side: "government" as const, agrees: true };
    expect((await client.ask("submissions.answerPartner", answer)).partners[0]?.state).toBe("agreed");
    submission = await client.ask("submissions.givePartnerAccess", access);
    expect(submission.partners[0]).toMatchObject({ state: "given-access", accessOn: "2026-06-15" });
  });

  it("is not opened again by a workstation whose clock was put back", async () => {
    now = Date.parse("2026-06-16T00:00:00Z");
    await client.ask("models.add", {
      ...{ developer: "Acme", name: "Other", note: "" },
      version: { checkpoint: "1", safeguard: "not-stated", access: "", settings: "" },
    });
    now = Date.parse("2026-06-10T00:00:00Z");
    submission = await client.ask("submissions.get", { submissionId: submission.id });
    expect(submission).toMatchObject({ state: "closed", closedBy: "partner-release", window: { clock: "behind" } });
    now = Date.parse("2026-06-16T01:00:00Z");
    submission = await client.ask("submissions.get", { submissionId: submission.id });
    expect(submission).toMatchObject({ state: "closed", window: { clock: "sound", remaining: 0 } });
    expect(await client.refused("submissions.startSession", session(submission.id))).toMatchObject({
      code: "conflict",
    });
  });

  it("is withdrawn from any state: what goes on closes, partners are hidden, what is held is overdue, nothing is told", async () => {
    const item = { kind: "weights" as const, what: "Checkpoint 0914", holder: "Ana", place: "Safe 2", digest: "" };
    submission = await client.ask("submissions.takeCustody", { submissionId: submission.id, ...item, receivedAt: now });
    expect(submission.custody[0]?.state).toBe("held");
    const folderBefore = client.destination(folder.path("before.csv"));
    await client.ask("exports.attempts", { format: "csv", runId, campaignId: null, destination: folderBefore });
    submission = await client.ask("submissions.withdraw", { submissionId: submission.id, reason: "" });
    expect(submission).toMatchObject({ state: "withdrawn", partners: [], partnersHidden: 1 });
    expect(submission.custody[0]?.state).toBe("overdue");
    expect(submission.history.at(-1)?.words).toBe("Withdrawn by its developer");
    const destination = client.destination(folder.path("after.csv"));
    const refused = await client.refused("exports.attempts", { format: "csv", runId, campaignId: null, destination });
    expect(refused).toMatchObject({ code: "conflict", subject: expect.stringContaining("Meridian") as string });
    const draft = { template: "evaluation" as const, scope: { kind: "vault" as const }, title: "All" };
    const report = await client.ask("reports.draft", draft);
    expect(await client.refused("reports.freeze", { reportId: report.id })).toMatchObject({ code: "conflict" });
    const ended = {
      submissionId: submission.id,
      itemId: submission.custody[0]?.id ?? "",
      how: "destroyed" as const,
      at: now,
      method: "Overwritten",
      witness: "Cleo",
    };
    submission = await client.ask("submissions.endCustody", ended);
    expect(submission.custody[0]).toMatchObject({ state: "ended", ended: { how: "destroyed", witness: "Cleo" } });
    const another = { submissionId: submission.id, which: "public-release" as const, on: null, reason: "x" };
    expect(await client.refused("submissions.redate", another)).toMatchObject({ code: "conflict" });
  });

  it("whose session still runs is closed by the withdrawal; where the terms let results be told, they may be", async () => {
    const id = await inquire("Egret");
    const kept = { ...terms, resultsAfterWithdrawal: true };
    await client.ask("submissions.submit", submit(id, { terms: kept, partnerRelease: null, modelVersionIds: [] }));
    await client.ask("submissions.grantAccess", { submissionId: id, at: now });
    await client.ask("submissions.startSession", session(id));
    const withdrawn = await client.ask("submissions.withdraw", { submissionId: id, reason: "Plans changed" });
    expect(withdrawn.sessions[0]).toMatchObject({ endedBy: "withdrawal", endedAt: now });
    expect(withdrawn.window).toMatchObject({ state: "ended", endsBy: "withdrawal" });
    const list = await client.ask("submissions.list", {});
    expect(list.map(({ code }) => code)).toEqual(["S-0002", "S-0001"]);
  });

  it("is the leads' to write: an evaluator runs sessions and custody, and nothing else; it is all there after a lock", async () => {
    const before = await client.ask("submissions.list", {});
    await client.ask("vault.lock", {});
    const file = client.file(vault);
    await client.ask("vault.unlock", { file, member: "Evaluator B", passphrase: secret(evaluatorPassphrase) });
    expect(await client.ask("submissions.list", {})).toEqual(before);
    const inquiry = { developer: "A", codename: "B", programme: "", claim: "", question: "" };
    expect(await client.refused("submissions.inquire", inquiry)).toMatchObject({ code: "not-allowed" });
    const id = before[0]?.id ?? "";
    expect(await client.refused("submissions.withdraw", { submissionId: id, reason: "" })).toMatchObject({
      code: "not-allowed",
    });
    await client.ask("vault.lock", {});
    await client.ask("vault.unlock", { file, member: "Lead A", passphrase: secret(leadPassphrase) });
    expect(await client.ask("submissions.list", {})).toEqual(before);
  });
});
