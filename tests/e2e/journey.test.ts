import { expect, test } from "@playwright/test";
import { compareRates } from "./journey-comparing.ts";
import { lookAround, readJournal, verifyVault } from "./journey-journal.ts";
import { drillDown, importLogs, logAttempts, lookAtLoggedAttempt, startRun } from "./journey-measuring.ts";
import { addBenchmarks, addModel, planCampaign } from "./journey-planning.ts";
import { addRecipient, openSealed, openWithStockTools, sealReport, writeReport } from "./journey-reporting.ts";
import { beginJourney, setSize, type Journey } from "./journey-steps.ts";
import { createVault, failToUnlock, lock, unlock } from "./journey-vault.ts";
import { launch, type LaunchedApp } from "./launch.ts";

/** The main job in the packaged app, by keyboard, from nothing to a sealed report. Each step builds on the one before. */
test.describe.serial("the main job", () => {
  let app: LaunchedApp;
  let journey: Journey;

  test.beforeAll(async () => {
    app = await launch();
    await setSize(app, 1440, 900);
    journey = beginJourney(app, { pictures: true });
  });

  test.afterEach(async ({}, info) => {
    await info.attach("console", { body: journey.complaints.join("\n") });
    if (info.status !== "passed") console.log(journey.complaints.join("\n"));
  });

  test.afterAll(async () => {
    await app.close();
    journey.end();
  });

  test("makes a vault with a lead and an evaluator", async () => {
    await createVault(journey);
  });

  test("locks, refuses wrong passphrases in the same words, unlocks", async () => {
    await lock(journey);
    await journey.picture("unlock");
    await failToUnlock(journey);
    await unlock(journey, "Lead A");
  });

  test("adds benchmarks from the catalog and from a pack file", async () => {
    await addBenchmarks(journey);
  });

  test("adds a model with a version and its safeguard variant", async () => {
    await addModel(journey);
  });

  test("plans a campaign and registers it before the first result", async () => {
    await planCampaign(journey);
  });

  test("logs attempts in the grid, as the evaluator", async () => {
    await lock(journey);
    await unlock(journey, "Evaluator B");
    await startRun(journey);
    await logAttempts(journey);
    await lookAtLoggedAttempt(journey);
  });

  test("imports logs with their verdicts, and leads down to a transcript", async () => {
    await importLogs(journey);
    await drillDown(journey);
  });

  test("compares rates with their intervals, each a way to its run", async () => {
    await compareRates(journey);
  });

  test("adds a recipient whose key was compared", async () => {
    await lock(journey);
    await unlock(journey, "Lead A");
    await addRecipient(journey);
  });

  test("writes, freezes, signs and seals a report", async () => {
    await writeReport(journey);
    await sealReport(journey);
  });

  test("keeps a journal, and verifies as whole", async () => {
    await readJournal(journey);
    await lookAround(journey);
    await verifyVault(journey);
  });

  test("what was sealed opens with stock age, tar and minisign, and here with no vault open", async () => {
    const { signerKey } = openWithStockTools(journey);
    await lock(journey);
    await openSealed(journey, signerKey);
  });

  test("says nothing on its console", () => {
    expect(journey.complaints).toEqual([]);
  });
});
