import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logByHand, packFor, planned, take, unlock, workstation, type Workstation } from "./handover-people.ts";
import { corrected, roundOf, stands } from "./review-people.ts";
import { temporaryFolder } from "./service-client.ts";

/** A round that goes with its run to another vault: who leads there decides what two here judged differently. */

const folder = temporaryFolder();
let here: Workstation;
let there: Workstation;
let runId = "";
let roundId = "";

beforeAll(async () => {
  here = await workstation(folder, "Northgate", [
    { name: "Ben", label: "Evaluator B", role: "evaluator" },
    { name: "Cleo", label: "Evaluator C", role: "evaluator" },
  ]);
  there = await workstation(folder, "Southport");
  const plan = await planned(here);
  runId = (await logByHand(here, plan)).id;
});

afterAll(async () => {
  await here.client.close();
  await there.client.close();
  folder.remove();
});

describe("a round of reviews", () => {
  it("is judged here, decided there, and counts here when it is handed back", async () => {
    const input = roundOf(runId, { blind: false, name: "Two vaults" });
    roundId = (await here.client.ask("reviews.openRound", input)).id;
    const items = [1, 2];
    await unlock(here, "Evaluator B");
    for (const item of items) {
      await here.client.ask("reviews.judge", { roundId, item, ...corrected(0.5, "half of it", ["cheating"]) });
    }
    await unlock(here, "Evaluator C");
    for (const item of items) await here.client.ask("reviews.judge", { roundId, item, ...stands });
    await unlock(here, "Lead A");
    expect(await here.client.ask("reviews.round", { roundId })).toMatchObject({ sums: { adjudication: 2 } });

    await take(there, await packFor(here, there, { runIds: [runId] }));
    const round = await there.client.ask("reviews.round", { roundId });
    expect(round).toMatchObject({ name: "Two vaults", sums: { items: 2, adjudication: 2 }, mine: { adjudication: 2 } });
    const page = { roundId, whose: "adjudication" as const, filter: "", offset: 0, limit: 9 };
    expect((await there.client.ask("reviews.queue", page)).total).toBe(2);
    const seen = await there.client.ask("reviews.item", { roundId, item: 1 });
    expect(seen.judgements.map((one) => one.by).sort()).toEqual([
      "Ben (Vault of Northgate)",
      "Cleo (Vault of Northgate)",
    ]);
    await there.client.ask("reviews.adjudicate", { roundId, item: 1, ...corrected(0.25, "a quarter", ["cheating"]) });
    expect(await there.client.ask("runs.get", { runId })).toMatchObject({ reviewed: 1 });

    await take(here, await packFor(there, here, { runIds: [runId] }));
    const back = await here.client.ask("reviews.item", { roundId, item: 1 });
    expect(back.decision).toMatchObject({ how: "adjudicated", by: "Southport (Vault of Southport)" });
    expect(back.state).toBe("decided");
    expect(await here.client.ask("runs.get", { runId })).toMatchObject({ reviewed: 1 });
    const detail = await here.client.ask("attempts.get", { runId, task: back.task.id, epoch: back.epoch });
    expect(detail).toMatchObject({ score: 0.25, flags: [{ id: "cheating", words: "Cheating" }] });
    expect(await here.client.ask("journal.list", { offset: 0, limit: 5, refusedOnly: true })).toMatchObject({
      total: 0,
    });
  });

  it("keeps what comes after the freeze, and does not count it", async () => {
    await here.client.ask("reviews.freezeRound", { roundId, reason: "one is left open" });
    await there.client.ask("reviews.adjudicate", { roundId, item: 2, ...corrected(0.75, "most of it") });
    await take(here, await packFor(there, here, { runIds: [runId] }));
    const item = await here.client.ask("reviews.item", { roundId, item: 2 });
    expect(item).toMatchObject({ state: "adjudication", decision: null });
    expect(item.adjudications.map((one) => one.standing)).toEqual(["late"]);
    expect(await here.client.ask("runs.get", { runId })).toMatchObject({ reviewed: 1 });
    expect(await here.client.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] });
  });
});
