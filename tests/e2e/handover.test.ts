import { expect, test } from "@playwright/test";
import { assign, handBack, receiveAgain, sitDown, type Workstations } from "./journey-handover.ts";
import { logAttempts, startRun } from "./journey-measuring.ts";
import { addBenchmarks, addModel, planCampaign } from "./journey-planning.ts";
import { beginJourney, setSize, type Journey } from "./journey-steps.ts";
import { createVault } from "./journey-vault.ts";
import { launch, type LaunchedApp } from "./launch.ts";
import { ScreenInspector } from "./screen-inspector.ts";

interface Workstation {
  readonly app: LaunchedApp;
  readonly journey: Journey;
  readonly inspector: ScreenInspector;
}

async function workstation(looks: (name: string) => boolean): Promise<Workstation> {
  const app = await launch();
  await setSize(app, 1280, 800);
  const inspector = new ScreenInspector(app.page);
  const look = (name: string): Promise<void> => (looks(name) ? inspector.look(name) : Promise.resolve());
  return { app, journey: beginJourney(app, { look }), inspector };
}

/** Two apps with a profile and a vault each, as on two workstations; what goes between them are files. By keyboard alone. */
test.describe.serial("work carried between workstations", () => {
  let lead: Workstation;
  let lab: Workstation;
  const both = (): Workstations => ({ lead: lead.journey, lab: lab.journey });

  test.beforeAll(async () => {
    test.setTimeout(180_000);
    const isNew = (name: string): boolean => name.startsWith("handover");
    lead = await workstation(isNew);
    lab = await workstation(isNew);
  });

  test.afterAll(async () => {
    for (const { app, journey } of [lead, lab]) {
      await app.close();
      journey.end();
    }
  });

  const steps: readonly { readonly words: string; readonly go: () => Promise<void> }[] = [
    {
      words: "a lead makes a vault and plans a campaign in it",
      go: async () => {
        await sitDown(lead.journey);
        for (const step of [createVault, addBenchmarks, addModel, planCampaign]) await step(lead.journey);
      },
    },
    {
      words: "a lab makes a vault of its own",
      go: async () => {
        await sitDown(lab.journey);
        await createVault(lab.journey);
      },
    },
    { words: "the plan goes to the lab, once its sender was compared", go: () => assign(both()) },
    {
      words: "the lab measures",
      go: async () => {
        await sitDown(lab.journey);
        await startRun(lab.journey);
        await logAttempts(lab.journey);
      },
    },
    { words: "the run comes back with its attempts and evidence", go: () => handBack(both()) },
    { words: "the same package again changes nothing", go: () => receiveAgain(both()) },
  ];

  for (const { words, go } of steps) {
    test(words, async () => {
      test.setTimeout(240_000);
      await go();
    });
  }

  test("no screen has a fault, and none complained", () => {
    expect.soft([...lead.inspector.faults, ...lab.inspector.faults]).toEqual([]);
    expect([...lead.journey.complaints, ...lab.journey.complaints]).toEqual([]);
  });
});
