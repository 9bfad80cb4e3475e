import { expect } from "@playwright/test";
import { answerDialogs } from "./journey-keyboard.ts";
import { writePack } from "./journey-files.ts";
import { dialogOf, onScreen, type Journey } from "./journey-steps.ts";

/** Benchmarks from the catalog and from a pack file. */
export async function addBenchmarks(journey: Journey): Promise<void> {
  const { app, keys, page, words } = journey;
  await keys.press("Alt+3");
  await onScreen(journey, "Benchmarks");
  await keys.press("Alt+n");
  const catalog = dialogOf(journey, "Add benchmarks from the catalog");
  await keys.tick(/^Cybench/);
  await keys.tick(/^(3CB|Catastrophic)/i);
  await journey.picture("benchmarks-catalog");
  await keys.push("Add 2");
  await expect(catalog).toHaveCount(0);
  await expect(page.getByRole("row").filter({ hasText: "Cybench" })).toBeVisible();
  await answerDialogs(app.electron, { open: [writePack(journey)] });
  await keys.push(/^Import a pack file/);
  await onScreen(journey, words.pack);
  await expect(page.getByRole("row").filter({ hasText: `${words.packTask} one` })).toBeVisible();
  await journey.picture("benchmark");
  await keys.press("Alt+3");
  await onScreen(journey, "Benchmarks");
  await journey.picture("benchmarks");
}

/** A model with a version and its safeguard variant. */
export async function addModel(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  await keys.press("Alt+2");
  await onScreen(journey, "Models");
  await keys.press("Alt+n");
  const dialog = dialogOf(journey, "Add a model");
  await expect(dialog.getByLabel("Developer")).toBeFocused();
  await keys.type(words.developer);
  await keys.write("Name", words.model);
  await keys.write("Checkpoint or weights digest", words.checkpoint);
  await keys.pick("Safeguards", "Reduced");
  await keys.write(/^Access/, words.access);
  await keys.write(/^Settings/, words.settings);
  await keys.write(/^Note/, words.modelNote);
  await journey.picture("model-add");
  await keys.push("Add the model");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("row").filter({ hasText: `· ${words.model}` })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: words.checkpoint })).toContainText("reduced");
  await journey.picture("models");
}

/** One model version × two benchmarks × two epochs, registered before the first result. */
export async function planCampaign(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  await keys.press("Alt+4");
  await onScreen(journey, "Campaigns");
  await keys.press("Alt+n");
  await expect(dialogOf(journey, "Plan a campaign")).toBeVisible();
  await keys.write("Name", words.campaign);
  await keys.write(/^Question/, words.question);
  await keys.write(/^Decision rule/, words.rule);
  await keys.tick(new RegExp(`^${words.model}`));
  await keys.tick(/^Cybench/);
  await keys.tick(new RegExp(`^${words.pack}`));
  await keys.write("Epochs", "2");
  await keys.write(/^Due/, "2030-12-04");
  await expect(page.getByText("Plans 86 attempts in 2 cells")).toBeVisible();
  await journey.picture("campaign-plan");
  await keys.push("Plan the campaign");
  await onScreen(journey, words.campaign);
  await keys.push(/^Register the plan/);
  const register = page.getByRole("alertdialog", { name: /^Register the plan/ });
  await expect(register).toBeVisible();
  await keys.push("Register the plan", register);
  await expect(page.getByText("before the first result").first()).toBeVisible();
  await expect(register).toHaveCount(0);
  await journey.picture("campaign");
}

/** Deadlines of a text and one of its own on the timeline; one of them is met. */
export async function keepDeadlines(journey: Journey): Promise<void> {
  const { keys, page } = journey;
  await keys.push(/^Timeline$/, page.getByRole("navigation"));
  await onScreen(journey, "Timeline");
  await keys.push("Add those of a text");
  await journey.picture("timeline-presets");
  await keys.push("Add them");
  const rows = page.getByRole("grid", { name: "7 deadlines" }).getByRole("row");
  await expect(rows.filter({ hasText: /\+ [36]0 days/ })).toHaveCount(7);
  await keys.press("Alt+n");
  await keys.write("Title", "Weights destroyed");
  await keys.push("Add the deadline");
  const table = page.getByRole("grid", { name: "8 deadlines" });
  await expect(table.getByRole("row", { name: /Weights destroyed/ })).toContainText("day unknown");
  await keys.openRow(/8 deadlines/, "Hiring pathways");
  await keys.write(/^Met on/, "2026-07-30");
  await keys.push("Write it down");
  await expect(table.getByRole("row", { name: /Hiring pathways/ })).toContainText("met on 2026-07-30");
  await journey.picture("timeline");
}
