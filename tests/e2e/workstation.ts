import { expect, test } from "@playwright/test";
import type { Step } from "./journey-all.ts";
import { beginJourney, setSize, type Journey } from "./journey-steps.ts";
import { launch, type LaunchedApp } from "./launch.ts";
import { ScreenInspector } from "./screen-inspector.ts";

/** An app of its own at the smallest size that is promised, and somebody at its keyboard; its screens are looked at. */
export interface Workstation {
  readonly app: LaunchedApp;
  readonly journey: Journey;
  readonly inspector: ScreenInspector;
}

/** @param looks which screens and dialogs are looked at, in light and dark */
export async function openWorkstation(looks = (_name: string): boolean => true): Promise<Workstation> {
  const app = await launch();
  await setSize(app, 1280, 800);
  const inspector = new ScreenInspector(app.page);
  const look = (name: string): Promise<void> => (looks(name) ? inspector.look(name) : Promise.resolve());
  return { app, journey: beginJourney(app, { look }), inspector };
}

export async function closeWorkstation({ app, journey }: Workstation): Promise<void> {
  await app.close();
  journey.end();
}

/** Each step a test, at workstations that were opened before; the last test is that no screen has a fault. */
export function testSteps<On>(
  steps: readonly { readonly words: string; readonly go: (on: On) => Promise<void> }[],
  on: () => On,
  workstations: () => readonly Workstation[],
): void {
  for (const { words, go } of steps) {
    test(words, async () => {
      test.setTimeout(240_000);
      await go(on());
    });
  }

  test("no screen has a fault, and none complained", () => {
    expect.soft(workstations().flatMap(({ inspector }) => inspector.faults)).toEqual([]);
    expect(workstations().flatMap(({ journey }) => journey.complaints)).toEqual([]);
  });
}

/** One person's steps, each building on the one before, by keyboard alone; every screen and dialog is looked at. */
export function testJourney(title: string, steps: readonly Step[]): void {
  test.describe.serial(title, () => {
    let workstation: Workstation;

    test.beforeAll(async () => {
      workstation = await openWorkstation();
    });

    test.afterAll(async () => {
      await closeWorkstation(workstation);
    });

    testSteps(
      steps,
      () => workstation.journey,
      () => [workstation],
    );
  });
}
