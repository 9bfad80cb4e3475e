import { expect, test } from "@playwright/test";
import { watchJourney } from "./air-gap-watch.ts";
import { mainJob } from "./journey-all.ts";
import { beginJourney, setSize } from "./journey-steps.ts";

test("the whole main job makes no call that concerns the internet", async () => {
  // Every call of every process is stopped and looked at: slower than the job by itself.
  test.setTimeout(1_200_000);
  const { calls, internet, debuggers } = await watchJourney(async (app) => {
    await setSize(app, 1440, 900);
    const journey = beginJourney(app);
    try {
      for (const { words, go } of mainJob) await test.step(words, () => go(journey));
    } finally {
      journey.end();
    }
  });
  expect(calls).toBeGreaterThan(1_000);
  expect(debuggers).toBe(2);
  expect(internet).toEqual([]);
});
