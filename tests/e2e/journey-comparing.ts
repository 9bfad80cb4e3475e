import { expect } from "@playwright/test";
import { onScreen, type Journey } from "./journey-steps.ts";

/** Moves the cursor of the matrix to a cell, by arrows. */
async function moveToCell({ keys, page }: Journey, name: RegExp): Promise<void> {
  const grid = page.getByRole("grid", { name: "Solve rates" });
  await keys.reach(grid);
  const wanted = grid.getByRole("gridcell", { name });
  const [row = 0, column = 0] = ((await wanted.getAttribute("data-place")) ?? "").split("-").map(Number);
  await keys.press("Control+Home");
  for (let moves = 0; moves < row; moves += 1) await keys.press("ArrowDown");
  for (let moves = 0; moves < column; moves += 1) await keys.press("ArrowRight");
  await expect(grid).toBeFocused();
  await expect(grid).toHaveAttribute("aria-activedescendant", (await wanted.getAttribute("id")) ?? "");
}

/** The matrix of rates, each with its n and its interval; a cell leads to its run. */
export async function compareRates(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  await keys.press("Alt+6");
  await onScreen(journey, "Compare");
  const grid = page.getByRole("grid", { name: "Solve rates" });
  await expect(grid.getByRole("gridcell", { name: /zstandard: 0/ })).toContainText("0.6");
  await moveToCell(journey, new RegExp(`${words.model}.* on Cybench`));
  const cell = page.getByRole("region", { name: "Cell" });
  await expect(cell).toContainText("2 / 10");
  await journey.picture("compare");
  await keys.press("d");
  await expect(page.getByText(/changes the denominator/)).not.toContainText(/^Errors as failures/i);
  await keys.pick("View", "Intervals");
  await journey.picture("compare-intervals");
  await keys.pick("View", "Table");
  await journey.picture("compare-table");
  await keys.pick("View", "Heat map");
  await moveToCell(journey, new RegExp(`${words.model}.* on Cybench`));
  await keys.press("Enter");
  await onScreen(journey, /Cybench/);
}
