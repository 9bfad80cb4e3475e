import type { Claim, OriginEntry } from "../contract/handover-package.ts";
import { fromHex, pack } from "../vault/canonical.ts";
import { sha256, verifyDetached } from "../vault/sodium.ts";
import { canonicalJson } from "./canonical-json.ts";

const domain = "evalvault/handover-event/v1";
const utf8 = new TextEncoder();

/** SHA-256 of an event's canonical JSON, 32 bytes. */
export function eventDigest(event: unknown): Uint8Array {
  return sha256(utf8.encode(canonicalJson(event)));
}

/** An event at its place in its own vault, as it is signed. */
export interface SignedPlace {
  readonly vaultId: string;
  readonly entry: Pick<OriginEntry, "seq" | "leaf">;
  readonly claim: Pick<Claim, "index" | "stamp" | "author">;
}

/**
 * What is signed of one event: where it stands (vault, entry, place in the entry, leaf hash of the entry's ciphertext),
 * its logical time, whose it is, and what it says.
 */
export function eventBytes({ vaultId, entry, claim }: SignedPlace, event: unknown): Uint8Array {
  return pack(
    domain,
    fromHex(vaultId),
    entry.seq,
    claim.index,
    fromHex(entry.leaf),
    claim.stamp,
    fromHex(claim.author),
    eventDigest(event),
  );
}

/** Whether the claim's signer signed this event at this place. */
export function claimHolds(place: SignedPlace & { readonly claim: Claim }, event: unknown): boolean {
  const { signature, signer } = place.claim;
  const bytes = new Uint8Array(Buffer.from(signature, "base64"));
  return verifyDetached(bytes, eventBytes(place, event), fromHex(signer));
}
