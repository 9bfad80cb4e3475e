import { mkdirSync, writeFileSync } from "node:fs";
import { generateIdentity } from "../../electron/sealing/age-keys.ts";
import { writeSampleLogs } from "../fixtures/inspect/sample-logs.ts";
import type { Hints } from "./contract-fuzz-arbitraries.ts";
import {
  createVaultFor,
  evaluatorPassphrase,
  secret,
  type ServiceClient,
  type temporaryFolder,
} from "./service-client.ts";

type Folder = ReturnType<typeof temporaryFolder>;

/** A vault that holds a little of everything, and what of it an input can name. */
export interface FuzzedVault {
  readonly path: string;
  readonly hints: Hints;
  readonly recipientId: string;
  readonly draftId: string;
  readonly signedId: string;
  readonly sectionId: string;
  /** A submission, a determination and a deadline. */
  readonly processIds: readonly string[];
}

const line = { access: "", settings: "" };

async function plan(client: ServiceClient): Promise<{ campaignId: string; versionId: string; benchmarkId: string }> {
  const version = { checkpoint: "0914", safeguard: "reduced" as const, ...line };
  const model = await client.ask("models.add", { developer: "Acme", name: "Meridian-2", note: "", version });
  const [benchmark] = await client.ask("benchmarks.addFromCatalog", { packs: ["3cb"] });
  const [versionId, benchmarkId] = [model.versions[0]?.id ?? "", benchmark?.id ?? ""];
  const campaign = await client.ask("campaigns.plan", {
    name: "Autumn round",
    question: "What can it do?",
    decisionRule: "",
    modelVersionIds: [versionId],
    benchmarkIds: [benchmarkId],
    epochs: 2,
    dueAt: null,
  });
  return { campaignId: campaign.id, versionId, benchmarkId };
}

async function logByHand(client: ServiceClient, folder: Folder, planned: Awaited<ReturnType<typeof plan>>) {
  const { campaignId, versionId, benchmarkId } = planned;
  const run = await client.ask("runs.start", { modelVersionId: versionId, benchmarkId, campaignId, epochs: 2 });
  const tasks = (await client.ask("benchmarks.tasks", { benchmarkId })).map((task) => task.id);
  const attempts = tasks.slice(0, 6).map((task, place) => ({
    task,
    epoch: 1,
    outcome: "scored" as const,
    score: place % 2,
    minutes: 12.5,
    tokens: 1_000,
    note: "",
  }));
  await client.ask("attempts.log", { runId: run.id, attempts });
  const evidence = folder.path("granted", "evidence.txt");
  writeFileSync(evidence, "seen on the screen");
  const address = { runId: run.id, task: tasks[0] ?? "", epoch: 1 };
  const attached = await client.ask("attempts.attach", { ...address, files: [client.file(evidence)] });
  return { runId: run.id, tasks, evidenceId: attached.evidence[0]?.id ?? "" };
}

async function report(client: ServiceClient, folder: Folder, campaignId: string) {
  const identity = await generateIdentity("classic", new Date(0));
  writeFileSync(folder.path("granted", "identity.txt"), identity.keyFile);
  const { key } = identity.recipient;
  const recipient = await client.ask("recipients.add", { name: "Agency K", organisation: "", key });
  const scope = { kind: "campaign" as const, id: campaignId };
  const draft = await client.ask("reports.draft", { template: "evaluation", scope, title: "Draft" });
  const signed = await client.ask("reports.draft", { template: "capability-brief", scope, title: "Signed" });
  await client.ask("reports.freeze", { reportId: signed.id });
  await client.ask("reports.sign", { reportId: signed.id });
  const destination = client.destination(folder.path("granted", "EV.sealed"));
  const sealing = { reportId: signed.id, recipientIds: [recipient.id], keys: [], destination };
  await client.ask("reports.seal", sealing);
  const sectionIds = draft.sections.map((section) => section.id);
  return { key, recipientId: recipient.id, draftId: draft.id, signedId: signed.id, sectionIds };
}

const tasksOf = { lead: "a second lead for the fuzzing", custodian: "keeps keys and reads nothing" };

/** More members, a compartment apart, shares, a backup, a cosigned checkpoint, a package, and an act that waits. */
async function team(client: ServiceClient, folder: Folder, runId: string) {
  const granted = (name: string): string => client.destination(folder.path("granted", name));
  const add = async (name: string, label: string, role: "lead" | "custodian"): Promise<string> =>
    (await client.ask("members.add", { name, label, role, passphrase: secret(tasksOf[role]) })).id;
  const lead = await add("Lou Tran", "Lead C", "lead");
  const custodian = await add("Cleo Park", "Custodian D", "custodian");
  const members = await client.ask("members.list", {});
  const evaluator = members.find(({ label }) => label === "Evaluator B")?.id ?? "";
  const apart = await client.ask("compartments.add", { name: "Apart", label: "Compartment 3", memberIds: [lead] });
  const holders = ["Custodian A", "Custodian B", "Custodian C"];
  await client.ask("recovery.make", { threshold: 2, holders, destination: granted("shares") });
  await client.ask("members.backupKeys", { passphrase: secret(tasksOf.lead), destination: granted("own.evbackup") });
  const second = { kind: "present" as const, member: evaluator, passphrase: secret(evaluatorPassphrase) };
  await client.ask("journal.cosign", { second });
  await client.ask("journal.saveCheckpoint", { destination: granted("kept.note") });
  await client.ask("handover.card", { destination: granted("own.evcard") });
  const card = client.file(folder.path("granted", "own.evcard"));
  const contents = { kind: "runs" as const, runIds: [runId] };
  await client.ask("handover.pack", { card, contents, destination: granted("own.evhandover") });
  await client.ask("vault.setPersons", { persons: 2, reason: "" });
  const lowered = {
    marking: { level: "cui", suffix: "" },
    reason: "waits for somebody",
    second: { kind: "later" as const },
  };
  await client.ask("vault.setMarking", lowered);
  const [act] = await client.ask("acts.list", {});
  return { lead, custodian, evaluator, apart: apart.id, actId: act?.id ?? "" };
}

/** A determination with a consultation and a layer that is to be left out, and a deadline. */
async function determination(client: ServiceClient, modelVersionId: string) {
  const { id: determinationId } = await client.ask("determinations.open", {
    ...{ kind: "coverage" as const, modelVersionId, submissionId: null, thresholdProfile: "", reportId: null },
    layers: [1, 2].map((place) => ({ name: `Layer ${String(place)}`, reviewer: "" })),
    supersedes: null,
  });
  const asked = { body: "CISA", person: "", askedOn: "2026-06-01", dueOn: null };
  const { consultations } = await client.ask("determinations.consult", { determinationId, ...asked });
  await client.ask("determinations.proposeSkip", { determinationId, layer: 0, reason: "Nobody there" });
  const deadline = { title: "D", basis: "", trigger: "", triggerOn: "2026-06-02", days: 30, owner: "" };
  const [added] = await client.ask("deadlines.add", { deadlines: [deadline] });
  return {
    determinationId: [determinationId],
    consultationId: consultations.map(({ id }) => id),
    deadlineId: added === undefined ? [] : [added.id],
    layer: [0, 1],
  };
}

/** A submission with something in it of everything; of no model version, so that a withdrawal stops nothing else. */
async function submission(client: ServiceClient, benchmarkId: string) {
  const words = { developer: "Acme", codename: "Heron", programme: "", claim: "", question: "" };
  const { id: submissionId } = await client.ask("submissions.inquire", words);
  const window = { days: 30, dayCount: "calendar" as const, zone: "Europe/Brussels" };
  const terms = { window, basis: "", permittedUses: "", agreement: "", handling: "", waiver: "", retainUntil: null };
  await client.ask("submissions.submit", {
    ...{ submissionId, modelVersionIds: [], access: "", safeguards: "", scaffold: "", voluntary: true },
    terms: { ...terms, resultsAfterWithdrawal: true },
    ...{ partnerRelease: null, publicRelease: null },
  });
  await client.ask("submissions.grantAccess", { submissionId, at: Date.now() });
  const session = { title: "S", benchmarkIds: [benchmarkId], operators: ["O"], environment: "", budget: "" };
  await client.ask("submissions.startSession", { submissionId, ...session });
  const partner = { name: "P", tier: "", proposedBy: "developer" as const };
  await client.ask("submissions.addPartner", { submissionId, ...partner });
  const item = { kind: "weights" as const, what: "W", holder: "H", place: "", digest: "", receivedAt: 0 };
  const made = await client.ask("submissions.takeCustody", { submissionId, ...item });
  return {
    submissionId: [submissionId],
    sessionId: made.sessions.map(({ id }) => id),
    partnerId: made.partners.map(({ id }) => id),
    itemId: made.custody.map(({ id }) => id),
    zone: ["UTC", "America/New_York"],
    on: ["2026-07-02", "2028-02-29"],
  };
}

/** A round of reviews over an imported run, one of its items judged. */
async function review(client: ServiceClient, runId: string, lead: string): Promise<string> {
  const filter = { outcomes: [], scoreAtLeast: null, scoreAtMost: null, solved: null };
  const members = (await client.ask("members.list", {})).filter((one) => one.label === "Lead A").map((one) => one.id);
  const round = await client.ask("reviews.openRound", {
    ...{ name: "Fuzzed", perAttempt: 2 as const, blind: false, dueAt: null },
    scope: { of: { kind: "run", runId }, filter, sample: null },
    reviewers: { kind: "named", members: [...members, lead] },
    form: { flags: [{ id: "cheating", words: "Cheating" }], asksScore: true },
  });
  const verdict = { kind: "stands" as const };
  await client.ask("reviews.judge", { roundId: round.id, item: 1, flags: [], verdict, reason: "", confidence: 3 });
  return round.id;
}

/** A weakness, and a vulnerability of an attempt that was routed and told to somebody. */
async function findings(client: ServiceClient, source: { modelVersionId: string; runId: string; task: string }) {
  const { modelVersionId, runId, task } = source;
  const record = async (kind: "model-weakness" | "software-vulnerability"): Promise<string> =>
    (
      await client.ask("findings.record", {
        kind,
        source: { modelVersionId, runId, attempt: { task, epoch: 1 } },
        fields: { title: "It overflows" },
      })
    ).id;
  const [weakness, flaw] = [await record("model-weakness"), await record("software-vulnerability")];
  const party = { channel: "vendor" as const, name: "V", recipientId: null };
  await client.ask("findings.move", { findingId: flaw, to: "triaged", reason: "" });
  await client.ask("findings.route", { findingId: flaw, parties: [party], reason: "at once" });
  const told = await client.ask("findings.notify", { findingId: flaw, party, at: 0, answerDueAt: 1, note: "" });
  return { findingId: [weakness, flaw], findingIds: [weakness, flaw], noticeId: told.timeline.map(({ id }) => id) };
}

/** Handles of files of every kind inside "granted", of files that are not there, of the open vault, and of nothing. */
function grants(client: ServiceClient, folder: Folder, vault: string) {
  const pack = JSON.stringify({ id: "own", title: "Own", tasks: [{ id: "one", title: "One" }] });
  writeFileSync(folder.path("granted", "own.pack.json"), pack);
  writeFileSync(
    folder.path("granted", "hostile.pack.json"),
    JSON.stringify({ id: "__proto__", title: "X", tasks: [] }),
  );
  writeFileSync(folder.path("granted", "empty"), "");
  const typed = ["own.pack.json", "hostile.pack.json", "empty", "evidence.txt", "identity.txt", "EV.sealed", "logs"];
  const shares = ["shares", "shares/share-1-of-3.txt", "shares/share-2-of-3.txt"];
  const names = [...typed, ...shares, "own.evbackup", "kept.note", "own.evcard", "own.evhandover"];
  const there = [folder.path("granted"), ...names.map((name) => folder.path("granted", name))];
  const missing = ["new.csv", "new.tar", "no-folder/new.csv", "own.pack.json/below"];
  const readable = [...there, vault].map((path) => client.file(path));
  const writable = missing.map((name) => client.destination(folder.path("granted", name)));
  return { readable, all: [...readable, ...writable, "file-0123456789abcdef"] };
}

/** Makes the vault in `folder` (open for its lead) and everything that requests can be about. */
export async function makeFuzzedVault(client: ServiceClient, folder: Folder): Promise<FuzzedVault> {
  const path = folder.path("granted", "v.evault");
  mkdirSync(folder.path("granted"));
  await createVaultFor(client, path);
  const planned = await plan(client);
  const { campaignId, versionId, benchmarkId } = planned;
  const byHand = await logByHand(client, folder, planned);
  writeSampleLogs(folder.path("granted", "logs"));
  const logs = client.file(folder.path("granted", "logs"));
  const { files: imported } = await client.ask("imports.logs", { files: [logs], campaignId: null });
  const made = await report(client, folder, campaignId);
  const people = await team(client, folder, byHand.runId);
  const submitted = await submission(client, benchmarkId);
  const determined = await determination(client, versionId);
  const roundId = await review(client, imported[0]?.run ?? "", people.lead);
  const found = await findings(client, {
    ...{ modelVersionId: versionId, runId: byHand.runId },
    task: byHand.tasks[0] ?? "",
  });
  const { readable, all } = grants(client, folder, path);
  const runs = [byHand.runId, ...imported.flatMap((file) => file.run ?? [])];
  const [model] = await client.ask("models.list", {});
  const hints: Hints = {
    runId: runs,
    id: [campaignId, ...runs],
    campaignId: [campaignId],
    modelId: [model?.id],
    modelVersionId: [versionId],
    modelVersionIds: [versionId],
    benchmarkId: [benchmarkId],
    benchmarkIds: [benchmarkId],
    reportId: [made.draftId, made.signedId],
    sectionId: made.sectionIds,
    recipientId: [made.recipientId],
    recipientIds: [made.recipientId],
    evidenceId: [byHand.evidenceId],
    task: [...byHand.tasks.slice(0, 4), "1"],
    epoch: [1, 2],
    packs: ["cybench", "3cb"],
    key: [made.key, `${made.key}\n`],
    keys: [made.key],
    file: all,
    files: readable,
    destination: all,
    package: readable,
    identity: readable,
    keyFile: readable,
    card: readable,
    backup: readable,
    currentKeyFile: readable,
    nextKeyFile: readable,
    // The evaluator and the first lead are to stay: the tests unlock as them.
    memberId: [people.lead, people.custodian],
    memberIds: [people.lead, people.custodian],
    member: [people.lead, people.evaluator, "Lead C"],
    compartment: [1, 2, people.apart],
    compartments: [1, 2, people.apart],
    actId: [people.actId],
    roundId: [roundId],
    item: [1, 2, 3],
    items: [1, 2, 3],
    instead: [people.lead],
    flags: ["cheating"],
    runIds: runs,
    seq: [0, 1, 2],
    level: ["secret", "top-secret", "__proto__"],
    ...found,
    ...submitted,
    ...determined,
  };
  const { recipientId, draftId, signedId, sectionIds } = made;
  const processIds = [...submitted.submissionId, ...determined.determinationId, ...determined.deadlineId];
  return { path, hints, recipientId, draftId, signedId, sectionId: sectionIds[0] ?? "", processIds };
}
