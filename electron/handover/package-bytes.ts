import { fromHex, pack } from "../vault/canonical.ts";
import { joinBytes } from "../sealing/byte-reader.ts";
import { packTar } from "../sealing/tar.ts";
import { signaturePath } from "./manifest.ts";

/**
 * How a package is laid out: a tar archive whose last member signs every byte before it. The last 2,048 bytes (that
 * member's header, its 64 bytes padded, and the end of the archive) follow from the signature, so nothing is left that
 * could be changed unseen.
 */

const blockBytes = 512;
/** Two empty blocks. */
export const endBytes = 2 * blockBytes;
export const tailBytes = 2 * blockBytes + endBytes;

const domain = "evalvault/handover-package/v1";

/** What the sender signs: the package's id and the SHA-256 of all of the archive before the signature's own member. */
export function packageBytes(id: string, bodySha256: Uint8Array): Uint8Array {
  return pack(domain, fromHex(id), bodySha256);
}

/** The end of the archive that holds this signature. */
export async function tailOf(signature: Uint8Array, at: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of packTar([{ path: signaturePath, bytes: signature }], new Date(at))) parts.push(part);
  return joinBytes(parts);
}

/** Passes a stream on but for its last `count` bytes, which `withheld` then gives; fewer where there are fewer. */
export function withholdEnd(
  source: AsyncIterable<Uint8Array>,
  count: number,
): { readonly body: AsyncIterable<Uint8Array>; readonly withheld: () => Uint8Array } {
  let held: Uint8Array = new Uint8Array(0);
  async function* body(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      const all = held.length === 0 ? chunk : joinBytes([held, chunk]);
      const given = Math.max(0, all.length - count);
      // A copy: the source may use its buffer again.
      held = all.slice(given);
      if (given > 0) yield all.subarray(0, given);
    }
  }
  return { body: body(), withheld: () => held };
}
