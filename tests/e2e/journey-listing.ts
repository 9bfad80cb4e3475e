import { expect } from "@playwright/test";
import { dialogOf, onScreen, type Journey } from "./journey-steps.ts";

/** All attempts in one list: filtered by the note of one, grouped by state, the view kept and come back to. */
export async function listAttempts(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  await keys.push(/^Attempts$/, page.getByRole("navigation"));
  await onScreen(journey, "Attempts");
  const rows = page.getByRole("grid", { name: /attempts?$/ }).getByRole("row");
  await expect(rows.nth(5)).toBeVisible();
  await journey.picture("attempts");
  await keys.push(/^Filter$/);
  await keys.select(/^Column/, "Note");
  await keys.write("Words", words.attemptNote.slice(0, 12));
  await journey.picture("attempts-filter");
  await keys.press("Enter");
  await expect(rows.filter({ hasText: "solved" })).toHaveCount(1);
  await expect(page.getByText("1 attempt", { exact: true })).toBeVisible();
  await keys.select(/Grouped/, "By state");
  await expect(rows.filter({ hasText: /solved\s*1$/ })).toHaveCount(1);
  await keys.menu(/^Views/, "Save this view…");
  await keys.write("Name", "Noted");
  await journey.picture("attempts-save-view");
  await keys.push("Save view");
  await expect(dialogOf(journey, "Save this view")).toHaveCount(0);
  await keys.menu(/^View Noted/, "Everything");
  await expect(rows.nth(5)).toBeVisible();
  await keys.menu(/^Views/, "Noted");
  await expect(rows.filter({ hasText: /solved\s*1$/ })).toHaveCount(1);
  await keys.openRow(/attempts?$/, words.attemptNote.slice(0, 12));
  await expect(page.getByText(words.attemptNote).first()).toBeVisible();
}

/** A word of a model's answer is found in the transcripts, and leads to its item. */
export async function searchTranscripts(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  await keys.press("Control+Shift+F");
  await onScreen(journey, "Search transcripts");
  await keys.write("Text", words.transcript);
  await keys.press("Enter");
  const hits = page.getByRole("listbox", { name: /^Hits, [1-9]/ });
  await expect(hits).toBeVisible();
  await journey.picture("search");
  await keys.reach(hits);
  await keys.press("Home", "ArrowDown", "Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Search transcripts" })).toHaveCount(0);
  await expect(page.getByText(words.transcript).first()).toBeVisible();
}
