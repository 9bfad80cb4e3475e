import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outcomeStates } from "../../../electron/contract/attempt.ts";
import { readPastedBlock, type PasteTarget } from "../../../electron/interchange/table/pasted-block.ts";

const titles: Readonly<Record<string, string>> = { urgent: "urgent", "find me": "find-me", skilift: "skilift" };
const target: PasteTarget = {
  tasks: ["urgent", "find-me", "skilift"],
  epoch: 2,
  epochs: 3,
  taskOf: (text) => titles[text.toLowerCase()] ?? null,
};
const blank = { minutes: null, tokens: null, note: "" };

describe("a block from a spreadsheet", () => {
  it("goes into the grid from a cell down and to the right", () => {
    const block = readPastedBlock("1\t0\nsolved\t\n0,5\ttimeout\n", target);
    expect(block).toEqual({
      layout: "cells",
      attempts: [
        { task: "urgent", epoch: 2, outcome: "scored", score: 1, ...blank },
        { task: "urgent", epoch: 3, outcome: "scored", score: 0, ...blank },
        { task: "find-me", epoch: 2, outcome: "scored", score: 1, ...blank },
        { task: "skilift", epoch: 2, outcome: "scored", score: 0.5, ...blank },
        { task: "skilift", epoch: 3, outcome: "limit-reached", score: null, ...blank },
      ],
      refused: [],
    });
  });

  it("names what lies outside of the grid or says nothing, with its line", () => {
    const { attempts, refused } = readPastedBlock("1\t0\t1\nwhat?\n1\n1\n", target);
    expect(attempts).toHaveLength(3);
    expect(refused).toEqual([
      { line: 1, text: "1", reason: "The run has no epoch 4." },
      { line: 2, text: "what?", reason: "It is no outcome and no score." },
      { line: 4, text: "1", reason: "The grid has no more rows." },
    ]);
  });

  it("is read by its columns where the first line names them", () => {
    const text = [
      "Task\tEpoch\tResult\tMinutes\tTokens\tNotes\tWhatever",
      'Find me\t1\tsolved\t12,5\t1 200\t"two\nlines"\tx',
      "URGENT\t\tnot solved\t\t\t\t",
      "nobody\t1\tsolved\t\t\t\t",
      "urgent\t9\tsolved\t\t\t\t",
      "urgent\t2\tsolved\tlong\t\t\t",
      "urgent\t1\tsolved\t\t\t\t",
    ].join("\n");
    const { layout, attempts, refused } = readPastedBlock(text, target);
    expect(layout).toBe("columns");
    expect(attempts).toEqual([
      { task: "find-me", epoch: 1, outcome: "scored", score: 1, minutes: 12.5, tokens: 1_200, note: "two\nlines" },
      { task: "urgent", epoch: 1, outcome: "scored", score: 0, ...blank },
    ]);
    expect(refused.map(({ line, reason }) => [line, reason])).toEqual([
      [4, "No task is called “nobody”."],
      [5, "The run has no epoch 9."],
      [6, "Its minutes are no number."],
      [7, "This attempt stands in the block already."],
    ]);
  });

  it("takes a score beside an outcome, and refuses one of what was not run", () => {
    const { attempts, refused } = readPastedBlock(
      "task;state;score\nurgent;limit reached;0.25\nskilift;not run;1",
      target,
    );
    expect(attempts).toEqual([{ task: "urgent", epoch: 1, outcome: "limit-reached", score: 0.25, ...blank }]);
    expect(refused).toHaveLength(1);
  });

  it("reads every outcome by its name, and any text without throwing", () => {
    for (const outcome of outcomeStates) {
      const { attempts, refused } = readPastedBlock(outcome === "scored" ? "1" : outcome, target);
      expect(refused).toEqual([]);
      expect(attempts[0]?.outcome).toBe(outcome);
    }
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 400 }), (text) => {
        const { attempts, refused } = readPastedBlock(text, target);
        const keys = attempts.map(({ task, epoch }) => `${task} ${String(epoch)}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { epoch } of attempts) expect(epoch).toBeLessThanOrEqual(target.epochs);
        for (const { line } of refused) expect(line).toBeGreaterThan(0);
      }),
    );
  });

  it("gives every cell back that it was made of", () => {
    const cell = fc.oneof(
      fc.constantFrom("solved", "failed", "timeout", "refused", ""),
      fc.integer({ min: 0, max: 100 }).map(String),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 3 }), (rows) => {
        const block = readPastedBlock(rows.map((row) => row.join("\t")).join("\n"), target);
        expect(block.refused).toEqual([]);
        expect(block.attempts).toHaveLength(rows.flat().filter((text) => text !== "").length);
      }),
    );
  });
});
