import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64, fromHex, pack, sameBytes, toHex } from "../../../electron/vault/canonical.ts";
import { formatCheckpoint, parseCheckpoint } from "../../../electron/vault/checkpoint.ts";
import { frame, frameInPool, frameStored, padmeLength, unframe } from "../../../electron/vault/framing.ts";
import { LeafList } from "../../../electron/vault/leaf-list.ts";
import { nameTagOf } from "../../../electron/vault/slots.ts";

const field = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.string({ maxLength: 20 }),
  fc.maxSafeNat(),
  fc.constant(null),
);

describe("canonical encoding", () => {
  it("is laid out as documented", () => {
    const packed = pack("d", new Uint8Array([1, 2]), "é", 258, null);
    expect(toHex(packed)).toBe(
      "7300000001" + "64" + "6200000002" + "0102" + "7300000002" + "c3a9" + "690000000000000102" + "6e",
    );
  });

  it("never gives two lists of fields the same bytes", () => {
    const key = (one: unknown): string =>
      one instanceof Uint8Array ? `b${toHex(one)}` : `${typeof one}${Buffer.from(String(one)).toString("hex")}`;
    const list = fc.array(field, { maxLength: 4 });
    fc.assert(
      fc.property(list, list, (left, right) => {
        const same = left.map(key).join() === right.map(key).join();
        expect(sameBytes(pack("d", ...left), pack("d", ...right))).toBe(same);
      }),
    );
  });

  it("refuses numbers that it could not give back", () => {
    for (const bad of [-1, 0.5, 2 ** 53, Number.NaN]) expect(() => pack("d", bad)).toThrow(RangeError);
  });

  it("takes hexadecimal and base64 in one spelling only", () => {
    expect(fromHex("0Aff")).toEqual(new Uint8Array());
    expect(fromHex("0aff")).toEqual(new Uint8Array([10, 255]));
    expect(fromBase64("AQ==")).toEqual(new Uint8Array([1]));
    expect(fromBase64("AR==")).toBeNull();
    expect(fromBase64("AQ")).toBeNull();
  });
});

describe("frames", () => {
  it("give back what was put in, padded, compressed or not", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), fc.nat(3000), async (random, zeros) => {
        const content = new Uint8Array([...random, ...new Uint8Array(zeros)]);
        for (const framed of [
          frame(content, "to-64"),
          frameStored(content, "padme"),
          await frameInPool(content, "padme"),
        ]) {
          const back = unframe(framed);
          expect(back !== null && sameBytes(back, content)).toBe(true);
        }
        expect(frame(content, "to-64").length % 64).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it("hide the length to 12 % and never grow by more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 256, max: 2 ** 31 }), (length) => {
        const padded = padmeLength(length);
        expect(padded).toBeGreaterThanOrEqual(length);
        expect(padded).toBeLessThanOrEqual(length * 1.12);
        expect(padmeLength(padded)).toBe(padded);
      }),
    );
  });

  it("that are none are null and never more than their stated length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const content = unframe(bytes);
        if (content !== null) expect(content.length).toBe(Buffer.from(bytes).readUInt32BE(1));
      }),
    );
    const bomb = frame(new Uint8Array(1_000_000), "to-64");
    Buffer.from(bomb.buffer).writeUInt32BE(1000, 1);
    expect(unframe(bomb)).toBeNull();
  });
});

describe("a checkpoint's text", () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const body = fc.record({
    vaultId: hash,
    size: fc.nat(),
    root: hash,
    outer: hash,
    blobs: fc.nat(),
    blobRoot: hash,
    previous: hash,
    sqlite: fc.integer({ min: 1, max: 999_999_999 }),
  });

  it("says the same again", () => {
    fc.assert(
      fc.property(body, (one) => {
        expect(parseCheckpoint(formatCheckpoint(one))).toEqual(one);
      }),
    );
  });

  it("is refused in any other spelling", () => {
    const zeros = new Uint8Array(32);
    const text = formatCheckpoint({
      vaultId: zeros,
      size: 7,
      root: zeros,
      outer: zeros,
      blobs: 0,
      blobRoot: zeros,
      previous: zeros,
      sqlite: 3_054_001,
    });
    expect(text.split("\n")[0]).toBe(`evalvault/${"0".repeat(64)}`);
    for (const other of [text.replace("\n7\n", "\n07\n"), `${text}extra 1\n`, text.slice(0, -1), text.toUpperCase()]) {
      expect(parseCheckpoint(other)).toBeNull();
    }
  });
});

describe("small things", () => {
  it("keeps leaves in order while it grows", () => {
    const list = new LeafList();
    for (let index = 0; index < 100; index += 1) list.append(new Uint8Array(32).fill(index));
    expect(list.length).toBe(100);
    expect(list.at(67)[0]).toBe(67);
    const again = new LeafList(list.encode());
    again.append(new Uint8Array(32).fill(200));
    expect(again.first(101).map((leaf) => leaf[31])).toEqual([...Array(100).keys(), 200]);
  });

  it("finds a name however it is typed, and only in its own vault", () => {
    const vault = new Uint8Array(32).fill(1);
    expect(nameTagOf(vault, "  ADA Ｌovelace ")).toEqual(nameTagOf(vault, "ada lovelace"));
    expect(nameTagOf(vault, "ada")).not.toEqual(nameTagOf(new Uint8Array(32).fill(2), "ada"));
  });
});
