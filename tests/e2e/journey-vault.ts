import { expect } from "@playwright/test";
import { answerDialogs } from "./journey-keyboard.ts";
import { onScreen, type Journey } from "./journey-steps.ts";

/** Makes a vault with a lead and an evaluator: name, outer label, marking, passphrases of their own. */
export async function createVault(journey: Journey): Promise<void> {
  const { app, keys, page, words } = journey;
  await onScreen(journey, "EvalVault");
  await journey.picture("unlock-first-time");
  await keys.push("Create a vault");
  await onScreen(journey, "Create a vault");
  const field = (label: string, place: number) => page.getByLabel(label, { exact: true }).nth(place);
  await keys.write("Name", words.vaultName);
  await keys.write("Outer label", words.outerLabel);
  await keys.select(/Marking/, /^SECRET/);
  await keys.write(/^After it/, "noforn");
  await expect(page.getByText("SECRET//NOFORN").first()).toBeVisible();
  await answerDialogs(app.electron, { save: journey.path("northgate.evault") });
  await keys.push("Choose…");
  await expect(page.getByLabel("File", { exact: true })).toHaveValue("northgate.evault");
  await keys.fill(field("Name", 1), words.lead);
  await keys.fill(field("Passphrase", 0), "summer");
  await expect(page.getByText(/easy to guess/i).first()).toBeVisible();
  await keys.fill(field("Passphrase", 0), words.leadPassphrase);
  await expect(page.getByText(/hard to guess/i).first()).toBeVisible();
  await keys.fill(field("Passphrase again", 0), words.leadPassphrase);
  await keys.tick("Add one now");
  await keys.fill(field("Name", 2), words.evaluator);
  await keys.fill(field("Passphrase", 1), words.evaluatorPassphrase);
  await keys.fill(field("Passphrase again", 1), words.evaluatorPassphrase);
  await journey.picture("create-vault");
  await keys.push("Create the vault");
  await onScreen(journey, "Overview");
  await expect(page.getByText("SECRET//NOFORN")).toHaveCount(2);
  await journey.picture("overview-new");
}

/** Ctrl+L: the page is reloaded, nothing of the vault is on it. */
export async function lock(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  await keys.press("Control+l");
  await onScreen(journey, words.outerLabel);
  const shown = await page.locator("body").innerText();
  for (const word of [words.vaultName, words.lead, words.campaign]) expect(shown).not.toContain(word);
}

/** Who unlocks, by the label on the lock screen. */
export type Member = "Lead A" | "Evaluator B";

async function tryPassphrase({ keys, page }: Journey, member: string, passphrase: string): Promise<void> {
  const closed = page.getByRole("button", { name: /Member/ });
  if (!(await closed.innerText()).includes(member)) await keys.select(/Member/, member);
  await keys.write("Passphrase", passphrase);
  await keys.press("Enter");
}

/** Unlocks as whoever has this label on the lock screen. */
export async function unlockAs(journey: Journey, label: string, passphrase: string): Promise<void> {
  await tryPassphrase(journey, label, passphrase);
  await onScreen(journey, "Overview");
}

/** Unlocks as one of the two. */
export async function unlock(journey: Journey, member: Member): Promise<void> {
  const { leadPassphrase, evaluatorPassphrase } = journey.words;
  await unlockAs(journey, member, member === "Lead A" ? leadPassphrase : evaluatorPassphrase);
}

/** A wrong passphrase and another member's: refused in the same words. */
export async function failToUnlock(journey: Journey): Promise<void> {
  const { page, words } = journey;
  const refusals: string[] = [];
  for (const passphrase of [words.wrongPassphrase, words.evaluatorPassphrase]) {
    await tryPassphrase(journey, "Lead A", passphrase);
    const alert = page.getByRole("alert");
    await expect(alert).toBeVisible();
    await expect(page.getByLabel("Passphrase", { exact: true })).toHaveValue("");
    refusals.push(await alert.innerText());
    await expect(page.getByLabel("Passphrase", { exact: true })).toBeFocused();
  }
  expect(refusals[0]).toMatch(/\w/);
  expect(refusals[1]).toBe(refusals[0]);
  await journey.picture("unlock-refused");
}
