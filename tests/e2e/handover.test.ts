import { test } from "@playwright/test";
import { assign, handBack, receiveAgain, sitDown, type Workstations } from "./journey-handover.ts";
import { logAttempts, startRun } from "./journey-measuring.ts";
import { addBenchmarks, addModel, planCampaign } from "./journey-planning.ts";
import { createVault } from "./journey-vault.ts";
import { closeWorkstation, openWorkstation, testSteps, type Workstation } from "./workstation.ts";

/** Each step is done by a lead and a lab, or by one of the two. */
const steps: readonly { readonly words: string; readonly go: (both: Workstations) => Promise<void> }[] = [
  {
    words: "a lead makes a vault and plans a campaign in it",
    go: async ({ lead }) => {
      await sitDown(lead);
      for (const step of [createVault, addBenchmarks, addModel, planCampaign]) await step(lead);
    },
  },
  {
    words: "a lab makes a vault of its own",
    go: async ({ lab }) => {
      await sitDown(lab);
      await createVault(lab);
    },
  },
  { words: "the plan goes to the lab, once its sender was compared", go: assign },
  {
    words: "the lab measures",
    go: async ({ lab }) => {
      await sitDown(lab);
      await startRun(lab);
      await logAttempts(lab);
    },
  },
  { words: "the run comes back with its attempts and evidence", go: handBack },
  { words: "the same package again changes nothing", go: receiveAgain },
];

/** Two apps with a profile and a vault each, as on two workstations; what goes between them are files. By keyboard alone. */
test.describe.serial("work carried between workstations", () => {
  let lead: Workstation;
  let lab: Workstation;

  test.beforeAll(async () => {
    test.setTimeout(180_000);
    const isNew = (name: string): boolean => name.startsWith("handover");
    lead = await openWorkstation(isNew);
    lab = await openWorkstation(isNew);
  });

  test.afterAll(async () => {
    for (const each of [lead, lab]) await closeWorkstation(each);
  });

  testSteps(
    steps,
    () => ({ lead: lead.journey, lab: lab.journey }),
    () => [lead, lab],
  );
});
