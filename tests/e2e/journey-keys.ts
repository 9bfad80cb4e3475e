import { copyFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { answerDialogs } from "./journey-keyboard.ts";
import { dialogOf, onScreen, type Journey } from "./journey-steps.ts";
import { openMembers, teamMembers } from "./journey-team.ts";
import { lock, unlock, unlockAs } from "./journey-vault.ts";
import { giveToApp } from "./launch.ts";

/** Ways into the vault beside the passphrase, and what shows that a file was put back. */

const recovered = { name: "Nora Reyes", label: "Lead F", passphrase: "twelve grey herons over the weir" };
const backupPassphrase = "an umbrella stand in the old tower";
const nextPassphrase = "three maps folded into a brown coat";

/** Three shares, of which any two let in a new lead. */
export async function makeShares(journey: Journey): Promise<void> {
  const { app, keys, page } = journey;
  await lock(journey);
  await unlock(journey, "Lead A");
  await openMembers(journey, "Recovery");
  await expect(page.getByText("Nobody could recover this vault")).toBeVisible();
  await keys.push("Make shares");
  const dialog = dialogOf(journey, "Make recovery shares");
  await expect(dialog).toBeVisible();
  await keys.write("Share 1 is kept by", "Custodian Office East");
  await journey.picture("recovery-make");
  await answerDialogs(app.electron, { save: journey.path("shares") });
  await keys.push("Choose a folder and make them");
  await expect(dialogOf(journey, "The shares are made")).toBeVisible();
  await expect(page.getByText("share-3-of-3.html")).toBeVisible();
  await journey.picture("recovery-made");
  await keys.push("Done");
  await expect(page.getByText("any 2 of 3 shares")).toBeVisible();
  await journey.picture("members-recovery");
}

/** One share opens nothing and says how many are missing; two let in a new lead, who unlocks with their own passphrase. */
export async function recover(journey: Journey): Promise<void> {
  const { app, keys, page } = journey;
  await lock(journey);
  await keys.push(/^Lost access/);
  await onScreen(journey, "Recover access");
  const bring = async (number: number): Promise<void> => {
    await answerDialogs(app.electron, { open: [journey.path(`shares/share-${String(number)}-of-3.txt`)] });
    await keys.push("Choose…");
  };
  await bring(1);
  await expect(page.getByText(/1 more whole share/)).toBeVisible();
  await journey.picture("recover-one-share");
  await bring(3);
  await expect(page.getByText(/^Enough shares/)).toBeVisible();
  await keys.write("Name", recovered.name);
  await keys.write("Label on the lock screen", recovered.label);
  await keys.write("Passphrase", recovered.passphrase);
  await keys.write("Passphrase again", recovered.passphrase);
  await keys.write("Reason", "Nobody else could come in today");
  await journey.picture("recover");
  await keys.push("Let in the new lead");
  await expect(page.getByText(`${recovered.label} was let in as a lead`)).toBeVisible();
  await journey.picture("recovered");
  await keys.write("Passphrase", recovered.passphrase);
  await keys.press("Enter");
  await onScreen(journey, "Overview");
  await openMembers(journey, "People");
  await expect(page.getByRole("row").filter({ hasText: recovered.name })).toContainText("you");
  await keys.press("Alt+9");
  await onScreen(journey, "Journal");
  await keys.reachRow(/^Journal entries/, `${recovered.name} joined as lead: Nobody else could come in today`);
}

/** One's own keys in a file: it opens the vault in place of the passphrase, and a new passphrase is set with it. */
export async function useKeyBackup(journey: Journey): Promise<void> {
  const { app, keys, page, words } = journey;
  await lock(journey);
  await unlock(journey, "Evaluator B");
  await openMembers(journey, "Your keys");
  await keys.write("Passphrase of the backup", backupPassphrase);
  await answerDialogs(app.electron, { save: journey.path("evan.evbackup") });
  await journey.picture("members-keys");
  await keys.push("Save a backup…");
  await expect(page.getByText(/evan\.evbackup was saved/)).toBeVisible();
  await lock(journey);
  await keys.push("Open with a key backup");
  await onScreen(journey, "Open with a key backup");
  await answerDialogs(app.electron, { open: [journey.path("evan.evbackup")] });
  await keys.push("Choose…");
  await keys.write("Passphrase of the backup", words.evaluatorPassphrase);
  await keys.press("Enter");
  await expect(page.getByRole("alert")).toBeVisible();
  await keys.write("Passphrase of the backup", backupPassphrase);
  await journey.picture("unlock-backup");
  await keys.press("Enter");
  await onScreen(journey, "Members");
  await expect(page.getByText("You came in with a key backup")).toBeVisible();
  await keys.write("New passphrase", nextPassphrase);
  await journey.picture("members-keys-backup");
  await keys.push("Change");
  await expect(page.getByText("Your passphrase was changed.")).toBeVisible();
}

/** A key file as a second factor: made, needed, and refused without. */
export async function useKeyFile(journey: Journey): Promise<void> {
  const { app, keys, page } = journey;
  await lock(journey);
  await unlockAs(journey, "Evaluator B", nextPassphrase);
  await openMembers(journey, "Your keys");
  await keys.write("Passphrase now", nextPassphrase);
  await keys.write("New passphrase", nextPassphrase);
  await keys.pick("You will get in with", "Passphrase and key file");
  await answerDialogs(app.electron, { save: journey.path("evan.key") });
  await keys.push("Make a new one…");
  await expect(page.getByText(/evan\.key was made/)).toBeVisible();
  await journey.picture("members-key-file");
  await keys.push("Change");
  await expect(page.getByText("Your passphrase was changed.")).toBeVisible();
  await lock(journey);
  await keys.select(/Member/, "Evaluator B");
  await keys.write("Passphrase", nextPassphrase);
  await keys.press("Enter");
  await expect(page.getByRole("alert")).toBeVisible();
  await answerDialogs(app.electron, { open: [journey.path("evan.key")] });
  await keys.push("Choose…");
  await journey.picture("unlock-key-file");
  await unlockAs(journey, "Evaluator B", nextPassphrase);
}

/** The lead's checkpoint is cosigned by somebody else who is here, kept elsewhere, and compared: it agrees. */
export async function cosign(journey: Journey): Promise<void> {
  const { app, keys, page } = journey;
  const { secondLead } = teamMembers;
  await lock(journey);
  await unlock(journey, "Lead A");
  await keys.press("Alt+9");
  await onScreen(journey, "Journal");
  await keys.pick("View", "Checkpoints");
  await keys.push("Cosign");
  const dialog = dialogOf(journey, "Cosign a checkpoint");
  await expect(dialog).toBeVisible();
  await keys.pick("Who cosigns", /^Somebody here/);
  await keys.select(/Second person/, secondLead.name);
  await keys.write("Their passphrase", secondLead.passphrase);
  await journey.picture("journal-cosign");
  await keys.push("Cosign", dialog);
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(/was cosigned/)).toBeVisible();
  await answerDialogs(app.electron, { save: journey.path("kept.note") });
  await keys.push("Keep one elsewhere");
  await expect(page.getByText(/kept\.note: .* 2 signatures/)).toBeVisible();
  await journey.picture("journal-cosigned");
  await compareKept(journey, "agrees");
  await expect(page.getByRole("row").filter({ hasText: "Cosigner" })).toContainText("agrees");
  await journey.picture("journal-anchors");
}

async function compareKept(journey: Journey, verdict: string): Promise<void> {
  const { app, keys, page } = journey;
  await keys.pick("View", "Anchors");
  await answerDialogs(app.electron, { open: [journey.path("kept.note")] });
  await keys.push("Compare a kept checkpoint");
  await expect(page.getByText(new RegExp(`kept\\.note, .*: ${verdict}`))).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "kept.note" }).first()).toContainText(verdict);
}

/** Keeps a copy of the file as it is now, to be put back later. The vault is locked. */
export async function copyVault(journey: Journey): Promise<void> {
  await lock(journey);
  copyFileSync(journey.path("northgate.evault"), journey.path("older.copy"));
  await unlock(journey, "Lead A");
}

/** The older copy is put back: it opens for reading only, and names what objects. Putting the newer one back mends it. */
export async function openOlderCopy(journey: Journey): Promise<void> {
  const { keys, page } = journey;
  const vault = journey.path("northgate.evault");
  await lock(journey);
  copyFileSync(vault, journey.path("newer.copy"));
  copyFileSync(journey.path("older.copy"), vault);
  giveToApp(vault);
  await page.reload();
  await onScreen(journey, journey.words.outerLabel);
  await expect(page.getByText("This file is older than one seen here before")).toBeVisible();
  await journey.picture("unlock-older-copy");
  await unlock(journey, "Lead A");
  await keys.press("Control+,");
  await onScreen(journey, "Settings");
  await expect(page.getByText("Open for reading only")).toBeVisible();
  await expect(page.getByText(/This workstation saw \d+ entries at .*; this file has \d+\./).first()).toBeVisible();
  await journey.picture("settings-read-only");
  await openMembers(journey, "People");
  await expect(page.getByRole("button", { name: /^Add a member/ })).toBeDisabled();
  await keys.press("Alt+9");
  await onScreen(journey, "Journal");
  await keys.pick("View", "Anchors");
  await expect(page.getByText(/say that this is not the newest/)).toBeVisible();
  for (const anchor of ["This workstation", "Kept checkpoint"]) {
    await expect(page.getByRole("row").filter({ hasText: anchor })).toContainText("saw more than this");
  }
  await journey.picture("journal-anchors-older");
  await lock(journey);
  copyFileSync(journey.path("newer.copy"), vault);
  giveToApp(vault);
  await page.reload();
  await onScreen(journey, journey.words.outerLabel);
  await unlock(journey, "Lead A");
  await keys.palette("Verify the vault");
  await expect(page.getByText("The vault is whole")).toBeVisible();
}
