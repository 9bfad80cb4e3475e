import fc from "fast-check";
import { expect, it } from "vitest";
import { hitRowAt, hitRows } from "../../../renderer/screens/search/hit-rows.ts";

/** Attempts with hits as the service gives them: hits are kept from the first on, until no more are. */
const found = fc
  .tuple(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 40 }), fc.nat(3_000))
  .map(([hits, most]) => {
    let place = 0;
    const attempts = hits.map((count) => {
      const firstHit = place < most ? place : null;
      place += count;
      return { hits: count, firstHit };
    });
    return { attempts, kept: Math.min(most, place) };
  });

it("has a line for every attempt and every kept hit, in order, and none beside", () => {
  fc.assert(
    fc.property(found, ({ attempts, kept }) => {
      const rows = hitRows(attempts, kept);
      expect(rows.total).toBe(attempts.length + kept);
      let place = 0;
      let attempt = -1;
      for (let row = 0; row < rows.total; row += 1) {
        const line = hitRowAt(rows, row);
        if (line?.kind === "attempt") {
          attempt += 1;
          expect(line.attempt).toBe(attempt);
        } else {
          expect(line).toEqual({ kind: "hit", attempt, place });
          place += 1;
        }
      }
      expect(hitRowAt(rows, rows.total)).toBeNull();
      expect(hitRowAt(rows, -1)).toBeNull();
    }),
  );
});

it("draws no hits of attempts that are not known yet", () => {
  const rows = hitRows([{ hits: 3, firstHit: 0 }], 900);
  expect(rows.total).toBe(4);
  expect(hitRowAt(rows, 3)).toEqual({ kind: "hit", attempt: 0, place: 2 });
});
