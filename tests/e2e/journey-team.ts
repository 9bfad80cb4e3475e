import { expect } from "@playwright/test";
import { dialogOf, onScreen, type Journey } from "./journey-steps.ts";
import { lock, unlock, unlockAs } from "./journey-vault.ts";

/** Who joins the lead and the evaluator of the main job. */
export const teamMembers = {
  secondLead: { name: "Lou Tran", label: "Lead C", role: "Lead", passphrase: "nine brass kettles on a cold stove" },
  leavingLead: { name: "Mara Quill", label: "Lead D", role: "Lead", passphrase: "a slow ferry past the salt works" },
  custodian: {
    name: "Cleo Park",
    label: "Custodian E",
    role: "Custodian",
    passphrase: "the keys hang behind the green door",
  },
} as const;
type NewMember = (typeof teamMembers)[keyof typeof teamMembers];

export const compartmentName = "Apart";
export const apartCampaign = "Winter evaluation";

type MembersView = "People" | "Compartments" | "Recovery" | "Two persons" | "Your keys";

/** The Members screen with one of its views. */
export async function openMembers(journey: Journey, view: MembersView): Promise<void> {
  await journey.keys.palette("Members");
  await onScreen(journey, "Members");
  await journey.keys.pick("View", view === "Two persons" ? /^Two persons/ : view);
}

async function addMember(journey: Journey, member: NewMember): Promise<void> {
  const { keys, page } = journey;
  const { name, label, role, passphrase } = member;
  await openMembers(journey, "People");
  await keys.press("Alt+n");
  const dialog = dialogOf(journey, "Add a member");
  await expect(dialog).toBeVisible();
  await keys.select(/Role/, new RegExp(`^${role}`));
  await keys.write("Name", name);
  await keys.write("Label on the lock screen", label);
  await keys.write("Passphrase", passphrase);
  await keys.write("Passphrase again", passphrase);
  if (role === "Custodian") await journey.picture("members-add");
  await keys.push("Add the member");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("row").filter({ hasText: name })).toBeVisible();
}

/** Two more leads and a custodian: each types their own passphrase. */
export async function addMembers(journey: Journey): Promise<void> {
  for (const member of Object.values(teamMembers)) await addMember(journey, member);
  await expect(journey.page.getByText("5 can open this vault")).toBeVisible();
  await journey.keys.openRow(/^Members/, teamMembers.secondLead.name);
  await expect(journey.page.getByText("Key fingerprint")).toBeVisible();
  await journey.picture("members-people");
}

/** From now on what weighs much takes two. */
export async function askForTwoPersons(journey: Journey): Promise<void> {
  const { keys, page } = journey;
  await keys.press("Control+,");
  await onScreen(journey, "Settings");
  await keys.pick("How many people they take", /^Two persons/);
  await keys.push("Set it");
  await expect(page.getByText("It takes two from now on.")).toBeVisible();
}

/** The marking is lowered at once: the second lead is present and types their passphrase. A lead alone cannot. */
export async function lowerMarkingTogether(journey: Journey): Promise<void> {
  const { keys, page } = journey;
  const { name, passphrase } = teamMembers.secondLead;
  await keys.select(/Marking/, /^CONFIDENTIAL/);
  await keys.write("Why it is lowered", "Declassified by order 7");
  await keys.push("Lower the marking");
  const dialog = dialogOf(journey, "This takes two persons");
  await expect(dialog).toBeVisible();
  await expect(page.getByText("SECRET//NOFORN").first()).toBeVisible();
  await keys.select(/Second person/, name);
  await keys.write("Their passphrase", "not the passphrase of anybody");
  await keys.push("Confirm together");
  await expect(dialog.getByRole("alert")).toBeVisible();
  await keys.write("Their passphrase", passphrase);
  await journey.picture("two-persons-present");
  await keys.push("Confirm together");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("CONFIDENTIAL//NOFORN").first()).toBeVisible();
}

/** One lead proposes to remove another; nothing happens until a third person confirms it. */
export async function proposeRemoval(journey: Journey): Promise<void> {
  const { keys, page } = journey;
  const { name } = teamMembers.leavingLead;
  await openMembers(journey, "People");
  await keys.openRow(/^Members/, name);
  await keys.push("Remove from the vault");
  await expect(dialogOf(journey, `Remove ${name}`)).toBeVisible();
  await keys.write("Reason", "Left the team");
  await journey.picture("member-remove");
  await keys.push(/^Remove$/);
  await expect(dialogOf(journey, "This takes two persons")).toBeVisible();
  await keys.pick("The second person confirms", /^Later/);
  await journey.picture("two-persons-later");
  await keys.push("Propose it");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("row").filter({ hasText: name })).not.toContainText("removed");
}

/** The other lead unlocks as themselves and confirms: only then it happens. */
export async function confirmRemoval(journey: Journey): Promise<void> {
  const { keys, page } = journey;
  const { secondLead, leavingLead } = teamMembers;
  await lock(journey);
  await unlockAs(journey, secondLead.label, secondLead.passphrase);
  await openMembers(journey, "Two persons");
  await expect(page.getByRole("radio", { name: "Two persons (1)" })).toBeVisible();
  await expect(page.getByText(`Proposed by ${journey.words.lead}`).first()).toBeVisible();
  await journey.picture("members-acts");
  await keys.push("Confirm");
  await expect(page.getByText(/confirmed by/).first()).toBeVisible();
  await openMembers(journey, "People");
  await expect(page.getByRole("row").filter({ hasText: leavingLead.name })).toContainText("removed");
  await lock(journey);
  await keys.reach(page.getByRole("button", { name: /Member/ }));
  await keys.press("Enter");
  await expect(page.getByRole("option", { name: secondLead.label })).toBeVisible();
  await expect(page.getByRole("option", { name: leavingLead.label })).toHaveCount(0);
  await keys.press("Escape");
  await unlock(journey, "Lead A");
}

/** A compartment for the two leads; the evaluator does not read it. */
export async function addCompartment(journey: Journey): Promise<void> {
  const { keys, page } = journey;
  await openMembers(journey, "Compartments");
  await expect(page.getByText("Nothing is kept apart")).toBeVisible();
  await keys.push("Add a compartment");
  const dialog = dialogOf(journey, "Add a compartment");
  await keys.write("Name", compartmentName);
  await keys.tick(new RegExp(`^${teamMembers.secondLead.name}`));
  await journey.picture("compartment-add");
  await keys.push("Add it");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("heading", { name: compartmentName })).toBeVisible();
  await journey.picture("members-compartments");
}

/** A campaign whose plan, runs and reports are for the readers of the compartment alone. */
export async function planApart(journey: Journey): Promise<void> {
  const { keys, words } = journey;
  await keys.press("Alt+4");
  await onScreen(journey, "Campaigns");
  await keys.press("Alt+n");
  await expect(dialogOf(journey, "Plan a campaign")).toBeVisible();
  await keys.write("Name", apartCampaign);
  await keys.tick(new RegExp(`^${words.model}`));
  await keys.tick(/^Cybench/);
  await keys.select(/Compartment|Kept in|Where/, new RegExp(compartmentName));
  await journey.picture("campaign-plan-apart");
  await keys.push("Plan the campaign");
  await onScreen(journey, apartCampaign);
}

/** The evaluator sees that something is there, and nothing of what it is. */
export async function seeSealed(journey: Journey): Promise<void> {
  const { keys, page } = journey;
  await lock(journey);
  await unlock(journey, "Evaluator B");
  await keys.press("Alt+4");
  await onScreen(journey, "Campaigns");
  await expect(page.getByText(apartCampaign)).toHaveCount(0);
  await keys.press("Alt+9");
  await onScreen(journey, "Journal");
  await keys.reachRow(/^Journal entries/, "sealed");
  await keys.press("Enter");
  await expect(page.getByText("Sealed to you").first()).toBeVisible();
  await expect(page.getByLabel("The event as stored")).toHaveCount(0);
  await journey.picture("journal-sealed");
  await openMembers(journey, "Compartments");
  await expect(page.getByText("sealed to you", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Add a compartment" })).toHaveCount(0);
  await journey.picture("members-compartments-evaluator");
  await keys.palette("Verify the vault");
  await expect(page.getByText("The vault is whole")).toBeVisible();
  await journey.picture("journal-verify-sealed");
}
