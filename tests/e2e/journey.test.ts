import { expect, test } from "@playwright/test";
import { createVault, failToUnlock, lock, unlock } from "./journey-vault.ts";
import { beginJourney, setSize, type Journey } from "./journey-steps.ts";
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

  test("says nothing on its console", () => {
    expect(journey.complaints).toEqual([]);
  });
});
