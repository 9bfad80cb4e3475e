import { expect } from "@playwright/test";
import { onScreen, type Journey } from "./journey-steps.ts";

/** The journal tells what was done, who did it, and each entry as it is stored. */
export async function readJournal(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  await keys.press("Alt+9");
  await onScreen(journey, "Journal");
  await keys.reachRow(/^Journal entries/, /sealed/i);
  await keys.press("Enter");
  await expect(page.getByLabel("The event as stored")).toContainText("{");
  await journey.picture("journal-entry");
  await keys.pick("View", "Checkpoints");
  await expect(page.getByRole("grid", { name: /^Checkpoints/ })).toContainText(words.lead);
  await journey.picture("journal-checkpoints");
}

/** Everything in the vault is what was signed. */
export async function verifyVault(journey: Journey): Promise<void> {
  const { keys, page } = journey;
  await keys.palette("Verify the vault");
  await onScreen(journey, "Journal");
  await expect(page.getByText("The vault is whole")).toBeVisible();
  await expect(page.getByText("Every entry was opened")).toBeVisible();
  await journey.picture("journal-verify");
}

/** Who is in the vault, and how the app is set. */
export async function lookAround(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  await keys.palette("Members");
  await onScreen(journey, "Members");
  for (const name of [words.lead, words.evaluator]) await expect(page.getByText(name).first()).toBeVisible();
  await journey.picture("members");
  await keys.press("Control+,");
  await onScreen(journey, "Settings");
  await journey.picture("settings");
  await keys.press("Control+/");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await journey.picture("shortcuts");
  await keys.press("Escape");
  await keys.press("Control+k");
  await expect(page.getByPlaceholder("Find or do anything")).toBeFocused();
  await journey.picture("palette");
  await keys.press("Escape");
  await keys.press("Alt+1");
  await onScreen(journey, "Overview");
  await journey.picture("overview");
}
