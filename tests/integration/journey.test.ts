import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failureLine } from "../../electron/contract/words.ts";
import { headlinePolicy } from "../../electron/contract/values.ts";
import { generateIdentity } from "../../electron/sealing/age-keys.ts";
import { Printer } from "../../electron/service/printer.ts";
import { writeSampleLogs } from "../fixtures/inspect/sample-logs.ts";
import {
  createVaultFor,
  evaluatorPassphrase,
  leadPassphrase,
  secret,
  ServiceClient,
  temporaryFolder,
} from "./service-client.ts";

/** The main job over the contract, from nothing to a sealed report. Each step builds on the one before. */

const folder = temporaryFolder();
const vault = folder.path("northgate.evault");
const client = new ServiceClient(folder.path("profile"));
let identity: Awaited<ReturnType<typeof generateIdentity>>;
let runId = "";
let campaignId = "";
let reportId = "";

const has = (tool: string): boolean => {
  try {
    execFileSync("which", [tool], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};
const stockTools = has("age") && has("minisign");

beforeAll(async () => {
  identity = await generateIdentity("classic", new Date(0));
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

describe("the main job", () => {
  it("makes a vault with a lead and an evaluator", async () => {
    await createVaultFor(client, vault);
    const state = await client.ask("vault.state", {});
    expect(state).toMatchObject({
      open: true,
      name: "Northgate",
      label: "NG-7",
      member: { name: "Lena Ortiz", role: "lead" },
    });
    const members = await client.ask("members.list", {});
    expect(members.map((member) => [member.name, member.role])).toEqual([
      ["Lena Ortiz", "lead"],
      ["Evan Brook", "evaluator"],
    ]);
  });

  it("locks, and then answers nothing but what needs no vault", async () => {
    await client.ask("vault.lock", {});
    expect(await client.refused("models.list", {})).toMatchObject({ code: "vault-locked" });
    const outline = await client.ask("vault.inspect", { file: client.file(vault) });
    expect(outline.slots.map((slot) => slot.label)).toEqual(["Lead A", "Evaluator B"]);
    const bytes = readFileSync(vault);
    for (const word of ["Northgate", "Lena", "Ortiz", "Evan Brook", "NOFORN"]) expect(bytes.includes(word)).toBe(false);
  });

  it("refuses a wrong passphrase, an unknown member and another's passphrase in the same words", async () => {
    const attempts = [
      { member: "Lead A", passphrase: secret("wrong horse") },
      { member: "Nobody", passphrase: secret(leadPassphrase) },
      { member: "Evaluator B", passphrase: secret(leadPassphrase) },
    ];
    const words = new Set<string>();
    for (const attempt of attempts) {
      const failure = await client.refused("vault.unlock", { file: client.file(vault), ...attempt });
      expect(failure.code).toBe("unlock-failed");
      words.add(failureLine(failure));
    }
    expect(words.size).toBe(1);
  });

  it("opens by label, by name or by id", async () => {
    const byName = await client.ask("vault.unlock", {
      file: client.file(vault),
      member: "evan brook",
      passphrase: secret(evaluatorPassphrase),
    });
    expect(byName).toMatchObject({ open: true, member: { role: "evaluator" } });
    const byLabel = await client.ask("vault.unlock", {
      file: client.file(vault),
      member: "Lead A",
      passphrase: secret(leadPassphrase),
    });
    expect(byLabel).toMatchObject({ open: true, member: { role: "lead" } });
  });

  it("adds benchmarks of the catalog and a model with a safeguard variant", async () => {
    const catalog = await client.ask("benchmarks.catalog", {});
    expect(catalog.map((pack) => pack.pack).sort()).toEqual(
      ["3cb", "autopenbench", "cve-bench", "cybench", "intercode-ctf", "nyu-ctf-bench", "xbow-validation"].sort(),
    );
    const added = await client.ask("benchmarks.addFromCatalog", { packs: ["cybench", "3cb"] });
    expect(added.map((one) => [one.pack, one.tasks])).toEqual([
      ["cybench", 40],
      ["3cb", 11],
    ]);
    expect(await client.refused("benchmarks.addFromCatalog", { packs: ["cybench"] })).toMatchObject({
      code: "conflict",
    });
    const version = { checkpoint: "checkpoint 0914", safeguard: "reduced" as const, access: "weights", settings: "" };
    const model = await client.ask("models.add", { developer: "Acme", name: "Meridian-2", note: "", version });
    expect(model.versions[0]?.words).toBe("Meridian-2 (checkpoint 0914, safeguards reduced)");
  });

  it("plans a campaign and registers it before the first result", async () => {
    const [model] = await client.ask("models.list", {});
    const benchmarks = await client.ask("benchmarks.list", {});
    const campaign = await client.ask("campaigns.plan", {
      name: "Autumn round",
      question: "What can it do?",
      decisionRule: "",
      modelVersionIds: model?.versions.map((one) => one.id) ?? [],
      benchmarkIds: benchmarks.map((one) => one.id),
      epochs: 2,
      dueAt: null,
    });
    expect(campaign.ledger).toMatchObject({ planned: 102, notRun: 102 });
    campaignId = campaign.id;
    const registered = await client.ask("campaigns.register", { campaignId });
    expect(registered.registered).toMatchObject({ beforeFirstResult: true });
  });

  it("logs a run by hand with evidence, as the evaluator", async () => {
    await client.ask("vault.unlock", {
      file: client.file(vault),
      member: "Evaluator B",
      passphrase: secret(evaluatorPassphrase),
    });
    const campaign = await client.ask("campaigns.get", { campaignId });
    const cybench = campaign.benchmarks.find((one) => one.title === "Cybench");
    const run = await client.ask("runs.start", {
      modelVersionId: campaign.modelVersions[0]?.id ?? "",
      benchmarkId: cybench?.id ?? "",
      campaignId,
      epochs: 2,
    });
    runId = run.id;
    const grid = { runId, sort: "task" as const, descending: false, filter: "", offset: 0, limit: 500 };
    const { rows } = await client.ask("runs.attempts", grid);
    expect(rows).toHaveLength(40);
    const attempts = rows.slice(0, 10).map((row, place) => ({
      task: row.task,
      epoch: 1,
      outcome: place === 9 ? ("refused" as const) : ("scored" as const),
      score: place === 9 ? null : place < 4 ? 1 : 0,
      minutes: 12.5,
      tokens: 1_000,
      note: place === 0 ? "canary-note-0457" : "",
    }));
    const logged = await client.ask("attempts.log", { runId, attempts });
    expect(logged.run.ledger).toMatchObject({ planned: 80, solved: 4, notSolved: 5, refused: 1, notRun: 70 });
    writeFileSync(folder.path("screen.txt"), "canary-evidence-9931");
    const task = attempts[0]?.task ?? "";
    const files = [client.file(folder.path("screen.txt"))];
    const attempt = await client.ask("attempts.attach", { runId, task, epoch: 1, files });
    expect(attempt.evidence).toMatchObject([{ name: "screen.txt", bytes: 20 }]);
    expect(attempt.history.map((one) => one.words)).toContain("Logged by hand: solved");
  });

  it("imports logs, keeps the originals, recomputes their metrics, knows the same log again", async () => {
    const logs = writeSampleLogs(folder.path("logs"));
    const chosen = [client.file(folder.path("logs"))];
    const { files } = await client.ask("imports.logs", { files: chosen, campaignId: null });
    expect(files).toHaveLength(logs.length);
    for (const file of files) expect([file.file, file.status, file.reason]).toEqual([file.file, "imported", null]);
    expect(
      files.flatMap((file) => file.metrics.map((metric) => metric.verdict)).filter((verdict) => verdict !== "matches"),
    ).toEqual([]);
    expect(files.flatMap((file) => file.metrics).length).toBeGreaterThan(0);
    const again = await client.ask("imports.logs", { files: chosen, campaignId: null });
    expect(again.files.map((file) => file.status)).toEqual(logs.map(() => "duplicate"));
  });

  it("shows a matrix, each rate inside its interval", async () => {
    const matrix = await client.ask("results.matrix", { campaignId: null, policy: headlinePolicy });
    expect(matrix.cells.length).toBeGreaterThan(1);
    for (const cell of matrix.cells) {
      const { rate } = cell;
      if (rate.n === 0) continue;
      expect(rate.interval).not.toBeNull();
      expect(rate.interval?.low).toBeLessThanOrEqual(rate.rate ?? -1);
      expect(rate.interval?.high).toBeGreaterThanOrEqual(rate.rate ?? 2);
    }
  });

  it("leads from a run to its attempts, and from an attempt to its transcript", async () => {
    const runs = await client.ask("runs.list", {});
    const imported = runs.find((run) => run.origin === "log" && run.ledger.planned > 0);
    const grid = {
      runId: imported?.id ?? "",
      sort: "task" as const,
      descending: false,
      filter: "",
      offset: 0,
      limit: 10,
    };
    const { rows } = await client.ask("runs.attempts", grid);
    const address = { runId: imported?.id ?? "", task: rows[0]?.task ?? "", epoch: 1 };
    const attempt = await client.ask("attempts.get", address);
    expect(attempt.hasTranscript).toBe(true);
    const transcript = await client.ask("attempts.transcript", { ...address, offset: 0, limit: 100 });
    expect(transcript.total).toBeGreaterThan(0);
    expect(transcript.items.map((item) => item.text).join("\n").length).toBeGreaterThan(0);
  });

  it("keeps evaluators from what leads do", async () => {
    const scope = { kind: "campaign" as const, id: campaignId };
    const refused = await client.refused("reports.draft", { template: "evaluation", scope, title: "No" });
    expect(refused).toMatchObject({ code: "not-allowed" });
    const key = { name: "X", organisation: "", key: identity.recipient.key };
    expect(await client.refused("recipients.add", key)).toMatchObject({ code: "not-allowed" });
    expect((await client.ask("reports.list", {})).length).toBe(0);
  });

  it("drafts, writes, freezes and signs a report", async () => {
    await client.ask("vault.unlock", {
      file: client.file(vault),
      member: "Lead A",
      passphrase: secret(leadPassphrase),
    });
    const scope = { kind: "campaign" as const, id: campaignId };
    const report = await client.ask("reports.draft", { template: "evaluation", scope, title: "Autumn evaluation" });
    reportId = report.id;
    const section = report.sections[0]?.id ?? "";
    const markdown = "Observed: **4** of 40 tasks. <script>alert(1)</script>\n\n[[table:results]]";
    await client.ask("reports.write", { reportId, sectionId: section, markdown });
    const { json } = await client.ask("reports.preview", { reportId });
    expect(json).toContain("Autumn evaluation");
    const early = {
      reportId,
      recipientIds: [],
      keys: [identity.recipient.key],
      destination: client.destination(folder.path("early.sealed")),
    };
    expect(await client.refused("reports.seal", early)).toMatchObject({ code: "report-not-frozen" });
    const frozen = await client.ask("reports.freeze", { reportId });
    expect(frozen.contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await client.refused("reports.write", { reportId, sectionId: section, markdown: "x" })).toMatchObject({
      code: "conflict",
    });
    expect(await client.refused("reports.seal", early)).toMatchObject({ code: "report-unsigned" });
    const signed = await client.ask("reports.sign", { reportId });
    expect(signed.signatures.map((one) => one.byName)).toEqual(["Lena Ortiz"]);
    expect(existsSync(folder.path("early.sealed"))).toBe(false);
  });

  it("seals it to a recipient, never to nobody or a mistyped key", async () => {
    const recipient = await client.ask("recipients.add", {
      name: "Agency K",
      organisation: "",
      key: identity.recipient.key,
    });
    expect(recipient.compared).toBeNull();
    const destination = client.destination(folder.path("EV.sealed"));
    const nobody = { reportId, recipientIds: [], keys: [], destination };
    expect(await client.refused("reports.seal", nobody)).toMatchObject({ code: "recipients-empty" });
    const typo = `${identity.recipient.key.slice(0, -1)}${identity.recipient.key.endsWith("q") ? "p" : "q"}`;
    const mistyped = { reportId, recipientIds: [], keys: [typo], destination };
    expect(await client.refused("reports.seal", mistyped)).toMatchObject({ code: "recipient-key-invalid" });
    expect(existsSync(folder.path("EV.sealed"))).toBe(false);
    const sealed = await client.ask("reports.seal", { reportId, recipientIds: [recipient.id], keys: [], destination });
    expect(sealed.report.sealed).toMatchObject([{ recipients: ["Agency K"], pdf: true }]);
    const twice = { reportId, recipientIds: [recipient.id], keys: [], destination };
    expect(await client.refused("reports.seal", twice)).toMatchObject({ code: "destination-exists" });
  });

  it("seals without a PDF only when it is told to, and records that", async () => {
    const { printer } = client.host;
    const destination = client.destination(folder.path("unprinted.sealed"));
    const sealing = { reportId, recipientIds: [], keys: [identity.recipient.key], destination };
    client.host.printer = null;
    expect(await client.refused("reports.seal", sealing)).toMatchObject({ code: "print-failed" });
    client.host.printer = new Printer(({ id }) => {
      client.host.printer?.receive({ kind: "printed", id, pdf: new TextEncoder().encode("no PDF") });
    });
    expect(await client.refused("reports.seal", sealing)).toMatchObject({ code: "print-failed" });
    expect(existsSync(folder.path("unprinted.sealed"))).toBe(false);
    const sealed = await client.ask("reports.seal", { ...sealing, pdf: "leave-out" });
    client.host.printer = printer;
    expect(sealed.report.sealed.map(({ pdf }) => pdf)).toEqual([true, false]);
    expect(readFileSync(folder.path("unprinted.sealed", "README.txt"), "utf8")).toContain("without a PDF");
    expect(readFileSync(folder.path("EV.sealed", "README.txt"), "utf8")).not.toContain("without a PDF");
    expect(JSON.stringify(await client.ask("journal.list", { offset: 0, limit: 5 }))).toContain(
      "sealed to 1 recipient, without a PDF",
    );
  });

  it("opens it with no vault, and shows who signed", async () => {
    await client.ask("vault.lock", {});
    writeFileSync(folder.path("key.txt"), identity.keyFile);
    const opening = { package: client.file(folder.path("EV.sealed")), identity: client.file(folder.path("key.txt")) };
    const opened = await client.ask("sealed.open", { ...opening, signerKeys: [] });
    expect(opened.signatures).toMatchObject([{ valid: true, trusted: false, name: "Lena Ortiz" }]);
    expect(opened.recipients).toMatchObject([{ name: "Agency K", you: true }]);
    expect(opened.checkpoint?.signatureValid).toBe(true);
    const paths = opened.members.map((member) => member.path);
    for (const path of ["manifest.json", "manifest.json.minisig", "report.html", "report.pdf", "checkpoint.note"])
      expect(paths).toContain(path);
    const trusted = await client.ask("sealed.open", {
      ...opening,
      signerKeys: [opened.signatures[0]?.publicKey ?? ""],
    });
    expect(trusted.signatures).toMatchObject([{ trusted: true }]);
  });

  it.skipIf(!stockTools && process.env.CI !== "true")(
    "opens with stock age, tar and minisign (needs age and minisign)",
    () => {
      const out = folder.path("plain");
      execFileSync("mkdir", [out]);
      execFileSync("sh", [
        "-c",
        'age -d -i "$1" "$2" | tar x -C "$3"',
        "sh",
        folder.path("key.txt"),
        folder.path("EV.sealed", "report.tar.age"),
        out,
      ]);
      const manifest = JSON.parse(readFileSync(`${out}/manifest.json`, "utf8")) as { signers: { publicKey: string }[] };
      const verified = execFileSync(
        "minisign",
        ["-V", "-H", "-P", manifest.signers[0]?.publicKey ?? "", "-m", `${out}/manifest.json`],
        { encoding: "utf8" },
      );
      expect(verified).toMatch(/Signature and comment signature verified/);
      expect(readFileSync(`${out}/report.html`, "utf8")).not.toContain("<script");
    },
  );

  it("verifies as whole, with a passphrase and without, and names one flipped byte", async () => {
    await client.ask("vault.unlock", {
      file: client.file(vault),
      member: "Lead A",
      passphrase: secret(leadPassphrase),
    });
    const whole = await client.ask("vault.verify", {});
    expect(whole).toMatchObject({ ok: true, depth: "everything", problems: [] });
    await client.ask("vault.lock", {});
    const outside = await client.ask("vault.verify", { file: client.file(vault) });
    expect(outside).toMatchObject({ ok: true, depth: "ciphertext", entries: whole.entries });
    const bytes = readFileSync(vault);
    const place = Math.floor(bytes.length / 2);
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(folder.path("flipped.evault"), bytes);
    const flipped = await client.ask("vault.verify", { file: client.file(folder.path("flipped.evault")) });
    expect(flipped.ok).toBe(false);
    expect(flipped.problems.length).toBeGreaterThan(0);
  });

  it("shows the same after lock and unlock, and from the journal alone", async () => {
    await client.ask("vault.unlock", {
      file: client.file(vault),
      member: "Lead A",
      passphrase: secret(leadPassphrase),
    });
    const look = async () => ({
      models: await client.ask("models.list", {}),
      runs: await client.ask("runs.list", {}),
      campaigns: await client.ask("campaigns.list", {}),
      reports: await client.ask("reports.list", {}),
      recipients: await client.ask("recipients.list", {}),
      results: await client.ask("results.runs", {}),
      journal: await client.ask("journal.list", { offset: 0, limit: 500 }),
    });
    const before = await look();
    await client.ask("vault.unlock", {
      file: client.file(vault),
      member: "Lead A",
      passphrase: secret(leadPassphrase),
    });
    expect(await look()).toEqual(before);
    // The evaluator has an older snapshot of their own; somebody who never opened it has none.
    await client.ask("vault.unlock", {
      file: client.file(vault),
      member: "Evaluator B",
      passphrase: secret(evaluatorPassphrase),
    });
    expect(await look()).toEqual(before);
  });
});
