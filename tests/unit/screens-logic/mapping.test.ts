import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outcomeStates } from "../../../electron/contract/attempt.ts";
import {
  rowRefusalReasons,
  tableFields,
  tableMappingSchema,
  type TableField,
  type TableMapping,
} from "../../../electron/contract/importing.ts";
import {
  leftOutWords,
  exportChoices,
  fileStem,
  scopeChoices,
  suggestedName,
} from "../../../renderer/screens/runs/export-formats.ts";
import {
  choiceOf,
  countsWords,
  fieldWords,
  formatWords,
  meaningChoices,
  refusalWords,
  silentRules,
  withField,
  withMeaning,
  withOthersAsMetadata,
  withUnit,
} from "../../../renderer/screens/import/mapping.ts";

function mapping(...fields: (TableField | null)[]): TableMapping {
  return {
    ...{
      format: "csv",
      delimiter: ";",
      header: true,
      decimal: ".",
      outcomes: [],
      firstEpoch: 1,
      model: "",
      benchmark: "",
    },
    columns: fields.map((field, index) => ({ index, name: `c${String(index)}`, field, unit: null })),
  } as const;
}

const fieldsOf = ({ columns }: TableMapping) => columns.map(({ field }) => field);

describe("mapping a table's columns", () => {
  it("moves a field: the column that had it is left out, metadata may stand at several", () => {
    const before = mapping("task", "score", null);
    expect(fieldsOf(withField(before, 2, "score"))).toEqual(["task", null, "score"]);
    expect(fieldsOf(withField(before, 0, null))).toEqual([null, "score", null]);
    expect(fieldsOf(withOthersAsMetadata(mapping("task", null, "metadata", null)))).toEqual([
      "task",
      "metadata",
      "metadata",
      "metadata",
    ]);
    expect(fieldsOf(before)).toEqual(["task", "score", null]);
  });

  it("gives times a unit and takes it from everything else", () => {
    const timed = withField(mapping("task", null), 1, "duration");
    expect(timed.columns[1]?.unit).toBe("s");
    expect(withUnit(timed, 1, "min").columns[1]?.unit).toBe("min");
    expect(withField(withUnit(timed, 1, "min"), 1, "workingTime").columns[1]?.unit).toBe("min");
    expect(withField(timed, 1, "note").columns[1]?.unit).toBeNull();
  });

  it("after any changes is one that the contract takes, with each field but metadata once", () => {
    const change = fc.record({ place: fc.integer({ min: 0, max: 5 }), field: fc.constantFrom(...tableFields, null) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        let made = mapping(null, null, null, null, null, null);
        for (const { place, field } of changes) made = withField(made, place, field);
        expect(tableMappingSchema.safeParse(made).success).toBe(true);
        const once = fieldsOf(made).filter((field) => field !== null && field !== "metadata");
        expect(new Set(once).size).toBe(once.length);
        const last = changes.at(-1);
        if (last !== undefined) expect(fieldsOf(made)[last.place]).toBe(last.field);
      }),
    );
  });

  it("says what a word means, in place of what was said before; every state is a choice", () => {
    const [solved] = meaningChoices;
    const refused = meaningChoices.find(({ id }) => id === "refused");
    if (solved === undefined || refused === undefined) throw new Error("no choices");
    const once = withMeaning(mapping("task"), "gave up", solved);
    expect(withMeaning(once, "gave up", refused).outcomes).toEqual([{ text: "gave up", outcome: "refused", score: 0 }]);
    expect(new Set(meaningChoices.map(({ outcome }) => outcome))).toEqual(new Set(outcomeStates));
    for (const choice of meaningChoices) expect(choiceOf(choice)).toEqual(choice);
    expect(choiceOf({ outcome: "scored", score: 0.25 })?.id).toBe("scored");
    expect(choiceOf(null)).toBeNull();
  });

  it("says what goes for cells and columns that are not there", () => {
    expect(silentRules(mapping("task"))).toHaveLength(2);
    expect(silentRules(mapping("task", "epoch"))[0]).toMatch(/^No column says what came of an attempt/);
    expect(silentRules(mapping("task", "epoch", "score"))[0]).toMatch(/^A row with a score is scored/);
    expect(silentRules(mapping("task", "epoch", "outcome"))[0]).toMatch(/^Solved counts as 1/);
    expect(silentRules(mapping("task", "epoch", "solved", "score"))).toEqual([
      "A row is scored where either column gives a score, unscored where none does. A verdict stands over a score.",
    ]);
  });

  it("counts in words, and has words for every field and reason", () => {
    const counts = { rows: 121, taken: 116, refused: 5, byReason: {}, cut: 0, tasks: 40, epochs: 3 };
    const runs = [{ model: "m", benchmark: "b", attempts: 116 }];
    expect(countsWords({ counts, runs })).toBe(
      "116 attempts of 40 tasks × 3 epochs would be taken in as 1 run; 5 of 121 rows would be refused.",
    );
    expect(countsWords({ counts: { ...counts, refused: 0 }, runs })).toMatch(/; no row would be refused\.$/);
    expect(countsWords({ counts: { ...counts, rows: 0 }, runs: [] })).toBe("The table has no rows.");
    expect(formatWords(mapping("task"))).toBe("CSV, separated by semicolons, with a header");
    expect(formatWords({ ...mapping("task"), format: "jsonl", delimiter: null })).toBe("JSON Lines");
    expect(new Set(tableFields.map((field) => fieldWords[field])).size).toBe(tableFields.length);
    expect(rowRefusalReasons.every((reason) => refusalWords[reason] !== "")).toBe(true);
  });
});

describe("writing attempts out", () => {
  const run = { id: "run-7", code: "R-0007" };
  const campaign = { id: "autumn", name: "Autumn / baseline ☂" };

  it("offers what the dialog was opened on; scores are of one run alone", () => {
    const ids = (...about: Parameters<typeof scopeChoices>) => scopeChoices(...about).map(({ id }) => id);
    expect(ids({ run, campaign }, "csv")).toEqual(["run", "campaign", "all"]);
    expect(ids({ run: null, campaign: null }, "parquet")).toEqual(["all"]);
    expect(ids({ run, campaign }, "precomputed-scores")).toEqual(["run"]);
    expect(ids({ run: null, campaign }, "precomputed-scores")).toEqual([]);
  });

  it("names the file after what is in it, safely", () => {
    const names = exportChoices.flatMap((format) => {
      const [scope] = scopeChoices({ run, campaign }, format.id);
      return scope === undefined ? [] : [suggestedName(scope, format)];
    });
    expect(names).toEqual([
      "R-0007-attempts.csv",
      "R-0007-attempts.jsonl",
      "R-0007-attempts.parquet",
      "R-0007-scores.jsonl",
    ]);
    expect(fileStem("Autumn / baseline ☂")).toBe("autumn-baseline");
    expect(fileStem("../../")).toBe("attempts");
  });

  it("says what has no place in a format", () => {
    expect(leftOutWords([])).toBe("");
    expect(leftOutWords([{ outcome: "not-run", count: 1 }])).toBe(
      "1 attempt has no place in this format and is not in it: 1 not run.",
    );
    expect(
      leftOutWords([
        { outcome: "not-run", count: 3 },
        { outcome: "model-error", count: 1 },
      ]),
    ).toBe("4 attempts have no place in this format and are not in it: 3 not run, 1 model error.");
  });
});
