import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { evalLog, jsonLog, type LogToWrite } from "../../fixtures/inspect/generate.ts";
import { packFor, take, workstation, type Workstation } from "../handover-people.ts";
import { temporaryFolder } from "../service-client.ts";

/** A run of several logs goes to another vault with all of them; that its import was undone goes after it. */

const folder = temporaryFolder();
const people: Workstation[] = [];
let runId = "";
let importId = "";

const said = (text: string) => ({ messages: [{ role: "user", content: text }], events: [] });
const spec = { task_id: "evaluation-1", created: "2026-03-01T10:00:00+00:00" };
const cutShort: LogToWrite = {
  ...{ status: "cancelled", spec, sampleIds: ["a", "b"], results: null },
  samples: [{ id: "a", scores: { includes: "C" }, fields: said("in the first log") }],
};
const retry: LogToWrite = {
  ...{ spec: { ...spec, created: "2026-03-01T12:00:00+00:00" }, sampleIds: ["a", "b"], results: null },
  samples: [{ id: "b", scores: { includes: "I" }, fields: said("in the second log") }],
};

function person(place: number): Workstation {
  const found = people[place];
  if (found === undefined) throw new Error("nobody is there");
  return found;
}

async function texts({ client }: Workstation): Promise<string[]> {
  const found: string[] = [];
  for (const task of ["a", "b"]) {
    const page = await client.ask("attempts.transcript", { runId, task, epoch: 1, offset: 0, limit: 10 });
    found.push(...page.items.map(({ text }) => text));
  }
  return found;
}

beforeAll(async () => {
  people.push(await workstation(folder, "Lena"), await workstation(folder, "Eva"));
  const { client, path } = person(1);
  mkdirSync(path("logs"));
  writeFileSync(path("logs/1.json"), jsonLog(cutShort));
  writeFileSync(path("logs/2.eval"), evalLog(retry));
  const report = await client.ask("imports.logs", { files: [client.file(path("logs"))], campaignId: null });
  runId = report.files[0]?.run ?? "";
  importId = report.id ?? "";
});

afterAll(async () => {
  for (const { client } of people) await client.close();
  folder.remove();
});

it("comes with every log, and its transcripts open there", async () => {
  const [lena, eva] = [person(0), person(1)];
  const work = await packFor(eva, lena, { runIds: [runId] });
  const { taken } = await take(lena, work);
  expect(taken).toMatchObject({ heldBack: [], evidence: { files: 2 } });
  expect(await texts(lena)).toEqual(expect.arrayContaining(["in the first log", "in the second log"]));
  expect(await texts(lena)).toEqual(await texts(eva));
  const [theirs, mine] = await Promise.all([eva, lena].map(({ client }) => client.ask("runs.get", { runId })));
  expect(mine?.ledger).toEqual(theirs?.ledger);
  expect(mine?.log?.files.map(({ fileName, attempts }) => [fileName, attempts])).toEqual([
    ["2.eval", 1],
    ["1.json", 1],
  ]);
  const again = await lena.client.ask("imports.logs", {
    files: [lena.client.file(eva.path("logs"))],
    campaignId: null,
  });
  expect(again.sums.byStatus.duplicate).toBe(2);
});

it("is withdrawn there too once its import was undone", async () => {
  const [lena, eva] = [person(0), person(1)];
  await eva.client.ask("imports.undo", { importId });
  const { taken } = await take(lena, await packFor(eva, lena, { runIds: [runId] }));
  expect(taken.heldBack).toEqual([]);
  expect(await lena.client.ask("runs.get", { runId })).toMatchObject({ state: "withdrawn" });
  const [recent] = await lena.client.ask("imports.recent", {});
  expect(recent).toMatchObject({ id: importId, undone: true, byName: "Eva (Vault of Eva)" });
  expect(await lena.client.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] });
});
