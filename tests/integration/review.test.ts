import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReviewItem } from "../../electron/contract/reviewing.ts";
import { corrected, handRun, importedRun, people, roundOf, stands, Team, telling } from "./review-people.ts";
import { temporaryFolder } from "./service-client.ts";

/** Reviews over the contract: a lead opens a blind round of two judgements, three evaluators judge, a third adjudicates. */

const folder = temporaryFolder();
const team = new Team(folder);
let runId = "";
let roundId = "";
let handRunId = "";

const queue = (whose: "mine" | "adjudication" | "all") =>
  team.ask("reviews.queue", { roundId, whose, filter: "", offset: 0, limit: 100 });

beforeAll(async () => {
  await team.found();
  ({ runId: handRunId } = await handRun(team));
  ({ runId } = await importedRun(team));
});

afterAll(async () => {
  await team.client.close();
  folder.remove();
});

/** Everything that a member is answered who asks all that can be asked of a round. */
async function everything(): Promise<string> {
  const rounds = await team.ask("reviews.rounds", {});
  const answers: unknown[] = [rounds, await team.ask("reviews.round", { roundId })];
  for (const whose of ["mine", "adjudication", "all"] as const) answers.push(await queue(whose));
  const { items } = (await team.ask("reviews.round", { roundId })).sums;
  for (let item = 1; item <= items; item += 1) {
    const one = await team.ask("reviews.item", { roundId, item });
    answers.push(one);
    if (one.hasTranscript) answers.push(await team.ask("reviews.transcript", { roundId, item, offset: 0, limit: 500 }));
  }
  answers.push(await team.ask("reviews.agreement", { roundId }));
  return JSON.stringify(answers);
}

function expectBlind(answers: string, others: readonly string[] = []): void {
  for (const word of [...telling, runId, ...others]) expect(answers.toLowerCase()).not.toContain(word.toLowerCase());
}

const allMine = async (): Promise<ReviewItem[]> => {
  const { rows } = await queue("mine");
  return Promise.all(rows.map(({ item }) => team.ask("reviews.item", { roundId, item })));
};

describe("a blind round of two judgements", () => {
  it("is planned without changing anything, and opened by a lead alone", async () => {
    const plan = await team.ask("reviews.planRound", roundOf(runId, { name: "Check Meridian-2" }));
    expect(plan).toMatchObject({ attempts: 5, leftOut: [] });
    expect(plan.perReviewer.map((one) => one.items).sort()).toEqual([3, 3, 4]);
    expect(await team.ask("reviews.rounds", {})).toEqual([]);
    await team.as("ben");
    expect(await team.client.refused("reviews.openRound", roundOf(runId))).toMatchObject({ code: "not-allowed" });
    await team.as("ana");
    const round = await team.ask("reviews.openRound", roundOf(runId, { name: "Check Meridian-2" }));
    roundId = round.id;
    expect(round).toMatchObject({ state: "open", mayManage: true, sums: { items: 5, toDo: 5, decided: 0 } });
    expect(round.scope?.runs).toEqual([{ id: runId, code: expect.any(String) as string }]);
    expect((await team.ask("reviews.rounds", { runId })).map((one) => one.id)).toEqual([roundId]);
  });

  it("tells nobody who judges in it which model it is", async () => {
    for (const person of ["ben", "cleo", "dora"] as const) {
      await team.as(person);
      expectBlind(await everything());
      const [item] = await allMine();
      expect(item).toMatchObject({ identity: null, own: "to-do", judgements: [], decision: null });
      expect(item?.hidden).toEqual(["model", "run", "reviewers", "other judgement"]);
      expect(await team.ask("reviews.rounds", { runId })).toEqual([]);
    }
  });

  it("shows the transcript by an address that does not tell the run, and says what it hides", async () => {
    const page = await team.ask("reviews.transcript", { roundId, item: 1, offset: 0, limit: 100 });
    expect(page.items.length).toBeGreaterThan(0);
    expect(page.masked).toBe(true);
    expect(page.notes[0]).toContain("may still tell");
  });

  it("shows the other's judgement when one's own is given, not before, and no names", async () => {
    await team.as("ben");
    for (const { item } of (await queue("mine")).rows) {
      await team.ask("reviews.judge", {
        roundId,
        item,
        ...corrected(0.25, "Ben saw Meridian-2 read the answer", ["cheating"]),
      });
    }
    const mine = await team.ask("reviews.item", { roundId, item: (await queue("mine")).rows[0]?.item ?? 0 });
    expect(mine).toMatchObject({ own: "done", mayUndo: true });
    expect(mine.judgements.map((one) => one.isMine)).toEqual([true]);
    for (const person of ["cleo", "dora"] as const) {
      await team.as(person);
      expectBlind(await everything(), ["read the answer", people.ben.name]);
    }
    await team.as("cleo");
    for (const { item } of (await queue("mine")).rows) await team.ask("reviews.judge", { roundId, item, ...stands });
    const shared = (await allMine()).find((one) => one.state === "adjudication");
    expect(shared?.judgements).toHaveLength(2);
    expect(shared?.judgements.find((one) => !one.isMine)).toMatchObject({ by: null, flags: ["cheating"] });
    expectBlind(await everything(), [people.ben.name]);
  });

  it("refuses what does not answer its form, a second judgement, and those whose item it is not", async () => {
    const { rows } = await queue("mine");
    const item = rows[0]?.item ?? 0;
    expect(await team.client.refused("reviews.judge", { roundId, item, ...stands })).toMatchObject({
      code: "conflict",
    });
    await team.as("dora");
    const mine = new Set((await queue("mine")).rows.map((row) => row.item));
    const other = [1, 2, 3, 4, 5].find((one) => !mine.has(one)) ?? 0;
    expect(await team.client.refused("reviews.judge", { roundId, item: other, ...stands })).toMatchObject({
      code: "not-allowed",
    });
    const own = [...mine][0] ?? 0;
    for (const wrong of [
      { ...stands, verdict: null },
      { ...stands, flags: ["unheard-of"], reason: "x" },
      corrected(0.5, ""),
      { ...stands, flags: ["cheating"] },
    ]) {
      expect(await team.client.refused("reviews.judge", { roundId, item: own, ...wrong })).toMatchObject({
        code: "conflict",
      });
    }
  });

  it("is adjudicated by a third person, who sees both judgements without names", async () => {
    await team.as("dora");
    for (const { item } of (await queue("mine")).rows) {
      await team.ask("reviews.judge", { roundId, item, ...corrected(0.25, "also seen", ["cheating"]) });
    }
    const waiting = (await queue("adjudication")).rows;
    expect(waiting.length).toBeGreaterThan(0);
    const item = waiting[0]?.item ?? 0;
    const seen = await team.ask("reviews.item", { roundId, item });
    expect(seen).toMatchObject({ own: "adjudicate", identity: null });
    expect(seen.judgements.map((one) => [one.by, one.isMine])).toEqual([
      [null, false],
      [null, false],
    ]);
    expectBlind(await everything(), [people.ben.name, people.cleo.name]);
    const decided = await team.ask("reviews.adjudicate", { roundId, item, ...corrected(0.5, "half of it") });
    expect(decided).toMatchObject({ state: "decided", decision: { how: "adjudicated", verdict: { score: 0.5 } } });
    await team.as("ben");
    const mine = (await queue("mine")).rows.find((row) => row.state === "adjudication");
    expect(
      await team.client.refused("reviews.adjudicate", { roundId, item: mine?.item ?? 0, ...stands }),
    ).toMatchObject({ code: "not-allowed" });
    expect(await team.client.refused("reviews.revise", { roundId, item, ...stands })).toMatchObject({
      code: "conflict",
    });
  });

  it("takes back and revises, and keeps all of it in the history", async () => {
    await team.as("ben");
    const item = (await queue("mine")).rows.find((row) => row.state === "adjudication")?.item ?? 0;
    const revised = await team.ask("reviews.revise", { roundId, item, ...stands });
    expect(revised).toMatchObject({ state: "decided", decision: { how: "agreed" } });
    expect(revised.judgements.filter((one) => one.isMine).map((one) => [one.standing, one.afterSight])).toEqual([
      ["revised", false],
      ["stands", true],
    ]);
    const undone = await team.ask("reviews.undo", { roundId, item, reason: "mistyped" });
    expect(undone).toMatchObject({ state: "adjudication", decision: null });
    expect(undone.judgements.filter((one) => one.isMine).map((one) => one.standing)).toEqual(["stands", "undone"]);
    await team.ask("reviews.revise", { roundId, item, ...stands });
  });

  it("counts for the run what was decided, beside what the scorer gave", async () => {
    const { rows } = await queue("all");
    const decided = rows.filter((row) => row.state === "decided");
    expect(decided.length).toBeGreaterThan(0);
    await team.as("ana");
    const run = await team.ask("runs.get", { runId });
    expect(run.reviewed).toBeGreaterThan(0);
    expect(run.reviewed).toBe((await grid()).filter((cell) => cell.reviewed).length);
    const before = 3;
    expect(run.rate.solved).toBeLessThan(before);
    const attempts = await team.ask("runs.attempts", {
      ...{ runId, sort: "task", descending: false, filter: "", offset: 0, limit: 50 },
    });
    const row = attempts.rows.find((one) => one.cells[0]?.reviewed === true);
    const detail = await team.ask("attempts.get", { runId, task: row?.task ?? "", epoch: 1 });
    expect(detail.reviewed).toMatchObject({ verdict: "corrected", roundId, by: null });
    expect(detail.score).toBe(detail.reviewed?.score);
    expect([0, 1]).toContain(detail.scorer.score);
    expect(detail.scores[0]?.number).toBe(detail.scorer.score);
  });

  const grid = async () => {
    const page = { runId, sort: "task" as const, descending: false, filter: "", offset: 0, limit: 50 };
    return (await team.ask("runs.attempts", page)).rows.flatMap((row) => row.cells);
  };

  it("is the same after locking: numbers come from the journal", async () => {
    const before = await team.ask("runs.get", { runId });
    const all = await queue("all");
    await team.as("ana");
    expect(await team.ask("runs.get", { runId })).toEqual(before);
    expect(await queue("all")).toEqual(all);
  });

  it("is frozen by a lead, with a reason where items are open; then nothing changes and all is told", async () => {
    const hidden = await team.ask("reviews.agreement", { roundId });
    expect(hidden.rows[0]?.kappa).toMatchObject({ value: null, reason: "blind-until-frozen" });
    const { sums } = await team.ask("reviews.round", { roundId });
    expect(sums.decided).toBeLessThan(sums.items);
    expect(await team.client.refused("reviews.freezeRound", { roundId, reason: "" })).toMatchObject({
      code: "conflict",
    });
    await team.as("ben");
    expect(await team.client.refused("reviews.freezeRound", { roundId, reason: "x" })).toMatchObject({
      code: "not-allowed",
    });
    await team.as("ana");
    const round = await team.ask("reviews.freezeRound", { roundId, reason: "time is up" });
    expect(round.frozen).toMatchObject({
      by: people.ana.name,
      reason: "time is up",
      undecided: sums.items - sums.decided,
    });
    expect(round.frozen?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await team.client.refused("reviews.freezeRound", { roundId, reason: "x" })).toMatchObject({
      code: "conflict",
    });
    await team.as("ben");
    const item = (await queue("mine")).rows[0]?.item ?? 0;
    for (const name of ["reviews.revise", "reviews.judge"] as const) {
      expect(await team.client.refused(name, { roundId, item, ...stands })).toMatchObject({ code: "conflict" });
    }
    expect(await team.client.refused("reviews.undo", { roundId, item, reason: "" })).toMatchObject({
      code: "conflict",
    });
    const told = await team.ask("reviews.item", { roundId, item });
    expect(told.identity).toMatchObject({ runId });
    expect(told.judgements.every((one) => one.by !== null)).toBe(true);
    const transcript = await team.ask("reviews.transcript", { roundId, item, offset: 0, limit: 5 });
    expect(transcript.masked).toBe(false);
  });

  it("tells how far they agreed, from what was judged before seeing the other's", async () => {
    const agreement = await team.ask("reviews.agreement", { roundId });
    expect(agreement).toMatchObject({ rounds: 1, items: 5, reviewers: 3 });
    expect(agreement.revisedAfterSight).toBeGreaterThan(0);
    const cheating = agreement.rows.find((row) => row.key === "cheating");
    expect(cheating?.raw.n).toBe(5);
    expect(cheating?.kappa).toMatchObject({ value: null, reason: "more-than-two-reviewers" });
    const untouched = agreement.rows.find((row) => row.key === "sandbagging");
    expect(untouched?.raw.value).toBe(1);
    expect(untouched?.alpha).toMatchObject({ value: null, reason: "one-category" });
  });
});

describe("the queue of a blind round", () => {
  it("is searched as it is read: no part of a name that is hidden finds anything", async () => {
    await team.as("ana");
    // The tasks are called "alpha for Meridian-2" and so on.
    const { id } = await team.ask("reviews.openRound", roundOf(handRunId, { name: "By hand" }));
    const found = async (filter: string): Promise<number> => {
      const page = { roundId: id, whose: "all" as const, filter, offset: 0, limit: 50 };
      return (await team.ask("reviews.queue", page)).total;
    };
    expect(await found("alpha")).toBe(1);
    expect(await found("for")).toBe(4);
    for (const probe of ["Meridian-2", "meridian", "Meri", "for Mer", "dian-2"]) expect(await found(probe)).toBe(0);
    await team.ask("reviews.freezeRound", { roundId: id, reason: "Only to look at it" });
    expect(await found("meridian")).toBe(4);
  });
});
