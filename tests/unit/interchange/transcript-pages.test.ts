import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { bytesSource } from "../../../electron/interchange/byte-source.ts";
import { findSample, openContainer, SampleReader, windowOf } from "../../../electron/interchange/inspect/index.ts";
import { KeptPages } from "../../../electron/interchange/inspect/transcript/kept-pages.ts";
import { chunkedMembers, longLog, wholeSample } from "../../fixtures/inspect/long-transcript.ts";

/** The bytes of a long sample, kept as they are, compressed, or let go and read again. */

const megabyte = 1024 * 1024;

it("keeps any bytes, in any pieces, within its budget", async () => {
  const bytes = Buffer.concat([randomBytes(3 * megabyte), Buffer.alloc(17 * megabyte, "text "), randomBytes(99)]);
  for (const budget of [32, 11, 0]) {
    const pages = new KeptPages({ bytes: budget * megabyte });
    for (let at = 0, step = 1; at < bytes.length; at += step, step = (step * 7 + 13) % 700_001) {
      await pages.add(bytes.subarray(at, at + step));
    }
    expect(pages.length).toBe(bytes.length);
    // What stays as it is takes nine pages at least.
    expect(pages.held).toBeLessThanOrEqual(Math.max(budget, 9) * megabyte);
    fc.assert(
      fc.property(fc.nat(bytes.length), fc.nat(3 * megabyte), (start, length) => {
        const fits = Math.min(length, bytes.length - start);
        const read = pages.read(start, fits);
        if (read === null) expect(budget).toBeLessThan(32);
        else expect(read.equals(bytes.subarray(start, start + fits))).toBe(true);
      }),
      { numRuns: 40 },
    );
    expect(pages.read(bytes.length - 200, 200)?.equals(bytes.subarray(-200))).toBe(true);
    pages.wipe();
  }
});

it("shows the same however little memory there is", async () => {
  const size = { events: 30_000, messages: 40, attachments: 25 };
  const log = longLog("long", [{ id: "a", json: wholeSample("a", size) }], { extra: chunkedMembers("b", size) });
  const container = await openContainer(bytesSource(log));
  for (const name of ["samples/a_epoch_1.json", "samples/b_epoch_1/sample.json"]) {
    const source = findSample(container, name);
    const plenty = await SampleReader.open(source);
    const none = await SampleReader.open(source, { budget: { bytes: 0 } });
    expect(none.total).toBe(plenty.total);
    for (const offset of [0, 15_003, 29_990]) {
      const window = { offset, limit: 12 };
      expect(await windowOf(none, window)).toEqual(await windowOf(plenty, window));
    }
  }
});
