import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attemptMetadataSchema } from "../../../electron/contract/attempt.ts";
import { fromColumns, toColumns } from "../../../electron/domain/attempts/columns.ts";
import { notRun } from "../../../electron/domain/attempts/rows.ts";
import { metadataOf } from "../../../electron/interchange/metadata.ts";

describe("metadata of an attempt", () => {
  it("is what is flat, cut and counted", () => {
    expect(metadataOf({ a: "x", b: 1, c: true, d: null, e: { f: 1 }, g: [1], h: Number.NaN })).toEqual({
      ...{ a: "x", b: 1, c: true, d: null, h: null },
    });
    expect(metadataOf({ long: "y".repeat(500) })).toEqual({ long: "y".repeat(200) });
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, place) => [`k${String(place)}`, place]));
    expect(Object.keys(metadataOf(many))).toHaveLength(50);
    expect(metadataOf({ ["k".repeat(101)]: 1 })).toEqual({});
    for (const nothing of [null, 1, "x", [], undefined]) expect(metadataOf(nothing)).toEqual({});
  });

  it("reaches no prototype", () => {
    const value: unknown = JSON.parse('{"__proto__":{"polluted":true},"constructor":"c","toString":"t"}');
    const made = metadataOf(value);
    expect(made).toEqual(JSON.parse('{"constructor":"c","toString":"t"}'));
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it("fits its schema whatever it was made of", () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 3 }), (value) => {
        expect(attemptMetadataSchema.safeParse(metadataOf(value)).success).toBe(true);
      }),
    );
  });

  it("is none in entries from before it was kept", () => {
    const attempt = { ...notRun("a", 1, null), metadata: { os: "linux" }, file: 2 };
    expect(fromColumns(toColumns([attempt]))).toEqual([attempt]);
    const { metadata: _metadata, file: _file, ...columns } = toColumns([attempt, notRun("b", 1, null)]).columns;
    expect(fromColumns({ n: 2, columns })).toEqual([notRun("a", 1, null), notRun("b", 1, null)]);
    expect(fromColumns(toColumns([]))).toEqual([]);
  });
});
