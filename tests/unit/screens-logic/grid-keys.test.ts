import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { outcomeStates } from "../../../electron/contract/attempt.ts";
import { actionOf, gridKeys, moveOf, outcomeKeys } from "../../../renderer/screens/run/grid-keys.ts";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey", boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

describe("keys of the grid", () => {
  it("gives each key one meaning, and every outcome but invalidated a key", () => {
    expect(new Set(gridKeys.map(({ key }) => key)).size).toBe(gridKeys.length);
    const reached = new Set(outcomeKeys.map(({ outcome }) => outcome));
    expect(outcomeStates.filter((state) => !reached.has(state))).toEqual(["invalidated"]);
  });

  it("takes a letter in either case, and Backspace for Delete", () => {
    expect(actionOf(press("s"))).toEqual(actionOf(press("S")));
    expect(actionOf(press("s"))).toMatchObject({ kind: "outcome", outcome: { outcome: "scored", score: 1 } });
    expect(actionOf(press("Backspace"))).toMatchObject({ kind: "outcome", outcome: { outcome: "not-run" } });
    expect(actionOf(press("n"))).toEqual({ kind: "field", field: "note" });
    expect(actionOf(press("Enter"))).toEqual({ kind: "open" });
  });

  it("leaves keys with modifiers to others, but for undo", () => {
    expect(actionOf(press("z", { ctrlKey: true }))).toEqual({ kind: "undo" });
    expect(actionOf(press("Z", { metaKey: true }))).toEqual({ kind: "undo" });
    expect(actionOf(press("s", { ctrlKey: true }))).toBeNull();
    expect(actionOf(press("s", { altKey: true }))).toBeNull();
    expect(actionOf(press("q"))).toBeNull();
    expect(actionOf(press("constructor"))).toBeNull();
  });
});

describe("moving in the grid", () => {
  const size = { rows: 40, epochs: 3, page: 10 };

  it("moves by a cell, a page, to the ends of a row and of the grid", () => {
    const from = { row: 20, epoch: 2 };
    expect(moveOf(press("ArrowUp"), from, size)).toEqual({ row: 19, epoch: 2 });
    expect(moveOf(press("ArrowRight"), from, size)).toEqual({ row: 20, epoch: 3 });
    expect(moveOf(press("PageDown"), from, size)).toEqual({ row: 30, epoch: 2 });
    expect(moveOf(press("Home"), from, size)).toEqual({ row: 20, epoch: 1 });
    expect(moveOf(press("End", { ctrlKey: true }), from, size)).toEqual({ row: 39, epoch: 3 });
  });

  it("never leaves it", () => {
    const keys = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End"];
    const sizes = fc.record({ rows: fc.integer({ min: 1, max: 50 }), epochs: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(
        fc.constantFrom(...keys),
        sizes,
        fc.nat(49),
        fc.nat(8),
        fc.boolean(),
        (key, own, row, epoch, whole) => {
          const place = { row: row % own.rows, epoch: 1 + (epoch % own.epochs) };
          const next = moveOf(press(key, { ctrlKey: whole }), place, { ...own, page: 10 });
          expect(next?.row).toBeGreaterThanOrEqual(0);
          expect(next?.row).toBeLessThan(own.rows);
          expect(next?.epoch).toBeGreaterThanOrEqual(1);
          expect(next?.epoch).toBeLessThanOrEqual(own.epochs);
        },
      ),
    );
  });

  it("has no cursor in an empty grid, and moves for no other key", () => {
    expect(moveOf(press("ArrowDown"), { row: 0, epoch: 1 }, { ...size, rows: 0 })).toBeNull();
    expect(moveOf(press("s"), { row: 0, epoch: 1 }, size)).toBeNull();
    expect(moveOf(press("ArrowDown", { altKey: true }), { row: 0, epoch: 1 }, size)).toBeNull();
  });
});
