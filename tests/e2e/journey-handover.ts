import { expect } from "@playwright/test";
import { answerDialogs } from "./journey-keyboard.ts";
import { dialogOf, inFront, onScreen, type Journey } from "./journey-steps.ts";

/** Two workstations with a vault each, and files that are carried between them. */
export interface Workstations {
  /** Where the work is planned and reviewed. */
  readonly lead: Journey;
  /** Where it is measured. */
  readonly lab: Journey;
}

/** Somebody sits down at this workstation: on one display, a window that is behind another one is drawn seldom. */
export async function sitDown({ app, page }: Journey): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      window.moveTop();
      window.focus();
    }
  });
  await expect.poll(() => page.evaluate(() => document.visibilityState)).toBe("visible");
}

async function openHandover(journey: Journey): Promise<void> {
  await sitDown(journey);
  await journey.keys.press("Alt+5");
  await onScreen(journey, "Runs");
  await journey.keys.press("Alt+h");
  await onScreen(journey, "Hand-over");
}

/** Saves the card of who is at the keyboard; answers with where, and the fingerprint that they read out. */
async function saveCard(journey: Journey, picture: string): Promise<{ path: string; fingerprint: string }> {
  const { app, keys, page } = journey;
  await openHandover(journey);
  await journey.picture(picture);
  const path = journey.path("own.card.json");
  await answerDialogs(app.electron, { save: path });
  await keys.push("Save it…");
  await expect(page.getByText(/own\.card\.json was saved/)).toBeVisible();
  const shown = await page.locator("main").innerText();
  return { path, fingerprint: /\b[0-9a-f]{4}(?: [0-9a-f]{4}){7}\b/.exec(shown)?.[0] ?? "" };
}

interface Sealing {
  readonly card: { readonly path: string; readonly fingerprint: string };
  readonly path: string;
  readonly picture: string;
}

/** In the dialog: the receiver's card, whose fingerprint is compared, and a place for the package. */
async function sealTo(journey: Journey, { card, path, picture }: Sealing): Promise<void> {
  const { app, keys, page } = journey;
  await answerDialogs(app.electron, { open: [card.path], save: path });
  await keys.push("Choose…");
  await expect(inFront(journey).getByText(card.fingerprint)).toBeVisible();
  await journey.picture(picture);
  await keys.push("Choose a place and pack");
  await expect(dialogOf(journey, "The package is ready")).toBeVisible();
  await keys.push("Done");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

/** Looked into, its sender compared, and only then received. */
async function receive(journey: Journey, path: string, picture: string): Promise<void> {
  const { app, keys, page } = journey;
  await sitDown(journey);
  await keys.press("Alt+5");
  await onScreen(journey, "Runs");
  await keys.press("Alt+r");
  await onScreen(journey, "Receive a package");
  await answerDialogs(app.electron, { open: [path] });
  await keys.push("Choose…");
  await keys.push("Look into it");
  await expect(page.getByText("Compare it by another way than this file came")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Receive it/ })).toBeDisabled();
  await keys.tick(/^I compared this fingerprint/);
  await journey.picture(picture);
  await keys.push("Receive it");
  await expect(page.getByText(/were taken$/)).toBeVisible();
}

/** The lead's plan goes to the lab, sealed to the lab's card: its models, benchmarks and campaign are there afterwards. */
export async function assign({ lead, lab }: Workstations): Promise<void> {
  const card = await saveCard(lab, "handover");
  const path = lead.path("plan.handover.age");
  await sitDown(lead);
  await lead.keys.press("Alt+4");
  await onScreen(lead, "Campaigns");
  await lead.keys.openRow(/^Campaigns/, lead.words.campaign);
  await onScreen(lead, lead.words.campaign);
  await lead.keys.press("Alt+h");
  await expect(dialogOf(lead, `Hand over ${lead.words.campaign}`)).toBeVisible();
  await sealTo(lead, { card, path, picture: "handover-plan" });
  await receive(lab, path, "handover-receive-plan");
  await lab.keys.press("Alt+4");
  await onScreen(lab, "Campaigns");
  await expect(lab.page.getByRole("row").filter({ hasText: lab.words.campaign })).toBeVisible();
}

/** The lab's run comes back with its evidence; the lead's vault has it, attempt by attempt, under its author's name. */
export async function handBack({ lead, lab }: Workstations): Promise<void> {
  const card = await saveCard(lead, "handover-lead");
  const path = lab.path("runs.handover.age");
  await openHandover(lab);
  await lab.keys.press("Alt+n");
  await expect(dialogOf(lab, "Hand over runs")).toBeVisible();
  await lab.keys.reachRow("Runs to hand over", "Cybench");
  await lab.keys.press("Space");
  await expect(lab.page.getByText("1 chosen")).toBeVisible();
  await sealTo(lab, { card, path, picture: "handover-runs" });
  await receive(lead, path, "handover-receive-runs");
  await lead.picture("handover-received");
  await lead.keys.push("Show the runs");
  await onScreen(lead, "Runs");
  await lead.keys.openRow(/runs?$/, "Cybench");
  await onScreen(lead, /Cybench/);
  await expect(lead.page.getByText(/infrastructure fault/i).first()).toBeVisible();
}

/** The same package once more: nothing is new, nothing can be taken twice. */
export async function receiveAgain({ lead, lab }: Workstations): Promise<void> {
  const { app, keys, page } = lead;
  await keys.press("Alt+5");
  await onScreen(lead, "Runs");
  await keys.press("Alt+r");
  await onScreen(lead, "Receive a package");
  await answerDialogs(app.electron, { open: [lab.path("runs.handover.age")] });
  await keys.push("Choose…");
  await keys.push("Look into it");
  await expect(page.getByText("Everything in it is here already")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Receive it/ })).toBeDisabled();
  await keys.palette("Verify the vault");
  await expect(page.getByText("The vault is whole")).toBeVisible();
}
