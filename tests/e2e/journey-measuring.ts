import { expect } from "@playwright/test";
import { describeRun, everyAttempt, said } from "./journey-by-hand.ts";
import { logNames, writeForApp, writeLogs } from "./journey-files.ts";
import { answerDialogs } from "./journey-keyboard.ts";
import { dialogOf, onScreen, type Journey } from "./journey-steps.ts";

/** The evaluator starts a run of the campaign by hand. */
export async function startRun(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  await describeRun(journey, { benchmark: "Cybench", campaign: words.campaign, epochs: 2, plans: 80 });
  await journey.picture("run-start");
  await keys.push("Start the run");
  await onScreen(journey, /Cybench/);
  await expect(page.getByRole("grid")).toBeFocused();
}

/** The first attempt: clock, outcome, note, tokens, an evidence file. */
async function logFirst(journey: Journey): Promise<void> {
  const { app, keys, page, words } = journey;
  const grid = page.getByRole("grid");
  await keys.press("t");
  await said(journey, /the clock runs$/);
  // The clock counts whole hundredths of a minute: one of them is 0.6 s.
  await page.waitForTimeout(1_300);
  await keys.press("s");
  await said(journey, /: solved$/);
  await keys.press("n");
  await expect(page.getByLabel("Note")).toBeFocused();
  await keys.type(words.attemptNote);
  await keys.press("Escape");
  await expect(grid).toBeFocused();
  await said(journey, /: solved$/);
  await keys.press("k");
  await expect(page.getByLabel("Tokens")).toBeFocused();
  await keys.type("48200");
  await keys.press("Enter");
  await expect(grid).toBeFocused();
  await answerDialogs(app.electron, { open: [writeForApp(journey, "screen.txt", words.evidence)] });
  await keys.press("v");
  await keys.press("Enter");
  await said(journey, /1 file attached$/);
  await keys.press("Escape");
  await expect(grid).toBeFocused();
}

/** Ten attempts in the grid, by letters alone, one of them undone and logged again. */
export async function logAttempts(journey: Journey): Promise<void> {
  const { keys } = journey;
  const outcome = async (key: string, words: string): Promise<void> => {
    await keys.press("ArrowDown", key);
    await said(journey, new RegExp(`: ${words}$`));
  };
  await logFirst(journey);
  await outcome("f", "not solved");
  await keys.press("d");
  await keys.type("12.5");
  await keys.press("Enter");
  await outcome("r", "refused");
  await outcome("l", "limit reached");
  await outcome("e", "infrastructure fault");
  await outcome("s", "solved");
  await keys.press("Control+z");
  await said(journey, /^Undone: .*solved$/);
  await keys.press("f");
  await said(journey, /: not solved$/);
  await outcome("m", "model error");
  await outcome("u", "unscored");
  await outcome("s", "solved");
  await outcome("f", "not solved");
  const every = everyAttempt(journey);
  await expect(every).toContainText("Every planned attempt, 80");
  for (const words of ["2 solved", "3 not solved", "1 refused", "70 not run"]) await expect(every).toContainText(words);
  await journey.picture("run-logging");
  await pasteBlock(journey);
}

/** A block as a spreadsheet copies it, looked at, logged, and put back. */
async function pasteBlock(journey: Journey): Promise<void> {
  const { keys, page } = journey;
  const grid = page.getByRole("grid");
  await expect(grid).toBeFocused();
  await keys.press("Control+Home");
  await grid.evaluate((element) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "solved\tfailed\nwhat\t0.5\n");
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(dialogOf(journey, "Paste attempts")).toContainText("1 cell or line cannot be logged");
  await journey.picture("run-paste");
  await keys.push("Log 3 attempts");
  await said(journey, "3 attempts pasted");
  await keys.reach(grid);
  await keys.press("Control+z");
  await said(journey, "Undone: 3 attempts pasted");
  const every = everyAttempt(journey);
  for (const words of ["2 solved", "3 not solved", "70 not run"]) await expect(every).toContainText(words);
}

/** Inspect logs of every container, and a file that is none: each with its verdict. */
export async function importLogs(journey: Journey): Promise<void> {
  const { app, keys, page } = journey;
  await keys.press("Control+i");
  await onScreen(journey, "Import");
  await answerDialogs(app.electron, { open: writeLogs(journey) });
  await keys.press("Alt+c");
  for (const name of logNames) await expect(page.getByText(name)).toBeVisible();
  await journey.picture("import-chosen");
  await keys.press("Control+Enter");
  await onScreen(journey, "What was taken in");
  await expect(page.getByText(/^4 runs with [\d,]+ attempts from 5 files/)).toBeVisible();
  const report = page.getByRole("grid", { name: /^Files of this import/ });
  for (const [name, words] of [
    ["deflate.eval", "matches"],
    ["zstd.eval", "matches"],
    ["plain.json", "matches"],
    ["other.eval", "differs"],
    ["notes.json", /refused|no log/],
  ] as const)
    await expect(report.getByRole("row").filter({ hasText: name })).toContainText(words);
  await journey.picture("import");
  await keys.openRow(/^Files of this import/, "other.eval");
  await expect(page.getByRole("dialog", { name: "other.eval" })).toContainText("differs");
  await journey.picture("import-file");
  await keys.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

/** From the list of runs to a run, to an attempt, to its transcript. */
export async function drillDown(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  await keys.press("Alt+5");
  await onScreen(journey, "Runs");
  await journey.picture("runs");
  await keys.openRow(/^\d+ runs?$/, /zstandard/);
  await onScreen(journey, /zstandard/);
  await journey.picture("run");
  await readTranscript(journey);
  await expect(page.getByText(words.transcript).first()).toBeVisible();
}

/** Opens the attempt under the grid's cursor, and goes on to the next. */
export async function readTranscript(journey: Journey): Promise<void> {
  const { keys, page } = journey;
  await keys.reach(page.getByRole("grid"));
  await keys.press("ArrowDown", "Enter");
  await onScreen(journey, /epoch 1$/);
  await expect(page.locator(".transcript-item").first()).toBeVisible();
  await journey.picture("attempt");
  await keys.press("Alt+ArrowDown");
  await onScreen(journey, /epoch 2$|epoch 1$/);
}

/** What was logged by hand stands on its attempt: note, evidence, tokens, who and when. */
export async function lookAtLoggedAttempt(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  await keys.press("Alt+5");
  await onScreen(journey, "Runs");
  await keys.openRow(/^\d+ runs?$/, /Cybench/);
  await onScreen(journey, /Cybench/);
  await keys.reach(page.getByRole("grid"));
  await keys.press("Enter");
  await onScreen(journey, /epoch 1$/);
  for (const words_ of [words.attemptNote, "screen.txt", "48,200", words.evaluator])
    await expect(page.getByText(words_).first()).toBeVisible();
  await journey.picture("attempt-by-hand");
}
