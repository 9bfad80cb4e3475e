import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { frozenReportSchema } from "../../../electron/contract/frozen-report.ts";
import type { ExportFormat } from "../../../electron/contract/importing.ts";
import { publish } from "../../../electron/publishing/publish.ts";
import { corrected, handRun, importedRun, roundOf, stands, Team } from "../review-people.ts";
import { temporaryFolder } from "../service-client.ts";

/** What reviews and invalidations made of attempts is told by what leaves the vault: exports and reports. */

const folder = temporaryFolder();
const team = new Team(folder);
let imported = "";
let byHand = "";

/** Of the imported run the reviewer corrects one solved attempt and lets the others stand; one is invalidated. */
const correctedTo = 0.25;
const invalidatedTask = "gamma";
let correctedTask = "";

async function judge(): Promise<void> {
  const round = roundOf(imported, { perAttempt: 1, blind: false });
  await team.ask("reviews.openRound", round);
  for (const person of ["ben", "cleo", "dora"] as const) {
    await team.as(person);
    const page = { whose: "mine" as const, filter: "", offset: 0, limit: 100 };
    for (const { roundId, item } of (await team.ask("reviews.queue", page)).rows) {
      const { scorerScore, task } = await team.ask("reviews.item", { roundId, item });
      const isFirst = scorerScore === 1 && correctedTask === "";
      if (isFirst) correctedTask = task.id;
      const said = isFirst ? corrected(correctedTo, "It read the answer", ["cheating"]) : stands;
      await team.ask("reviews.judge", { roundId, item, ...said });
    }
  }
  await team.as("ana");
}

beforeAll(async () => {
  await team.found();
  ({ runId: byHand } = await handRun(team));
  const place = { runId: byHand, task: invalidatedTask, epoch: 1 };
  await team.ask("attempts.invalidate", { ...place, reason: "The target was down", code: "environment-fault" });
  ({ runId: imported } = await importedRun(team));
  await judge();
});

afterAll(async () => {
  await team.client.close();
  folder.remove();
});

async function exported(format: ExportFormat, runId: string): Promise<Buffer> {
  const path = folder.path(`${format}-${runId}.out`);
  const destination = team.client.destination(path);
  await team.ask("exports.attempts", { format, runId, campaignId: null, destination });
  return readFileSync(path);
}

type Cells = Record<string, unknown>;

const jsonLines = (bytes: Buffer): Cells[] =>
  bytes
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Cells);

function only(rows: readonly Cells[], task: string): Cells {
  const [found, ...others] = rows.filter((row) => row.task === task || row.id === task);
  if (found === undefined || others.length > 0) throw new Error(`not one row of ${task}`);
  return found;
}

describe("an export of attempts", () => {
  it("gives the scorer's score beside the corrected one in CSV", async () => {
    const rows = parse<Cells>(await exported("csv", imported), { columns: true, bom: true });
    const cells = { score: "0.25", scorer_score: "1", reviewed_score: "0.25", flags: '["cheating"]' };
    expect(only(rows, correctedTask)).toMatchObject({ ...cells, invalidation_code: "" });
    const others = rows.filter((row) => row.task !== correctedTask);
    expect(others).toHaveLength(4);
    for (const row of others) {
      expect(row).toMatchObject({ scorer_score: row.score, reviewed_score: "", flags: "[]" });
    }
  });

  it("gives both in JSON Lines", async () => {
    const rows = jsonLines(await exported("jsonl", imported));
    const cells = { score: correctedTo, scorer_score: 1, reviewed_score: correctedTo, flags: ["cheating"] };
    expect(only(rows, correctedTask)).toMatchObject({ ...cells, invalidation_code: null });
  });

  it("gives both in Parquet", async () => {
    const bytes = await exported("parquet", imported);
    const rows = await parquetReadObjects({ file: Uint8Array.from(bytes).buffer });
    const cells = { score: correctedTo, scorer_score: 1, reviewed_score: correctedTo, flags: '["cheating"]' };
    expect(only(rows, correctedTask)).toMatchObject({ ...cells, invalidation_code: null });
  });

  it("gives both in what Inspect scores with again", async () => {
    const metadata = { scorer_score: 1, reviewed_score: correctedTo, flags: ["cheating"] };
    const rows = jsonLines(await exported("precomputed-scores", imported));
    expect(only(rows, correctedTask)).toMatchObject({ value: correctedTo, metadata });
  });

  it("gives an invalidated attempt's code, and the score that it had", async () => {
    const row = only(jsonLines(await exported("jsonl", byHand)), invalidatedTask);
    const why = { invalidation: "The target was down", invalidation_code: "environment-fault" };
    expect(row).toMatchObject({ outcome: "invalidated", scorer_score: 1, reviewed_score: null, ...why });
  });
});

describe("a report", () => {
  it("counts corrected attempts by run, and says so under its results", async () => {
    const scope = { kind: "vault" as const };
    const report = await team.ask("reports.draft", { template: "evaluation", scope, title: "Reviewed" });
    const reportId = report.id;
    const sectionId = report.sections[0]?.id ?? "";
    await team.ask("reports.write", { reportId, sectionId, markdown: "[[table:results]]\n\n[[table:runs]]" });
    const { json } = await team.ask("reports.preview", { reportId });
    const frozen = frozenReportSchema.parse(JSON.parse(json));
    const table = (id: string) => frozen.tables.find((one) => one.id === id);
    expect(table("runs")?.rows.map((row) => [row.run?.text, row.reviewed?.value])).toEqual([
      ["R-0001", 0],
      ["R-0002", 1],
    ]);
    const note = "1 attempt counts with a score that a review corrected.";
    expect(table("results")?.caption).toContain(note);
    const files = publish(frozen).map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)] as const);
    const having = (words: string): string[] => files.flatMap(([path, text]) => (text.includes(words) ? [path] : []));
    expect(having(note)).toEqual(expect.arrayContaining(["report.html", "report.json"]));
    expect(having("Corrected by review")).toEqual(expect.arrayContaining(["report.html", "report.json"]));
    const csv = new Map(files).get("tables/runs.csv") ?? "";
    const rows = parse<Cells>(csv, { columns: true, bom: true });
    expect(rows.map((row) => [row.run, row.reviewed])).toEqual([
      ["R-0001", "0"],
      ["R-0002", "1"],
    ]);
  });
});
