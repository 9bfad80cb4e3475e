import { expect, it } from "vitest";
import { cardAfter } from "../../../renderer/screens/findings/board-keys.ts";

/** A board: a column with three cards, two empty ones, one with a single card. */
const columns = [["a", "b", "c"], [], [], ["d"]];

it.each([
  ["a", "ArrowDown", "b"],
  ["b", "ArrowUp", "a"],
  ["b", "Home", "a"],
  ["b", "End", "c"],
  // Empty columns are stepped over; a shorter column is entered at its last card.
  ["c", "ArrowRight", "d"],
  ["d", "ArrowLeft", "a"],
])("from %s, %s leads to %s", (from, key, to) => {
  expect(cardAfter(columns, from, key)).toBe(to);
});

it.each([
  ["a", "ArrowUp"],
  ["c", "ArrowDown"],
  ["a", "ArrowLeft"],
  ["d", "ArrowRight"],
  ["a", "x"],
  ["gone", "ArrowDown"],
])("from %s, %s leads nowhere", (from, key) => {
  expect(cardAfter(columns, from, key)).toBeNull();
});
