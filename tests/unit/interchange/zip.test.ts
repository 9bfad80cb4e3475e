import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesSource, piecesOf, readAhead } from "../../../electron/interchange/byte-source.ts";
import { readDirectory } from "../../../electron/interchange/zip/directory.ts";
import { readMember, readWholeMember } from "../../../electron/interchange/zip/read-member.ts";
import { walkLocalHeaders } from "../../../electron/interchange/zip/salvage.ts";
import { ZipError, type ZipMember } from "../../../electron/interchange/zip/zip-error.ts";
import { writeZip, type MemberToWrite, type Method } from "../../fixtures/inspect/zip-writer.ts";

const methods: readonly Method[] = ["stored", "deflate", "zstd"];

async function contents(bytes: Uint8Array, members: readonly ZipMember[]): Promise<[string, string][]> {
  const source = bytesSource(bytes);
  const read = async (member: ZipMember): Promise<[string, string]> => {
    const whole = await readWholeMember(source, member, { maxBytes: 1e9 });
    return [member.name, Buffer.from(whole).toString("base64")];
  };
  return Promise.all(members.map(read));
}

function expected(members: readonly MemberToWrite[]): [string, string][] {
  return members.map(({ name, bytes }) => [name, Buffer.from(bytes).toString("base64")]);
}

/** Bytes that compress somewhat, of any length. */
function filled(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let at = 0; at < length; at += 1) {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    bytes[at] = 97 + ((state >> 16) % (1 + (seed % 40)));
  }
  return bytes;
}

const memberArbitrary: fc.Arbitrary<MemberToWrite> = fc
  .record({
    name: fc.string({ minLength: 1, maxLength: 30, unit: "grapheme" }),
    length: fc.oneof(fc.nat(3000), fc.constantFrom(0, 1, 131_071, 131_072, 131_073, 262_144, 400_000)),
    seed: fc.nat(1000),
    method: fc.constantFrom(...methods),
    streamed: fc.boolean(),
    zip64: fc.boolean(),
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
  })
  .map(({ length, seed, cuts, streamed, zip64, ...rest }) => ({
    ...rest,
    bytes: filled(length, seed),
    zip64,
    streamed: streamed && !zip64,
    frames: cuts.map((cut) => Math.floor(cut * length)).sort((a, b) => a - b),
  }));

describe("zip archives", () => {
  it("give back every member by the directory and by walking the headers", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(memberArbitrary, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        async (members, zip64) => {
          const bytes = writeZip({ members, zip64 });
          expect(await contents(bytes, await readDirectory(bytesSource(bytes)))).toEqual(expected(members));
          expect(await contents(bytes, await walkLocalHeaders(bytesSource(bytes)))).toEqual(expected(members));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("say when the directory is missing", async () => {
    const bytes = writeZip({
      members: [{ name: "a", bytes: filled(10, 1), method: "deflate" }],
      withoutDirectory: true,
    });
    await expect(readDirectory(bytesSource(bytes))).rejects.toMatchObject({ code: "no-directory" });
  });

  it.each(methods)("notice a member that was cut (%s)", async (method) => {
    const bytes = writeZip({ members: [{ name: "a", bytes: filled(200_000, 7), method }], withoutDirectory: true });
    const cut = bytes.subarray(0, bytes.length - 5);
    const [member] = await walkLocalHeaders(bytesSource(cut));
    expect(member).toMatchObject({ name: "a", cut: true });
    if (member !== undefined) await expect(contents(cut, [member])).rejects.toBeInstanceOf(ZipError);
  });

  it.each(methods)("notice any flipped bit of a member's data (%s)", async (method) => {
    const original = writeZip({ members: [{ name: "a", bytes: filled(5000, 7), method }] });
    const [member] = await readDirectory(bytesSource(original));
    if (member === undefined) throw new Error("no member");
    await fc.assert(
      fc.asyncProperty(fc.nat(member.compressedSize - 1), fc.nat(7), async (at, bit) => {
        const bytes = Uint8Array.from(original);
        bytes[31 + at] = (bytes[31 + at] ?? 0) ^ (1 << bit);
        // A bit may be padding that no decoder reads; then the content must still be right.
        const read = contents(bytes, [member]).catch((error: unknown) => error);
        const result = await read;
        if (result instanceof ZipError) expect(["damaged", "truncated"]).toContain(result.code);
        else expect(result).toEqual(await contents(original, [member]));
      }),
      { numRuns: 150 },
    );
  });

  it("are walked in time that grows with their size, however many headers they pretend to have", async () => {
    const header = Buffer.from("504b03042d0008000800000000000000000000000000000000000100000061", "hex");
    const descriptor = Buffer.from("504b0708", "hex");
    const headers = Buffer.alloc(header.length * 20_000, header);
    expect(await walkLocalHeaders(bytesSource(new Uint8Array(headers)))).toHaveLength(20_000);
    const both = Buffer.concat([header, Buffer.alloc(descriptor.length * 200_000, descriptor)]);
    expect(await walkLocalHeaders(bytesSource(new Uint8Array(both)))).toHaveLength(1);
  });

  it("refuse what is larger than asked for, encrypted, or of an unknown method", async () => {
    const bytes = writeZip({ members: [{ name: "a", bytes: filled(5000, 7), method: "zstd" }] });
    const source = bytesSource(bytes);
    const [member] = await readDirectory(source);
    if (member === undefined) throw new Error("no member");
    const code = async (changed: ZipMember, maxBytes = 1e6): Promise<unknown> => {
      const error: unknown = await readWholeMember(source, changed, { maxBytes }).catch((thrown: unknown) => thrown);
      return error instanceof ZipError ? error.code : "none";
    };
    expect(await code(member)).toBe("none");
    expect(await code(member, 100)).toBe("too-large");
    expect(await code({ ...member, size: null }, 100)).toBe("too-large");
    expect(await code({ ...member, encrypted: true })).toBe("encrypted");
    expect(await code({ ...member, method: 12 })).toBe("unsupported-method");
    expect(await code({ ...member, size: 10 })).toBe("damaged");
    expect(await code({ ...member, headerOffset: 3 })).toBe("damaged");
  });

  it("go on after hundreds of damaged and abandoned zstd members", async () => {
    const good = writeZip({ members: [{ name: "a", bytes: filled(400_000, 3), method: "zstd" }] });
    const bad = Uint8Array.from(good);
    bad.fill(0x55, 60, 400);
    const [member] = await readDirectory(bytesSource(good));
    if (member === undefined) throw new Error("no member");
    for (let round = 0; round < 300; round += 1) {
      await expect(contents(bad, [member])).rejects.toMatchObject({ code: "damaged" });
      for await (const piece of readMember(bytesSource(good), member)) {
        expect(piece.length).toBeGreaterThan(0);
        break;
      }
    }
    expect(await contents(good, [member])).toEqual([["a", Buffer.from(filled(400_000, 3)).toString("base64")]]);
  });
});

describe("byte sources", () => {
  it("read the same with and without read-ahead", async () => {
    const bytes = filled(5000, 9);
    const ahead = readAhead(bytesSource(bytes), 256);
    await fc.assert(
      fc.asyncProperty(fc.nat(5200), fc.nat(600), async (offset, length) => {
        expect(Buffer.from(await ahead.read(offset, length))).toEqual(
          Buffer.from(bytes.subarray(offset, offset + length)),
        );
      }),
    );
    const parts: Uint8Array[] = [];
    for await (const piece of piecesOf(bytesSource(bytes), 10, 4000, 333)) parts.push(piece);
    expect(Buffer.concat(parts)).toEqual(Buffer.from(bytes.subarray(10, 4000)));
  });
});
