import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corrected, handRun, people, roundOf, stands, Team, telling, type Person } from "./review-people.ts";
import { secret, temporaryFolder } from "./service-client.ts";

/** Who may review what: one's own attempts, compartments, accepted runs, reassignment, and taking back. */

const folder = temporaryFolder();
const team = new Team(folder);
const second = { name: "Lou Tran", label: "Lead E" };
const secondWords = "lou keeps another passphrase";
const ids = new Map<Person, string>();
let runId = "";
let campaignId = "";

const id = (person: Person): string => ids.get(person) ?? "";

beforeAll(async () => {
  await team.found();
  for (const person of ["ana", "ben", "cleo", "dora"] as const) ids.set(person, await team.id(person));
  await team.as("dora");
  ({ runId, campaignId } = await handRunOf("dora"));
  await team.as("ana");
});

afterAll(async () => {
  await team.client.close();
  folder.remove();
});

/** A run that `person` logged; what only a lead may plan, the lead plans. */
async function handRunOf(person: Person): Promise<{ runId: string; campaignId: string }> {
  await team.as("ana");
  const made = await handRun(team);
  const page = { runId: made.runId, sort: "task" as const, descending: false, filter: "", offset: 0, limit: 10 };
  const { rows } = await team.ask("runs.attempts", page);
  await team.as(person);
  const attempts = rows.slice(0, 2).map((row) => ({
    ...{ task: row.task, epoch: 1, outcome: "scored" as const, score: 1, minutes: 2, tokens: 50, note: "done again" },
  }));
  await team.ask("attempts.log", { runId: made.runId, attempts });
  return made;
}

describe("who judges what", () => {
  it("nobody gets attempts that they logged themselves where it is blind", async () => {
    const round = await team.ask("reviews.openRound", roundOf(runId, { name: "Own work", perAttempt: 1 }));
    expect(round.sums.items).toBe(4);
    const dora = await queueOf("dora", round.id);
    const others = [...(await queueOf("ben", round.id)), ...(await queueOf("cleo", round.id))];
    expect(dora.length + others.length).toBe(4);
    expect(dora.every((row) => row.task === "gamma" || row.task === "delta")).toBe(true);
    const [first] = await queueOf("ben", round.id);
    const item = await team.ask("reviews.item", { roundId: round.id, item: first?.item ?? 0 });
    expect(item.note).toMatch(/^‹hidden› did|^done again$/);
    expect(item.task.title).toMatch(/for ‹hidden›$/);
    for (const word of telling) expect(JSON.stringify(item)).not.toContain(word);
    await team.as("ana");
    const named = roundOf(runId, { reviewers: { kind: "named", members: [id("dora"), id("ana")] } });
    expect(await team.client.refused("reviews.openRound", named)).toMatchObject({ code: "conflict" });
  });

  const queueOf = async (person: Person, roundId: string) => {
    await team.as(person);
    const page = { roundId, whose: "mine" as const, filter: "", offset: 0, limit: 50 };
    const answer = await team.ask("reviews.queue", page);
    const text = JSON.stringify(answer);
    for (const word of [...telling, runId, campaignId]) expect(text.toLowerCase()).not.toContain(word.toLowerCase());
    return answer.rows;
  };

  it("takes a filter and a sample, and says what it leaves out", async () => {
    await team.as("ana");
    const input = roundOf(runId, { perAttempt: 1, blind: false });
    const filter = { ...input.scope.filter, solved: true };
    const sampled = { ...input, scope: { ...input.scope, filter, sample: { size: 2, seed: 5 } } };
    expect(await team.ask("reviews.planRound", sampled)).toMatchObject({ attempts: 2, seed: 5 });
    const none = { ...input, scope: { ...input.scope, filter: { ...filter, scoreAtLeast: 2 } } };
    expect(await team.client.refused("reviews.planRound", none)).toMatchObject({ code: "conflict" });
    const campaign = { ...input.scope, of: { kind: "campaign" as const, campaignId }, sample: null };
    const plan = await team.ask("reviews.planRound", { ...input, scope: campaign });
    expect(plan.attempts).toBe(4);
    expect(plan.perReviewer.map((one) => one.name).sort()).toEqual([
      people.ben.name,
      people.cleo.name,
      people.dora.name,
    ]);
  });

  it("gives items to somebody else, not to whoever does not read the compartment, and takes that back", async () => {
    const round = await team.ask(
      "reviews.openRound",
      roundOf(runId, { perAttempt: 1, blind: false, reviewers: { kind: "named", members: [id("ben")] } }),
    );
    const give = { roundId: round.id, items: [1], instead: id("ben") };
    expect(await team.client.refused("reviews.assign", { ...give, member: "nobody" })).toMatchObject({
      code: "not-allowed",
    });
    const given = await team.ask("reviews.assign", { ...give, member: id("cleo") });
    expect(given.reviewers.find((one) => one.name === people.cleo.name)).toMatchObject({ assigned: 1 });
    await team.ask("reviews.undo", { roundId: round.id, item: 1, reason: "a mistake" });
    const back = await team.ask("reviews.round", { roundId: round.id });
    expect(back.reviewers).toEqual([{ name: people.ben.name, isMe: false, assigned: 4, done: 0 }]);
    await team.as("ben");
    await team.ask("reviews.judge", { roundId: round.id, item: 1, ...stands });
    expect(await team.client.refused("reviews.assign", { ...give, member: id("cleo") })).toMatchObject({
      code: "not-allowed",
    });
    await team.as("ana");
    expect(await team.client.refused("reviews.assign", { ...give, member: id("cleo") })).toMatchObject({
      code: "conflict",
    });
  });

  it("tells no judgement in the journal's words", async () => {
    await team.as("cleo");
    const { events } = await team.ask("journal.list", { offset: 0, limit: 200 });
    const reviews = events.filter((event) => event.type.startsWith("review."));
    expect(reviews.length).toBeGreaterThan(3);
    const words = reviews.map((event) => event.words).join("\n");
    for (const said of ["cheating", "stands", "corrected", "alpha", "R-0001"]) expect(words).not.toContain(said);
  });
});

describe("a compartment apart", () => {
  it("is reviewed by those who read it alone", async () => {
    await team.as("ana");
    const apart = await team.ask("compartments.add", {
      name: "Apart",
      label: "Compartment 3",
      memberIds: [id("ana"), id("ben")],
    });
    const { modelVersion, benchmark } = await team.ask("runs.get", { runId });
    const campaign = await team.ask("campaigns.plan", {
      ...{ name: "Apart", question: "", decisionRule: "", epochs: 1, dueAt: null, compartment: apart.id },
      ...{ modelVersionIds: [modelVersion.id], benchmarkIds: [benchmark.id] },
    });
    const run = await team.ask("runs.start", {
      ...{ modelVersionId: modelVersion.id, benchmarkId: benchmark.id, campaignId: campaign.id, epochs: 1 },
    });
    const attempt = { task: "alpha", epoch: 1, outcome: "scored" as const, score: 1, minutes: 1, tokens: 1, note: "" };
    await team.ask("attempts.log", { runId: run.id, attempts: [attempt] });
    const round = roundOf(run.id, { perAttempt: 1 });
    const plan = await team.ask("reviews.planRound", round);
    expect(plan.perReviewer.map((one) => one.name)).toEqual([people.ben.name]);
    const named = { ...round, reviewers: { kind: "named" as const, members: [id("cleo")] } };
    expect(await team.client.refused("reviews.openRound", named)).toMatchObject({ code: "not-allowed" });
    const opened = await team.ask("reviews.openRound", round);
    await team.as("cleo");
    expect(await team.client.refused("reviews.round", { roundId: opened.id })).toMatchObject({ code: "not-found" });
    expect(await team.client.refused("reviews.item", { roundId: opened.id, item: 1 })).toMatchObject({
      code: "not-found",
    });
    const both = { ...roundOf(runId).scope, of: { kind: "attempts" as const, attempts: addresses(run.id) } };
    await team.as("ana");
    expect(await team.client.refused("reviews.planRound", { ...round, scope: both })).toMatchObject({
      code: "conflict",
    });
  });

  const addresses = (other: string) => [
    { runId, task: "alpha", epoch: 1 },
    { runId: other, task: "alpha", epoch: 1 },
  ];
});

describe("where the vault asks for two persons", () => {
  it("a run that was accepted takes corrections from two, and its invalidations back with a second lead", async () => {
    await team.as("ana");
    const added = await team.ask("members.add", { ...second, role: "lead", passphrase: secret(secondWords) });
    await team.ask("vault.setPersons", { persons: 2, reason: "" });
    const single = await team.ask("reviews.openRound", roundOf(runId, { perAttempt: 1, blind: false }));
    for (const state of ["logged", "accepted"] as const) await team.ask("runs.setState", { runId, state, reason: "" });
    expect(await team.client.refused("reviews.planRound", roundOf(runId))).toMatchObject({ code: "conflict" });
    await team.ask("runs.setState", { runId, state: "in-review", reason: "a doubt" });
    const address = { runId, task: "gamma", epoch: 1, reason: "the flag was in the prompt" };
    const present = () => ({ kind: "present" as const, member: added.id, passphrase: secret(secondWords) });
    const gone = await team.ask("attempts.invalidate", { ...address, code: "contamination", second: present() });
    expect(gone).toMatchObject({ outcome: "invalidated", invalidationCode: "contamination" });
    const back = { ...address, reason: "it was not" };
    expect(await team.client.refused("attempts.reinstate", back)).toMatchObject({ code: "second-person-needed" });
    expect((await team.ask("attempts.reinstate", { ...back, second: { kind: "later" } })).outcome).toBe("invalidated");
    const counts = await team.ask("attempts.reinstate", { ...back, second: present() });
    expect(counts).toMatchObject({ outcome: "scored", invalidation: null, scorer: { score: 1 } });
    expect(counts.history.map((one) => one.words).slice(-2)).toEqual([
      "Invalidated, contamination: the flag was in the prompt",
      "Invalidation taken back: it was not",
    ]);
    expect(await team.client.refused("attempts.reinstate", back)).toMatchObject({ code: "conflict" });
    await team.as("ben");
    const mine = await team.ask("reviews.queue", {
      ...{ roundId: single.id, whose: "mine" as const, filter: "", offset: 0, limit: 9 },
    });
    const item = mine.rows[0]?.item ?? 0;
    const correct = { roundId: single.id, item, ...corrected(0.5, "half") };
    expect(await team.client.refused("reviews.judge", correct)).toMatchObject({ code: "conflict" });
    await team.ask("reviews.judge", { roundId: single.id, item, ...stands });
  });
});
