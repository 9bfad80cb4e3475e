import { expect, test } from "@playwright/test";
import { mainJob } from "./journey-all.ts";
import { beginJourney, setSize, type Journey } from "./journey-steps.ts";
import { launch, type LaunchedApp } from "./launch.ts";

/** The main job in the packaged app, by keyboard alone. Pictures of every screen are kept in test-results/screens. */
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

  for (const { words, go } of mainJob) {
    test(words, async () => {
      await go(journey);
      expect(journey.complaints).toEqual([]);
    });
  }
});
