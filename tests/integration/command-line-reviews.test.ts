import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agreementSchema, reviewRoundSchema } from "../../electron/contract/reviewing.ts";
import { handRun, people, roundOf, stands, Team } from "./review-people.ts";
import { temporaryFolder } from "./service-client.ts";

/** Rounds of reviews from a terminal: the built command, as `npm run cli` starts it. */

const folder = temporaryFolder();
const team = new Team(folder);
const secretFile = folder.path("passphrase");

function evalvault(...given: string[]): { code: number | null; lines: string[]; error: string } {
  const [noun = "", act = "", ...rest] = given;
  const who = ["--member", people.ana.label, "--passphrase-file", secretFile];
  const all = ["build/cli.ts", noun, act, team.vault, ...rest, ...who, "--profile", folder.path("cli")];
  const called = spawnSync(process.execPath, all, { encoding: "utf8" });
  return { code: called.status, lines: called.stdout.split("\n").filter((one) => one !== ""), error: called.stderr };
}

beforeAll(async () => {
  writeFileSync(secretFile, "ana keeps a long passphrase\n");
  await team.found();
  const { runId } = await handRun(team);
  await team.ask("reviews.openRound", roundOf(runId, { name: "By hand", blind: false }));
  await team.as("ben");
  const page = { whose: "mine" as const, filter: "", offset: 0, limit: 9 };
  for (const { roundId, item } of (await team.ask("reviews.queue", page)).rows) {
    await team.ask("reviews.judge", { roundId, item, ...stands });
  }
  await team.client.close();
});

afterAll(() => {
  folder.remove();
});

describe("evalvault review", () => {
  it("lists rounds, in words and as JSON", () => {
    const { code, lines } = evalvault("review", "list");
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^Round +State +How +Decided/);
    expect(lines[1]).toMatch(/^By hand +open +two judge +0 of 4 +0 +0 /);
    const [round] = evalvault("review", "list", "--json").lines.map((one) => reviewRoundSchema.parse(JSON.parse(one)));
    expect(round).toMatchObject({ name: "By hand", sums: { items: 4, toDo: 4 } });
  });

  it("freezes one with a reason, and tells the agreement", () => {
    expect(evalvault("review", "freeze", "By hand")).toMatchObject({ code: 1, lines: [] });
    const frozen = evalvault("review", "freeze", "By hand", "--reason", "time is up");
    expect(frozen.error).toBe("");
    expect(frozen.lines[0]).toMatch(/^By hand is frozen with \d judgements?: [0-9a-f]{64}$/);
    const figures = evalvault("review", "agreement", "By hand", "--json").lines;
    expect(agreementSchema.parse(JSON.parse(figures[0] ?? ""))).toMatchObject({ rounds: 1, items: 0 });
    expect(evalvault("review", "agreement", "by hand").lines.some((one) => one.includes("no items"))).toBe(true);
    expect(evalvault("review", "agreement", "Nothing")).toMatchObject({ code: 1 });
  });
});
