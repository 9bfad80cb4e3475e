import { readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";
import { writeFlags, writeForApp } from "./journey-files.ts";
import { answerDialogs } from "./journey-keyboard.ts";
import { dialogOf, onScreen, type Journey } from "./journey-steps.ts";

/** Logging by hand, in depth: flags that are checked, the clock, files that are dropped, a hundred attempts in one go. */

/** Waits for what the grid says of the last change. */
export async function said({ page }: Journey, words: string | RegExp): Promise<void> {
  await expect(page.locator(".run-saying")).toHaveText(words);
}

/** The run's line of states. */
export function everyAttempt({ page }: Journey): Locator {
  return page.getByRole("region", { name: "Every planned attempt" });
}

interface RunToStart {
  readonly benchmark: string;
  readonly campaign?: string;
  readonly epochs: number;
  /** How many attempts that plans. */
  readonly plans: number;
}

/** Fills in the dialog that starts a run by hand. */
export async function describeRun(journey: Journey, { benchmark, campaign, epochs, plans }: RunToStart): Promise<void> {
  const { keys, page, words } = journey;
  await keys.press("Alt+5");
  await onScreen(journey, "Runs");
  await keys.press("Alt+n");
  await keys.search("Model version", words.model);
  await keys.search("Benchmark", benchmark);
  if (campaign !== undefined) await keys.select(/Campaign/, campaign);
  await keys.write("Epochs", String(epochs));
  await keys.press("Tab");
  await expect(page.getByText(`plans ${String(plans)} attempts`)).toBeVisible();
}

/** The lead loads flags for Cybench: from now on what is typed can be checked. */
export async function loadFlags(journey: Journey): Promise<void> {
  const { app, keys, page } = journey;
  await keys.press("Alt+3");
  await onScreen(journey, "Benchmarks");
  await keys.openRow("Benchmarks", "Cybench");
  await onScreen(journey, "Cybench");
  await answerDialogs(app.electron, { open: [writeFlags(journey)] });
  await keys.push("Load flags…");
  await expect(page.getByText("The flags themselves are not in the vault.")).toBeVisible();
  await journey.picture("benchmark-flags");
}

/** Back to the grid of the run of Cybench, as one comes from elsewhere: its editor is closed. */
async function toRun(journey: Journey): Promise<Locator> {
  const { keys, page } = journey;
  await keys.press("Alt+5");
  await onScreen(journey, "Runs");
  await keys.openRow(/^\d+ runs?$/, /Cybench/);
  await onScreen(journey, /Cybench/);
  const grid = page.getByRole("grid");
  await keys.reach(grid);
  await keys.press("Control+Home");
  return grid;
}

/** Whether a text stands anywhere in the page: in words, in attributes, in what fields hold. */
function isOnPage(page: Page, text: string): Promise<boolean> {
  return page.evaluate((sought) => {
    const fields = [...document.querySelectorAll("input, textarea")];
    const held = fields.some((field) => "value" in field && String(field.value).includes(sought));
    return held || document.documentElement.outerHTML.includes(sought) || document.title.includes(sought);
  }, text);
}

/** A wrong flag logs nothing, the right one logs the attempt as solved, and neither is left on the screen. */
export async function checkFlags(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  const grid = await toRun(journey);
  const flag = page.getByLabel("Flag", { exact: true });
  await keys.press("j", "g");
  await expect(flag).toBeFocused();
  await keys.type(words.wrongFlag);
  await keys.press("Enter");
  await expect(page.getByText("It is not the flag of this task.")).toBeVisible();
  await expect(everyAttempt(journey)).toContainText("70 not run");
  await journey.picture("run-flag-wrong");
  await keys.press("Control+a");
  await keys.type(words.flag);
  expect(await isOnPage(page, words.flag)).toBe(true);
  await keys.press("Enter");
  await said(journey, /: solved$/);
  await expect(flag).toHaveValue("");
  for (const words_ of ["3 solved", "69 not run"]) await expect(everyAttempt(journey)).toContainText(words_);
  await journey.picture("run-flag-right");
  expect(await isOnPage(page, words.flag)).toBe(false);
  await keys.press("Escape");
  await expect(grid).toBeFocused();
  await keys.press("ArrowDown", "g");
  await expect(flag).toBeFocused();
  await keys.type(words.wrongFlag);
  await keys.press("Enter");
  await expect(page.getByText("It is not the flag of this task.")).toBeVisible();
  // What was typed stays to be mended, until one goes on.
  await keys.press("Escape", "ArrowUp");
  await expect.poll(() => isOnPage(page, words.wrongFlag)).toBe(false);
  await expect(everyAttempt(journey)).toContainText("3 solved");
}

/** T starts a clock that goes on while others are looked at, and T stops it: its minutes are the attempt's. */
export async function turnClock(journey: Journey): Promise<void> {
  const { keys, page } = journey;
  await toRun(journey);
  await keys.press("ArrowDown", "ArrowDown", "d");
  const minutes = page.getByLabel("Minutes", { exact: true });
  await expect(minutes).toBeFocused();
  await expect(minutes).toHaveValue("");
  await keys.press("Escape", "t");
  await said(journey, /: the clock runs$/);
  await keys.press("ArrowDown");
  await expect(page.getByRole("button", { name: "Start the clock" })).toBeVisible();
  await keys.press("ArrowUp");
  await expect(page.getByRole("button", { name: /^Stop the clock · (?!0:00)/ })).toBeVisible();
  await journey.picture("run-clock");
  await keys.press("t");
  await said(journey, /: refused$/);
  await expect(page.getByRole("button", { name: "Start the clock" })).toBeVisible();
  await expect.poll(async () => Number(await minutes.inputValue())).toBeGreaterThan(0.01);
}

/** Drops a file of the disk on the middle of an element, as the system's file manager does. */
async function dropFile({ page }: Journey, target: Locator, path: string): Promise<void> {
  const box = await target.boundingBox();
  if (box === null) throw new Error("There is nothing to drop a file on.");
  const session = await page.context().newCDPSession(page);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", {
      type,
      x,
      y,
      data: { items: [], files: [path], dragOperationsMask: 1 },
    });
  }
  await session.detach();
}

/** A file that is dropped on an attempt is its evidence: listed there, and the same bytes where a copy is saved. */
export async function dropEvidence(journey: Journey): Promise<void> {
  const { app, keys, page, words } = journey;
  await toRun(journey);
  const dropped = writeForApp(journey, "dropped.txt", words.dropped);
  const cell = page.locator("#run-cell-1-1");
  await dropFile(journey, cell, dropped);
  await said(journey, /1 file attached$/);
  await expect(cell).toContainText("1 evidence file");
  await journey.picture("run-dropped");
  await keys.press("ArrowDown", "Enter");
  await onScreen(journey, /epoch 1$/);
  for (const said_ of ["dropped.txt", "Evidence attached: dropped.txt"])
    await expect(page.getByText(said_, { exact: true })).toBeVisible();
  await answerDialogs(app.electron, { save: journey.path("copy.txt") });
  await keys.push("Save a copy of dropped.txt");
  await expect(page.getByText(/^Saved as copy.txt/)).toBeVisible();
  expect(readFileSync(journey.path("copy.txt"), "utf8")).toBe(words.dropped);
  await journey.picture("attempt-evidence");
}

/** Counts key presses and presses of a pointer in the page from now on. */
async function countInput(page: Page): Promise<() => Promise<{ keys: number; pointer: number }>> {
  const counts = await page.evaluateHandle(() => {
    const counted = { keys: 0, pointer: 0 };
    addEventListener("keydown", () => (counted.keys += 1), { capture: true });
    addEventListener("pointerdown", () => (counted.pointer += 1), { capture: true });
    return counted;
  });
  return () => counts.evaluate((counted) => ({ ...counted }));
}

/** What one logs of attempts that come one after the other: mostly failures, as it is. */
const letters = ["f", "s", "f", "l", "f"] as const;

/** A hundred attempts in one go, two keys each, no mouse: the ledger counts them, the journal has each. */
export async function logHundred(journey: Journey): Promise<void> {
  const { keys, page } = journey;
  await describeRun(journey, { benchmark: "Catastrophic", epochs: 10, plans: 110 });
  await keys.push("Start the run");
  await expect(dialogOf(journey, "Start a run by hand")).toHaveCount(0);
  const grid = page.getByRole("grid");
  await expect(grid).toBeFocused();
  const code = /R-\d+/.exec((await grid.getAttribute("aria-label")) ?? "")?.[0] ?? "no code";
  const counted = await countInput(page);
  const attempts = Array.from({ length: 100 }, (_unused, place) => letters[place % letters.length] ?? "f");
  // Fingers wait for nothing: each letter has to log the attempt that it was meant for, however much is still to be done.
  await keys.burst(attempts.flatMap((letter) => [letter, "j"]));
  const every = everyAttempt(journey);
  await expect(every).toContainText("Every planned attempt, 110");
  for (const count of ["20 solved", "60 not solved", "20 limit reached", "10 not run"])
    await expect(every).toContainText(count);
  expect(await counted()).toEqual({ keys: 200, pointer: 0 });
  await journey.picture("run-hundred");
  await keys.press("Alt+9");
  await onScreen(journey, "Journal");
  await keys.write("Find entries", `${code} logged`);
  await expect(page.getByRole("grid", { name: "Journal entries, 100", exact: true })).toBeVisible();
  await journey.picture("journal-hundred");
}
