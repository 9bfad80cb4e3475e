import { expect, test } from "@playwright/test";
import { mainJob } from "./journey-all.ts";
import { beginJourney, setSize, type Journey } from "./journey-steps.ts";
import { launch, type LaunchedApp } from "./launch.ts";
import { ScreenInspector } from "./screen-inspector.ts";

/** Every screen and dialog that the main job passes (those of a team: team.test.ts), in light and dark, at the smallest size that is promised. */
test.describe.serial("every screen at 1280 × 800, in light and dark", () => {
  let app: LaunchedApp;
  let journey: Journey;
  let inspector: ScreenInspector;

  test.beforeAll(async () => {
    app = await launch();
    await setSize(app, 1280, 800);
    inspector = new ScreenInspector(app.page);
    journey = beginJourney(app, { look: (name) => inspector.look(name) });
  });

  test.afterAll(async () => {
    await app.close();
    journey.end();
  });

  for (const { words, go } of mainJob) {
    test(words, async () => {
      await go(journey);
    });
  }

  test("no screen has a fault, and none complained", () => {
    expect.soft(inspector.faults).toEqual([]);
    expect(journey.complaints).toEqual([]);
  });
});
