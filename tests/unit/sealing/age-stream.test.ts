import sodium from "libsodium-wrappers-sumo";
import { beforeAll, describe, expect, it } from "vitest";
import { decryptPayload, encryptPayload } from "../../../electron/sealing/age-stream.ts";
import { joinBytes, singleChunk } from "../../../electron/sealing/byte-reader.ts";
import {
  hasOpenSslCipher,
  openSslCipher,
  sodiumCipher,
  type ChunkCipher,
} from "../../../electron/sealing/chunk-cipher.ts";
import { failureOf } from "../../integration/sealing/sealing-fixture.ts";

const fileKey = Buffer.alloc(16, 3);
const chunk = 64 * 1024;

async function collect(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return joinBytes(parts);
}

/** The same bytes in pieces of uneven lengths. */
async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7 + 3) % 90_001) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
  }
}

const ciphers: [string, ChunkCipher][] = [["libsodium", sodiumCipher]];
if (hasOpenSslCipher) ciphers.push(["OpenSSL", openSslCipher]);
const pairs = ciphers.flatMap(([one, sealing]) => ciphers.map(([two, opening]) => ({ one, two, sealing, opening })));

beforeAll(() => sodium.ready);

describe("the age payload", () => {
  it.each(pairs)("sealed by $one opens by $two, at every size around a chunk", async ({ sealing, opening }) => {
    for (const size of [0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk - 1, 2 * chunk, 2 * chunk + 1, 300_000]) {
      const plain = Buffer.alloc(size, "abc");
      const sealed = await collect(encryptPayload(fileKey, pieces(plain), sealing));
      expect(sealed).toHaveLength(16 + size + 16 * Math.max(1, Math.ceil(size / chunk)));
      const nonce = sealed.subarray(0, 16);
      const opened = await collect(decryptPayload(fileKey, nonce, pieces(sealed.subarray(16)), opening));
      expect(Buffer.compare(opened, plain)).toBe(0);
    }
  });

  it.each(ciphers)("%s refuses every flipped bit, another key, another nonce and every cut", (_, cipher) => {
    const key = Buffer.alloc(32, 1);
    const nonce = Buffer.alloc(12, 2);
    const sealed = cipher.seal(Buffer.from("chunk"), nonce, key);
    expect(Buffer.from(cipher.open(sealed, nonce, key) ?? []).toString()).toBe("chunk");
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(cipher.open(changed, nonce, key)).toBe(null);
    }
    expect(cipher.open(sealed, nonce, Buffer.alloc(32, 3))).toBe(null);
    expect(cipher.open(sealed, Buffer.alloc(12, 3), key)).toBe(null);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(cipher.open(sealed.subarray(0, length), nonce, key)).toBe(null);
    }
  });

  it("is never the same twice", async () => {
    const plain = Buffer.from("same");
    const one = await collect(encryptPayload(fileKey, [plain]));
    expect(Buffer.compare(one, await collect(encryptPayload(fileKey, [plain])))).not.toBe(0);
  });

  it("is refused with a nonce that is too short", async () => {
    const failure = await failureOf(
      collect(decryptPayload(fileKey, new Uint8Array(15), singleChunk(new Uint8Array(16)))),
    );
    expect(failure.code).toBe("file-damaged");
  });
});
