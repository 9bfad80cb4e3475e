import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainView } from "../../electron/contract/tables.ts";
import { logByHand, packFor, planned, take, unlock, workstation, type Workstation } from "./handover-people.ts";
import { temporaryFolder } from "./service-client.ts";

/** A finding over the contract: from an attempt to the last answer, and to another vault. */

const folder = temporaryFolder();
let here: Workstation;
let runId = "";
let task = "";
let findingId = "";

const ask: Workstation["client"]["ask"] = (name, input) => here.client.ask(name, input);
const lastRefusal = async (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : error),
  );

beforeAll(async () => {
  here = await workstation(folder, "Northgate", [{ name: "Ben", label: "Evaluator B", role: "evaluator" }]);
  const plan = await planned(here);
  runId = (await logByHand(here, plan)).id;
  const page = { runId, sort: "task" as const, descending: false, filter: "", offset: 0, limit: 1 };
  task = (await ask("runs.attempts", page)).rows[0]?.task ?? "";
});

afterAll(async () => {
  await here.client.close();
  folder.remove();
});

describe("a finding", () => {
  it("is recorded from an attempt by an evaluator, and stands with it", async () => {
    await unlock(here, "Evaluator B");
    const attempt = { task, epoch: 1 };
    const recorded = await ask("findings.record", {
      kind: "software-vulnerability",
      source: { modelVersionId: null, runId, attempt },
      fields: {
        title: "Heap overflow in the header parser",
        cwes: ["CWE-122"],
        severity: { scheme: "cvss", v4: "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", v3: null },
        embargoUntil: 5_000,
      },
    });
    findingId = recorded.id;
    expect(recorded).toMatchObject({
      ...{ code: "F-0001", state: "recorded", severity: "critical", score: 9.3, recordedBy: "Ben" },
      cwes: [{ id: "CWE-122", name: "Heap-based Buffer Overflow" }],
      source: { attempt, run: { id: runId }, modelVersion: { developer: "Acme" } },
      fields: { marking: { level: "secret", suffix: "" } },
    });
    expect(await ask("findings.forAttempt", { runId, attempt })).toMatchObject([
      { finding: { id: findingId }, attempt },
    ]);
    expect(await ask("findings.forAttempt", { runId, attempt: { task, epoch: 2 } })).toEqual([]);
    const away = { modelVersionId: null, runId, attempt: { task: "no such task", epoch: 1 } };
    const input = { kind: "software-vulnerability" as const, source: away, fields: { title: "None" } };
    expect(await lastRefusal(ask("findings.record", input))).not.toBeNull();
  });

  it("is changed, and the journal keeps what it was", async () => {
    const affected = [
      { vendor: "Example", product: "Parser", component: "header.c", ecosystem: "npm", package: "parser" },
    ].map((one) => ({ ...one, ranges: [{ introduced: "0", fixed: "2.0.1", lastAffected: null }], versions: [] }));
    const { finding, before } = await ask("findings.edit", { findingId, fields: { affected, sink: "parse()" } });
    expect(finding).toMatchObject({ product: "Example Parser" });
    expect(finding.keys).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(before).toEqual({ affected: [], sink: "" });
    const { events } = await ask("journal.list", { offset: 0, limit: 1 });
    expect(events[0]?.words).toBe("Finding F-0001: changed: affected, sink");
    const same = await ask("findings.edit", { findingId, fields: { sink: "parse()" } });
    expect(same.before).toEqual({});
    expect((await ask("journal.list", { offset: 0, limit: 1 })).events).toEqual(events);
  });

  it("is reproduced by somebody else with evidence, which can be saved again", async () => {
    await ask("findings.move", { findingId, to: "triaged", reason: "" });
    expect(await lastRefusal(ask("findings.move", { findingId, to: "validated", reason: "" }))).not.toBeNull();
    await unlock(here, "Lead A");
    writeFileSync(here.path("crash.txt"), "==1==ERROR: heap-buffer-overflow");
    const validated = await ask("findings.validate", {
      findingId,
      result: "reproduced",
      steps: "Feed it the file.",
      environment: "the lab",
      files: [here.client.file(here.path("crash.txt"))],
    });
    expect(validated).toMatchObject({ state: "validated", validation: "reproduced" });
    const [validation] = validated.validations;
    expect(validation).toMatchObject({ secondLook: true, byName: "Northgate", evidence: [{ bytes: 32 }] });
    const destination = here.client.destination(here.path("again.txt"));
    await ask("evidence.save", { evidenceId: validation?.evidence[0]?.id ?? "", destination });
    expect(readFileSync(here.path("again.txt"), "utf8")).toContain("heap-buffer-overflow");
  });

  it("is routed to the clearinghouse and followed to the end", async () => {
    const party = { channel: "clearinghouse" as const, name: "Clearinghouse", recipientId: null };
    const wrong = { ...party, channel: "developer" as const };
    expect(await lastRefusal(ask("findings.route", { findingId, parties: [wrong], reason: "" }))).toMatch(
      /never to the dev/,
    );
    await ask("findings.route", { findingId, parties: [party], reason: "" });
    const told = await ask("findings.notify", { findingId, party, at: 1_000, answerDueAt: 2_000, note: "by courier" });
    expect(await ask("findings.due", {})).toMatchObject([
      { what: "answer", at: 2_000, overdue: true, party: "Clearinghouse" },
      { what: "embargo", at: 5_000, overdue: true },
    ]);
    await ask("findings.answered", { findingId, noticeId: told.timeline[0]?.id ?? "", at: 1_500, words: "Thank you." });
    for (const to of ["acknowledged", "remediated", "distributed", "closed"] as const) {
      await ask("findings.move", { findingId, to, reason: "" });
    }
    expect(await ask("findings.due", {})).toEqual([]);
    const { history, timeline, next } = await ask("findings.get", { findingId });
    expect(timeline).toMatchObject([{ at: 1_000, answer: { at: 1_500, words: "Thank you." } }]);
    expect([history.length, next]).toEqual([11, []]);
    expect(history.every(({ without }) => without === null)).toBe(true);
    const board = await ask("findings.board", { limit: 5 });
    expect(board.at(-1)).toMatchObject({ state: "closed", count: 1, cards: [{ id: findingId }] });
  });

  it("is listed, filtered and grouped as every list is", async () => {
    const version = (await ask("models.list", {}))[0]?.versions[0]?.id ?? "";
    const source = { modelVersionId: version, runId: null, attempt: null };
    for (const title of ["Says how", "Says it in verse"]) {
      await ask("findings.record", { kind: "model-weakness", source, fields: { title } });
    }
    const page = { table: "findings" as const, scope: {}, offset: 0, limit: 10 };
    const all = await ask("tables.page", { ...page, view: plainView });
    expect(all.rows.map(({ cells }) => cells.code)).toEqual(["F-0003", "F-0002", "F-0001"]);
    const found = await ask("tables.page", { ...page, view: { ...plainView, words: "CWE-122 clearinghouse" } });
    expect(found.rows).toMatchObject([{ id: findingId, cells: { severity: "critical", routedTo: "Clearinghouse" } }]);
    const grouped = await ask("tables.page", { ...page, view: { ...plainView, group: "kind" } });
    expect(grouped.groups.map(({ words, count }) => `${words} ${String(count)}`).sort()).toEqual([
      "Model weakness 2",
      "Software vulnerability 1",
    ]);
    expect((await ask("tables.page", { ...page, scope: { runId }, view: plainView })).total).toBe(1);
    const columns = await ask("tables.describe", { table: "findings", scope: {} });
    const sorted = columns.filter(({ canSort }) => canSort).map(({ id }) => id);
    for (const column of sorted) {
      const view = { ...plainView, sort: [{ column, descending: true }] };
      expect((await ask("tables.page", { ...page, view })).total).toBe(3);
    }
  });

  it("stays as it is when the vault is locked and opened", async () => {
    const before = await ask("findings.get", { findingId });
    await unlock(here, "Lead A");
    expect(await ask("findings.get", { findingId })).toEqual(before);
    expect(await ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] });
  });

  it("goes with its run to another vault, as far as the team had got, with its evidence", async () => {
    const there = await workstation(folder, "Southport");
    await take(there, await packFor(here, there, { runIds: [runId] }));
    const found = await there.client.ask("findings.get", { findingId });
    expect(found).toMatchObject({ code: "F-0001", state: "validated", routes: [], timeline: [], score: 9.3 });
    expect(found.validations).toMatchObject([{ byName: "Northgate (Vault of Northgate)", secondLook: true }]);
    const destination = there.client.destination(there.path("there.txt"));
    const evidenceId = found.validations[0]?.evidence[0]?.id ?? "";
    await there.client.ask("evidence.save", { evidenceId, destination });
    expect(readFileSync(there.path("there.txt"), "utf8")).toContain("heap-buffer-overflow");
    expect(await there.client.ask("journal.list", { offset: 0, limit: 5, refusedOnly: true })).toMatchObject({
      total: 0,
    });
    await there.client.close();
  });
});

describe("advisories", () => {
  const asked = { trackingId: "EVAL-2026-0001", tlp: "RED" as const, withSteps: false };
  const exported = (format: "csaf-2.0" | "csaf-2.1-draft" | "osv" | "cve-draft" | "csv", name: string) =>
    ask("findings.export", {
      ...asked,
      ...{ format, findingIds: [findingId] },
      destination: here.client.destination(here.path(name)),
    });
  let flaw = "";

  it("are not written while something is missing, and what is missing is named", async () => {
    const answer = await exported("csaf-2.0", "too-early.json");
    expect(answer).toMatchObject({ fileName: null, bytes: 0 });
    const fields = answer.findings[0]?.lacks.map(({ field }) => field) ?? [];
    expect(fields).toEqual(expect.arrayContaining(["description", "publisher.name", "publisher.namespace"]));
    expect(existsSync(here.path("too-early.json"))).toBe(false);
  });

  it("are written in every format once nothing is", async () => {
    const publisher = { name: "Cell", namespace: "https://example.org", category: "coordinator" as const };
    const words = { contact: "", issuingAuthority: "", cnaId: "f972b356-145d-4b22-9a64-b114d0e8e9e4" };
    await ask("findings.setPublisher", { ...publisher, ...words });
    const known = await ask("findings.get", { findingId });
    const recorded = await ask("findings.record", {
      kind: "software-vulnerability",
      source: { modelVersionId: null, runId: null, attempt: null },
      fields: {
        ...known.fields,
        summary: "A long header writes behind its buffer.",
        embargoUntil: null,
        aliases: ["CVE-2026-12345"],
        references: [{ url: "https://example.org/parser", title: "The parser", kind: "web" }],
      },
    });
    flaw = recorded.id;
    expect(recorded.possibleDuplicates.map(({ id }) => id)).toEqual([findingId]);
    findingId = flaw;
    for (const format of ["csaf-2.0", "csaf-2.1-draft", "osv", "cve-draft", "csv"] as const) {
      const answer = await exported(format, `${format}.out`);
      expect(answer.findings[0]?.lacks).toEqual([]);
      expect(answer.bytes).toBe(readFileSync(here.path(`${format}.out`)).length);
      expect(readFileSync(here.path(`${format}.out`), "utf8")).not.toMatch(/Meridian|Northgate|Feed it/);
    }
    const csaf: unknown = JSON.parse(readFileSync(here.path("csaf-2.0.out"), "utf8"));
    expect(csaf).toMatchObject({
      document: { csaf_version: "2.0", tracking: { id: "EVAL-2026-0001", status: "draft" } },
    });
  });

  it("of others are held against the findings", async () => {
    for (const name of ["csaf-2.0.out", "osv.out"]) {
      const answer = await ask("findings.importAdvisory", { file: here.client.file(here.path(name)) });
      expect(answer).toMatchObject({ kind: "advisory", vulnerabilities: 1 });
      const matches = answer.kind === "advisory" ? answer.matches : [];
      expect(matches[0]?.findings).toContainEqual(expect.objectContaining({ why: "name" }));
    }
    const file = here.client.file(here.path("csv.out"));
    expect(await ask("findings.importAdvisory", { file })).toMatchObject({ kind: "refused" });
  });

  it("are for leads to hand out", async () => {
    await unlock(here, "Evaluator B");
    expect(await lastRefusal(exported("csv", "evaluator.csv"))).toMatch(/Only a lead hands findings out/);
    expect(existsSync(here.path("evaluator.csv"))).toBe(false);
    await unlock(here, "Lead A");
  });
});

describe("what needs no finding", () => {
  it("weaknesses are found by number and by words", async () => {
    const { version, weaknesses } = await ask("findings.cwe", { words: "79", limit: 3 });
    expect([version, weaknesses[0]?.id]).toEqual(["4.17", "CWE-79"]);
    expect((await ask("findings.cwe", { words: "cwe-787", limit: 1 })).weaknesses[0]?.name).toBe("Out-of-bounds Write");
    const words = await ask("findings.cwe", { words: "buffer overflow stack", limit: 9 });
    expect(words.weaknesses.map(({ id }) => id)).toContain("CWE-121");
    expect((await ask("findings.cwe", { words: "", limit: 200 })).weaknesses).toHaveLength(200);
    expect((await ask("findings.cwe", { words: "no such thing", limit: 9 })).weaknesses).toEqual([]);
  });

  it("a vector is scored, and its metrics can be chosen", async () => {
    const vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
    expect(await ask("findings.score", { vector })).toMatchObject({ score: 9.8, severity: "critical", problem: null });
    expect(await ask("findings.score", { vector: "AV:N" })).toMatchObject({ score: null });
    const choices = await ask("findings.cvssMetrics", { version: "4.0" });
    expect(choices.filter(({ isBase }) => isBase)).toHaveLength(11);
    expect(await ask("findings.scales", {})).toMatchObject([{ id: "safeguard-weakness" }]);
  });
});
