import { z } from "zod";
import type { HandoverCard, KeyFingerprint } from "../contract/handover.ts";
import { hex32Schema, memberIdSchema } from "../contract/handover-package.ts";
import { memberRoleSchema } from "../contract/values.ts";
import { parseRecipient } from "../sealing/age-keys.ts";
import { fingerprint } from "../sealing/fingerprint.ts";
import { fromHex, pack } from "../vault/canonical.ts";
import { verifyDetached } from "../vault/sodium.ts";
import { HandoverError } from "./errors.ts";

const form = "evalvault-card/1";
const sizeLimit = 16 * 1024;
const domain = "evalvault/handover-card/v1";

const cardFileSchema = z.strictObject({
  form: z.literal(form),
  name: z.string().min(1).max(200),
  role: memberRoleSchema,
  vaultId: hex32Schema,
  vaultLabel: z.string().min(1).max(200),
  memberId: memberIdSchema,
  /** Ed25519, hex. */
  key: hex32Schema,
  /** age public key (X25519). */
  recipient: z.string().max(100),
  /** Of the key, over everything above. */
  signature: z.base64().length(88),
});
type CardFile = z.infer<typeof cardFileSchema>;
export type CardFacts = Omit<CardFile, "form" | "signature">;

/** Fingerprint of a member's signature key: `printf %s ed25519:HEX | sha256sum | cut -c1-32`, and as words. */
export function keyFingerprint(key: string): KeyFingerprint {
  const { keyId, hex, words } = fingerprint(`ed25519:${key}`);
  return { id: keyId, hex, words };
}

function signedBytes(card: CardFacts): Uint8Array {
  const { vaultId, memberId, key, recipient, name, role, vaultLabel } = card;
  return pack(domain, fromHex(vaultId), fromHex(memberId), fromHex(key), recipient, name, role, vaultLabel);
}

function shown(card: CardFacts): HandoverCard {
  const { name, role, vaultId, vaultLabel, memberId, key, recipient } = card;
  return { name, role, vaultId, vaultLabel, memberId, key, recipient, fingerprint: keyFingerprint(key) };
}

/** Makes a card: what is shown of it, and its file. `sign` is the member's Ed25519 signature. */
export function makeCard(
  facts: CardFacts,
  sign: (bytes: Uint8Array) => Uint8Array,
): { card: HandoverCard; file: Uint8Array } {
  const signature = Buffer.from(sign(signedBytes(facts))).toString("base64");
  const text = JSON.stringify({ form, ...facts, signature }, null, 2);
  return { card: shown(facts), file: new TextEncoder().encode(`${text}\n`) };
}

function cardInvalid(why: string): HandoverError {
  return new HandoverError("card-invalid", `The hand-over card cannot be used: ${why}.`);
}

function parse(file: Uint8Array): CardFile {
  if (file.length > sizeLimit) throw cardInvalid("it is too large");
  try {
    return cardFileSchema.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(file)));
  } catch {
    throw cardInvalid("it is no card of this form");
  }
}

/**
 * Reads a card and checks that its key signed all of it, the age key too: who compares the fingerprint of the one has
 * compared both.
 * @throws HandoverError `card-invalid`
 */
export function readCard(file: Uint8Array): HandoverCard {
  const card = parse(file);
  const signature = new Uint8Array(Buffer.from(card.signature, "base64"));
  if (!verifyDetached(signature, signedBytes(card), fromHex(card.key))) {
    throw cardInvalid("its signature is wrong, so something in it was changed");
  }
  try {
    if (parseRecipient(card.recipient).kind !== "classic") throw cardInvalid("its encryption key is of another kind");
  } catch {
    throw cardInvalid("its encryption key is no age key");
  }
  return shown(card);
}
