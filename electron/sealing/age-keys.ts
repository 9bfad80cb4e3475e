import { bech32 } from "@scure/base";
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption";
import { SealingError } from "./errors.ts";
import { fingerprint, type Fingerprint } from "./fingerprint.ts";

/** X25519 keys, or hybrid ones (ML-KEM-768 with X25519). One file is never encrypted to both kinds. */
export type AgeKeyKind = "classic" | "post-quantum";

export interface AgeRecipient {
  /** The public key as text, `age1…` or `age1pq1…`. */
  readonly key: string;
  readonly kind: AgeKeyKind;
  readonly fingerprint: Fingerprint;
  readonly name: string | null;
}

export interface AgeIdentity {
  /** The secret key as text: the age library takes nothing else, so this copy cannot be wiped. Keep it short-lived. */
  readonly secret: string;
  readonly recipient: AgeRecipient;
}

interface Shape {
  readonly kind: AgeKeyKind;
  readonly prefix: string;
  readonly bytes: number;
}
const recipientShapes: readonly Shape[] = [
  { kind: "post-quantum", prefix: "age1pq", bytes: 1216 },
  { kind: "classic", prefix: "age", bytes: 32 },
];
const identityShapes: readonly Shape[] = [
  { kind: "post-quantum", prefix: "age-secret-key-pq-", bytes: 32 },
  { kind: "classic", prefix: "age-secret-key-", bytes: 32 },
];

type Bech32Fault = "characters" | "mixed-case" | "prefix" | "checksum" | "length";

function decodeBech32(text: string, shapes: readonly Shape[]): Shape | Bech32Fault {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return "mixed-case";
  const shape = shapes.find(({ prefix }) => lower.startsWith(`${prefix}1`));
  if (shape === undefined) return "prefix";
  if (!/^[023456789acdefghjklmnpqrstuvwxyz]+$/.test(lower.slice(shape.prefix.length + 1))) return "characters";
  const decoded = bech32.decodeUnsafe(lower, false);
  if (decoded === undefined) return "checksum";
  const bytes = bech32.fromWordsUnsafe(decoded.words);
  return bytes?.length === shape.bytes ? shape : "length";
}

const faultWords: Record<Bech32Fault, string> = {
  characters: "it has characters that a key never has",
  "mixed-case": "it mixes capital and small letters",
  prefix: "it does not begin as a key does",
  checksum: "its checksum is wrong, so at least one character is",
  length: "it has the wrong length",
};

/** Where a recipient stands in the caller's list, so that an error can say which one is meant. */
export interface RecipientPlace {
  readonly index: number;
  readonly name?: string | null | undefined;
}

const placeWords = ({ index, name }: RecipientPlace): string =>
  name === undefined || name === null || name === "" ? `Recipient ${String(index + 1)}` : `Recipient "${name}"`;

const placeParams = ({ index, name }: RecipientPlace): Record<string, string | number> => ({
  index,
  ...(name === undefined || name === null ? {} : { name }),
});

/** SSH keys, and the `age1NAME1…` keys of plugins and hardware tags. */
function isOtherRecipientType(key: string): boolean {
  if (/^ssh-(ed25519|rsa) /.test(key)) return true;
  const decoded = bech32.decodeUnsafe(key, false);
  return decoded?.prefix.startsWith("age1") === true && decoded.prefix !== "age1pq";
}

/**
 * Reads one age public key: X25519 (`age1…`) or hybrid post-quantum (`age1pq1…`).
 * @throws SealingError `recipient-malformed` with the reason (which bech32 check failed), `recipient-unsupported` for
 * SSH keys, plugins and hardware tags
 */
export function parseRecipient(text: string, place: RecipientPlace = { index: 0 }): AgeRecipient {
  const key = text.trim();
  if (isOtherRecipientType(key)) {
    const message = `${placeWords(place)} is a kind of key that reports are not sealed to. Ask for an age1… or age1pq1… key.`;
    throw new SealingError("recipient-unsupported", message, placeParams(place));
  }
  const decoded = key === key.toLowerCase() ? decodeBech32(key, recipientShapes) : "mixed-case";
  if (typeof decoded === "string") {
    const message = `${placeWords(place)} is no age public key: ${faultWords[decoded]}. Compare it with its owner's copy.`;
    throw new SealingError("recipient-malformed", message, { ...placeParams(place), reason: decoded });
  }
  return { key, kind: decoded.kind, fingerprint: fingerprint(key), name: place.name ?? null };
}

/**
 * Reads a whole list of recipients with the guards that the age library does not give.
 * @throws SealingError `recipients-empty`, `recipient-malformed`, `recipient-unsupported`, `recipient-duplicate`,
 * `recipients-mixed`
 */
export function parseRecipients(
  list: readonly { readonly key: string; readonly name?: string | null | undefined }[],
): AgeRecipient[] {
  if (list.length === 0) {
    throw new SealingError("recipients-empty", "No recipient was chosen. A file sealed to nobody opens for nobody.");
  }
  const seen = new Map<string, number>();
  const recipients = list.map(({ key, name }, index) => {
    const recipient = parseRecipient(key, { index, name });
    const earlier = seen.get(recipient.key);
    if (earlier !== undefined) {
      const message = `${placeWords({ index, name })} has the same key as recipient ${String(earlier + 1)}. Name each key once.`;
      throw new SealingError("recipient-duplicate", message, { ...placeParams({ index, name }), earlier });
    }
    seen.set(recipient.key, index);
    return recipient;
  });
  const odd = recipients.findIndex(({ kind }) => kind !== recipients[0]?.kind);
  if (odd !== -1) {
    const place = { index: odd, name: list[odd]?.name };
    const message = `${placeWords(place)} has another kind of key than the first. Seal once for classic and once for post-quantum keys: together, the weaker kind would decide.`;
    throw new SealingError("recipients-mixed", message, placeParams(place));
  }
  return recipients;
}

function identityLine(line: string, number: number): string {
  if (/^AGE-PLUGIN-/i.test(line) || line.startsWith("-----BEGIN OPENSSH") || line.startsWith("-----BEGIN RSA")) {
    const message = `Line ${String(number)} of the key file is a kind of key that cannot be used here. Use an AGE-SECRET-KEY-1… key.`;
    throw new SealingError("identity-unsupported", message, { line: number });
  }
  const decoded = line === line.toUpperCase() ? decodeBech32(line, identityShapes) : "mixed-case";
  if (typeof decoded === "string") {
    const message = `Line ${String(number)} of the key file is no age secret key: ${faultWords[decoded]}.`;
    throw new SealingError("identity-malformed", message, { line: number, reason: decoded });
  }
  return line;
}

function identityText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new SealingError("identity-malformed", "The key file is not text.", { line: 0, reason: "characters" });
  }
}

/**
 * Reads an age key file, as `age-keygen` writes it (`#` comments, blank lines, one secret key a line), or one bare key.
 * @throws SealingError `identity-malformed` (with the line number, never its content), `identity-unsupported`,
 * `identity-encrypted`, `identities-empty`
 */
export async function parseIdentities(keyFile: Uint8Array): Promise<AgeIdentity[]> {
  const text = identityText(keyFile);
  if (text.startsWith("age-encryption.org/") || text.trimStart().startsWith("-----BEGIN AGE ENCRYPTED FILE")) {
    const message = "The key file is itself encrypted. Decrypt it with age first, then use the result.";
    throw new SealingError("identity-encrypted", message);
  }
  const lines = text.split(/\r?\n/).map((line, at) => ({ line: line.trim(), number: at + 1 }));
  const secrets = lines
    .filter(({ line }) => line !== "" && !line.startsWith("#"))
    .map(({ line, number }) => identityLine(line, number));
  if (secrets.length === 0) {
    throw new SealingError(
      "identities-empty",
      "The key file holds no secret key. Choose the file that age-keygen wrote.",
    );
  }
  return Promise.all(
    secrets.map(async (secret) => ({ secret, recipient: parseRecipient(await identityToRecipient(secret)) })),
  );
}

/**
 * Makes a new age key pair. `keyFile` has the bytes of a key file in the form of `age-keygen`; the caller stores them
 * where secrets are kept and wipes them.
 */
export async function generateIdentity(
  kind: AgeKeyKind,
  at: Date,
): Promise<{ keyFile: Uint8Array; recipient: AgeRecipient }> {
  const secret = await (kind === "classic" ? generateX25519Identity() : generateHybridIdentity());
  const key = await identityToRecipient(secret);
  const text = `# created: ${at.toISOString()}\n# public key: ${key}\n${secret}\n`;
  return { keyFile: new TextEncoder().encode(text), recipient: parseRecipient(key) };
}
