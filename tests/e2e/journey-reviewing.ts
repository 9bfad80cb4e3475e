import { expect } from "@playwright/test";
import { writeLogs } from "./journey-files.ts";
import { answerDialogs } from "./journey-keyboard.ts";
import { dialogOf, onScreen, type Journey } from "./journey-steps.ts";
import { teamMembers } from "./journey-team.ts";
import { lock, unlock, unlockAs } from "./journey-vault.ts";

export const roundName = "Double check";
const sampled = 2;
const correction = "0.5";

/** Takes in one log of five tasks in two epochs. */
export async function importOneLog(journey: Journey): Promise<void> {
  const { app, keys, page } = journey;
  await keys.press("Control+i");
  await onScreen(journey, /^Import/);
  const [, log = ""] = writeLogs(journey);
  await answerDialogs(app.electron, { open: [log] });
  await keys.press("Alt+c");
  await expect(page.getByText("zstd.eval").first()).toBeVisible();
  await keys.press("Control+Enter");
  await expect(page.getByRole("button", { name: "Runs 1", exact: true })).toBeVisible({ timeout: 60_000 });
}

async function openReview(journey: Journey): Promise<void> {
  await journey.keys.press("Alt+0");
  await onScreen(journey, "Review");
}

/** The lead opens a blind round: two attempts of the run, each by the lead and the evaluator. */
export async function openRound(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  await openReview(journey);
  await expect(page.getByText("There is nothing to review")).toBeVisible();
  await journey.picture("reviews-empty");
  await keys.press("Alt+n");
  const dialog = dialogOf(journey, "Open a round of reviews");
  await expect(dialog).toBeVisible();
  await keys.write("Name", roundName);
  await keys.pick("Attempts of", "A run");
  await keys.search("Run", "zstandard");
  await keys.pick("How many", "A random sample");
  await keys.write("Sample", String(sampled));
  await keys.pick("Reviewers", "These people");
  await keys.tick(new RegExp(`^${words.lead}`));
  await keys.tick(new RegExp(`^${words.evaluator}`));
  const each = dialog.getByRole("list", { name: "How many each judges" });
  await expect(each.getByRole("listitem").filter({ hasText: words.evaluator })).toContainText(String(sampled));
  await journey.picture("round-open");
  await keys.push("Open the round");
  await onScreen(journey, roundName);
  await expect(page.getByText("hidden from those who judge in it").first()).toBeVisible();
  await journey.picture("round");
}

/** Of the attempt no word on the page says which model or run it is. */
async function seeNothingTelling({ page }: Journey): Promise<void> {
  await expect(page.getByText("blind", { exact: true }).first()).toBeVisible();
  const shown = await page.locator("main").innerText();
  expect(shown).not.toMatch(/R-0\d{3}/);
  expect(await page.title()).not.toMatch(/R-0\d{3}/);
}

async function openNext(journey: Journey): Promise<void> {
  await openReview(journey);
  await journey.keys.press("Alt+j");
  await expect(journey.page.getByRole("region", { name: "Your judgement", exact: true })).toBeVisible();
  await expect(journey.page.locator(".transcript .loading")).toHaveCount(0);
}

/** The lead lets both scores stand, by keys alone; takes the last back and gives it again. */
export async function judgeAsLead(journey: Journey): Promise<void> {
  const { keys, page } = journey;
  await openNext(journey);
  await seeNothingTelling(journey);
  await keys.press("Control+Enter");
  await expect(page.getByText("Say whether the score stands.")).toBeVisible();
  await journey.picture("review-item");
  await keys.press("s", "Shift+Digit4", "Control+Enter");
  await expect(page.getByText("1 of 2 judged")).toBeVisible();
  await keys.press("s", "Shift+Digit5", "Control+Enter");
  await expect(page.getByText("2 of 2 judged")).toBeVisible();
  await expect(page.getByText("It waits for the other reviewer")).toBeVisible();
  await keys.press("Control+z");
  await expect(page.getByText("1 of 2 judged")).toBeVisible();
  await expect(page.getByRole("radio", { name: "Stands" })).toBeChecked();
  await keys.press("Control+Enter");
  await expect(page.getByText("It waits for the other reviewer")).toBeVisible();
  await openReview(journey);
  await expect(page.getByText("All of yours is judged")).toBeVisible();
}

/** The evaluator agrees on one and corrects the other: that one goes to a third person. */
export async function judgeAsEvaluator(journey: Journey): Promise<void> {
  const { keys, page } = journey;
  await lock(journey);
  await unlock(journey, "Evaluator B");
  await openNext(journey);
  await seeNothingTelling(journey);
  await keys.press("s", "Shift+Digit3", "Control+Enter");
  await expect(page.getByText("1 of 2 judged")).toBeVisible();
  await keys.press("6", "r");
  await expect(page.getByLabel(/^Reason/)).toBeFocused();
  await keys.type("The flag was given with a full stop");
  await keys.press("Escape", "Shift+Digit4", "c");
  await expect(page.getByLabel("Corrected score")).toBeFocused();
  await keys.type(correction);
  await keys.press("Control+Enter");
  await expect(page.getByText("It goes to a third person").first()).toBeVisible();
  await expect(page.getByText("They differ on the score, Scorer error.")).toBeVisible();
  await journey.picture("review-differs");
}

/** A third person sees both judgements without names, starts from one and decides. */
export async function adjudicate(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  const { label, passphrase } = teamMembers.secondLead;
  await lock(journey);
  await unlockAs(journey, label, passphrase);
  await openReview(journey);
  await keys.pick("View", /^Adjudication \(1\)/);
  await keys.openRow(/items$/, "zstandard");
  const panel = page.getByRole("region", { name: "Your decision", exact: true });
  await expect(panel.getByRole("article")).toHaveCount(2);
  const shown = await panel.innerText();
  for (const name of [words.lead, words.evaluator]) expect(shown).not.toContain(name);
  const corrected = panel.getByRole("article").filter({ hasText: `corrected to ${correction}` });
  const letter = (await corrected.getAttribute("aria-label"))?.endsWith("A") === true ? "a" : "b";
  await keys.press(letter);
  await keys.write(/^Reason/, "The full stop is no part of the flag");
  await keys.press("Escape", "Shift+Digit5");
  await journey.picture("review-adjudicate");
  await keys.press("Control+Enter");
  await expect(page.getByText(/^Decided: /).first()).toBeVisible();
}

/** The lead freezes the round: names, models and agreement are shown, and nothing can be judged any more. */
export async function freezeRound(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  await lock(journey);
  await unlock(journey, "Lead A");
  await openReview(journey);
  await keys.pick("View", /^Rounds/);
  await keys.openRow(/round$/, roundName);
  await onScreen(journey, roundName);
  await keys.push(/^Freeze/);
  await expect(page.getByRole("alertdialog", { name: `Freeze ${roundName}` })).toContainText(
    "All 2 items are decided.",
  );
  await journey.picture("round-freeze");
  await keys.push("Freeze the round");
  await expect(page.getByText("frozen", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Agreement of reviewers", exact: true })).toContainText(
    "2 items judged by two",
  );
  await expect(page.getByRole("region", { name: "Reviewers", exact: true })).toContainText(words.evaluator);
  await journey.picture("round-frozen");
}

/** From the frozen round to the attempt: the scorer's value and the corrected one, with who and why. */
export async function seeCorrection(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  await keys.openRow(/items of/, "Scorer error");
  await expect(page.getByRole("region", { name: "Judgements", exact: true })).toContainText(words.evaluator);
  await journey.picture("review-frozen");
  await keys.push(/^R-0/);
  const reviews = page.getByRole("region", { name: "Reviews", exact: true });
  await expect(reviews).toContainText(`corrected to ${correction}`);
  await expect(reviews).toContainText("The scorer said");
  await expect(reviews).toContainText(teamMembers.secondLead.name);
  await journey.picture("attempt-reviewed");
}

/** An attempt is invalidated with a kind and a reason, and counts again by the undo. */
export async function invalidateAndReinstate(journey: Journey): Promise<void> {
  const { keys, page } = journey;
  await keys.push(/^Invalidate/);
  await keys.select(/Kind/, "Contamination");
  await keys.write("Reason", "The flag is in the prompt");
  await journey.picture("attempt-invalidate");
  await keys.press("Control+Enter");
  await expect(page.getByText("Invalidated: contamination")).toBeVisible();
  await keys.push(/^Reinstate/);
  await keys.write("Reason", "It was another file");
  await keys.press("Control+Enter");
  await expect(page.getByText("Invalidated: contamination")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Invalidate/ })).toBeEnabled();
}
