import { expect, test } from "@playwright/test";
import type { Step } from "./journey-all.ts";
import {
  adjudicate,
  freezeRound,
  importOneLog,
  invalidateAndReinstate,
  judgeAsEvaluator,
  judgeAsLead,
  openRound,
  seeCorrection,
} from "./journey-reviewing.ts";
import { beginJourney, setSize, type Journey } from "./journey-steps.ts";
import { addMembers } from "./journey-team.ts";
import { createVault } from "./journey-vault.ts";
import { launch, type LaunchedApp } from "./launch.ts";
import { ScreenInspector } from "./screen-inspector.ts";

/** A round of reviews from its opening to what it made of an attempt. Each step builds on the one before. */
const review: readonly Step[] = [
  { words: "makes a vault with a lead and an evaluator", go: createVault },
  { words: "adds who can adjudicate", go: addMembers },
  { words: "takes in a log", go: importOneLog },
  { words: "opens a blind round for two reviewers and shows who gets how many", go: openRound },
  { words: "is judged by keys alone, blind, and a judgement is taken back", go: judgeAsLead },
  { words: "is judged by the other reviewer, who differs on one", go: judgeAsEvaluator },
  { words: "is adjudicated by a third person who sees no names", go: adjudicate },
  { words: "is frozen, with its agreement", go: freezeRound },
  { words: "shows the correction beside the scorer's value on the attempt", go: seeCorrection },
  { words: "invalidates with a kind of reason, and takes that back", go: invalidateAndReinstate },
];

/** By keyboard alone, at the smallest size that is promised; each new view and dialog is looked at in light and dark. */
test.describe.serial("a round of reviews", () => {
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

  for (const { words, go } of review) {
    test(words, async () => {
      test.setTimeout(240_000);
      await go(journey);
    });
  }

  test("no screen has a fault, and none complained", () => {
    expect.soft(inspector.faults).toEqual([]);
    expect(journey.complaints).toEqual([]);
  });
});
