import { createReadStream } from "node:fs";
import { armor, Decrypter, Encrypter } from "age-encryption";
import sodium from "libsodium-wrappers-sumo";
import { AgreementIdentity, type KeyAgreement } from "./age-agreement.ts";
import { ByteReader, joinBytes, singleChunk } from "./byte-reader.ts";
import { parseIdentities, parseRecipients, type AgeRecipient } from "./age-keys.ts";
import { decryptPayload, encryptPayload } from "./age-stream.ts";
import { asReadError, SealingError, throwIfCancelled } from "./errors.ts";
import { writeNewFile } from "./new-file.ts";

/** To whom a file is encrypted: a list of recipients of one kind, or one passphrase (UTF-8 bytes), never both. */
export type SealTo =
  | { readonly recipients: readonly { readonly key: string; readonly name?: string | null | undefined }[] }
  | { readonly passphrase: Uint8Array };

/**
 * What a file is opened with: the bytes of age key files, or a passphrase (UTF-8 bytes), which the caller wipes; or a
 * key whose secret half stays elsewhere.
 */
export type OpenWith =
  | { readonly identities: readonly Uint8Array[] }
  | { readonly passphrase: Uint8Array }
  | { readonly agreement: KeyAgreement };

export interface Progress {
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes handled so far. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** age's own default cost: 2^18 scrypt iterations, about a second. */
const defaultScryptWorkFactor = 18;
const fileKeyBytes = 16;
const payloadNonceBytes = 16;
/** Room for a header of more than a thousand post-quantum recipients. */
const headerLimit = 4 * 1024 * 1024;
const armoredLimit = 256 * 1024 * 1024;
const newline = 0x0a;

function passphraseText(passphrase: Uint8Array): string {
  if (passphrase.length === 0) throw new SealingError("passphrase-empty", "The passphrase is empty. Type one.");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(passphrase);
  } catch {
    throw new SealingError("passphrase-empty", "The passphrase is not valid UTF-8 text. Type it again.");
  }
}

/** The header is the part of a library-made empty file before its payload of a nonce and one empty chunk. */
function headerOf(emptyFile: Uint8Array): Uint8Array {
  return emptyFile.slice(0, emptyFile.length - payloadNonceBytes - 16);
}

async function recipientsHeader(
  recipients: readonly AgeRecipient[],
): Promise<{ header: Uint8Array; fileKey: Uint8Array }> {
  const encrypter = new Encrypter();
  for (const { key } of recipients) encrypter.addRecipient(key);
  const fileKey = new Uint8Array(fileKeyBytes);
  // A recipient that adds nothing to the header, and takes the file key that the library made for it.
  encrypter.addRecipient({
    wrapFileKey: (key) => {
      fileKey.set(key);
      return [];
    },
  });
  return { header: headerOf(await encrypter.encrypt(new Uint8Array(0))), fileKey };
}

async function passphraseHeader(
  passphrase: Uint8Array,
  workFactor: number,
): Promise<{ header: Uint8Array; fileKey: Uint8Array }> {
  const text = passphraseText(passphrase);
  const encrypter = new Encrypter();
  encrypter.setPassphrase(text);
  encrypter.setScryptWorkFactor(workFactor);
  const header = headerOf(await encrypter.encrypt(new Uint8Array(0)));
  const decrypter = new Decrypter();
  decrypter.addPassphrase(text);
  return { header, fileKey: await decrypter.decryptHeader(header) };
}

/** A public key of small order passes every check of its text and fails only when it is used; name it then. */
async function refuseUnusableRecipients(recipients: readonly AgeRecipient[]): Promise<void> {
  for (const [index, { key, name }] of recipients.entries()) {
    const encrypter = new Encrypter();
    encrypter.addRecipient(key);
    try {
      await encrypter.encrypt(new Uint8Array(0));
    } catch (error) {
      const words = name ?? String(index + 1);
      const message = `Recipient ${words} has a key that nothing can be encrypted to. Ask its owner for a new one.`;
      throw new SealingError("recipient-malformed", message, { index, reason: "unusable" }, error);
    }
  }
}

async function makeHeader(to: SealTo, workFactor: number): Promise<{ header: Uint8Array; fileKey: Uint8Array }> {
  if ("passphrase" in to && "recipients" in to) {
    const message = "A file is sealed to recipients or to a passphrase, not to both. Choose one.";
    throw new SealingError("recipients-with-passphrase", message);
  }
  if ("passphrase" in to) return passphraseHeader(to.passphrase, workFactor);
  const recipients = parseRecipients(to.recipients);
  await refuseUnusableRecipients(recipients);
  return recipientsHeader(recipients);
}

/**
 * Encrypts a stream as a binary age v1 file.
 * @param scryptWorkFactor log2 of the scrypt cost; only for a passphrase
 * @throws SealingError any `recipient…` code, `recipients-with-passphrase`, `passphrase-empty`; before the first byte
 */
export async function* encryptStream(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  to: SealTo,
  scryptWorkFactor = defaultScryptWorkFactor,
): AsyncGenerator<Uint8Array> {
  const { header, fileKey } = await makeHeader(to, scryptWorkFactor);
  try {
    yield header;
    yield* encryptPayload(fileKey, source);
  } finally {
    fileKey.fill(0);
  }
}

/** Encrypts bytes in memory; see {@link encryptStream}. */
export async function encryptBytes(
  bytes: Uint8Array,
  to: SealTo,
  scryptWorkFactor = defaultScryptWorkFactor,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of encryptStream([bytes], to, scryptWorkFactor)) parts.push(part);
  return joinBytes(parts);
}

async function decrypterFor(keys: OpenWith): Promise<Decrypter> {
  const decrypter = new Decrypter();
  if ("passphrase" in keys) {
    decrypter.addPassphrase(passphraseText(keys.passphrase));
    return decrypter;
  }
  if ("agreement" in keys) {
    decrypter.addIdentity(new AgreementIdentity(keys.agreement));
    return decrypter;
  }
  const identities = (await Promise.all(keys.identities.map(parseIdentities))).flat();
  if (identities.length === 0) {
    throw new SealingError("identities-empty", "No secret key was given. Choose a key file.");
  }
  for (const { secret } of identities) decrypter.addIdentity(secret);
  return decrypter;
}

/** The library's errors are plain words; these are the two that mean something else than damage. */
function headerError(error: unknown): SealingError {
  const words = error instanceof Error ? error.message : "";
  if (words === "no identity matched any of the file's recipients") {
    const message = "This key or passphrase does not open the file. Use the key that it was sealed to.";
    return new SealingError("no-matching-key", message);
  }
  if (words === "scrypt work factor is too high") {
    const message = "The file asks for more work than is safe to do (scrypt over 2^20). Ask for it sealed again.";
    return new SealingError("work-factor-too-high", message);
  }
  return new SealingError("file-damaged", "The head of the encrypted file was changed or damaged. Ask for it again.");
}

/** Bytes from the start to the end of the line that begins with `---`, which ends an age header. */
async function readHeader(reader: ByteReader): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const line = await reader.readThrough(newline, headerLimit - total);
    if (line === null) throw headerError(undefined);
    total += line.length;
    parts.push(line);
    if (line[0] === 0x2d && line[1] === 0x2d && line[2] === 0x2d) return joinBytes(parts);
  }
}

const begins = (bytes: Uint8Array, text: string): boolean => Buffer.from(bytes).toString("latin1").startsWith(text);

async function decodeArmor(reader: ByteReader): Promise<ByteReader> {
  const bytes = await reader.readAll(armoredLimit);
  if (bytes === null) {
    const message = "The armored file is too large. Ask for it as a binary age file.";
    throw new SealingError("file-too-large", message, { limit: armoredLimit });
  }
  try {
    return new ByteReader(singleChunk(armor.decode(new TextDecoder("utf-8", { fatal: true }).decode(bytes))));
  } catch {
    throw new SealingError("file-damaged", "The armored file was changed or damaged. Ask for it again.");
  }
}

async function openHeader(decrypter: Decrypter, header: Uint8Array): Promise<Uint8Array> {
  try {
    return await decrypter.decryptHeader(header);
  } catch (error) {
    throw headerError(error);
  }
}

/** The same reader for a binary file, or one of the bytes that an armored file stands for. */
async function binaryReader(reader: ByteReader): Promise<ByteReader> {
  const start = await reader.peek(64);
  if (begins(start, "age-encryption.org/")) return reader;
  const text = Buffer.from(start).toString("latin1").trimStart();
  if (text === "" && start.length > 0) return decodeArmor(reader);
  if (text.startsWith("-----BEGIN AGE")) return decodeArmor(reader);
  throw new SealingError("not-an-age-file", "This is no age file. Choose the .age file that was sent.");
}

/**
 * Decrypts chunk by chunk. What it yields is authenticated up to there, **but the file may still prove to be cut short
 * or changed further on**: give nothing of it to anyone before it has returned.
 */
export async function* decryptUnfinished(
  source: AsyncIterable<Uint8Array>,
  keys: OpenWith,
): AsyncGenerator<Uint8Array> {
  await sodium.ready;
  const decrypter = await decrypterFor(keys);
  const input = new ByteReader(source);
  try {
    const reader = await binaryReader(input);
    const fileKey = await openHeader(decrypter, await readHeader(reader));
    try {
      yield* decryptPayload(fileKey, await reader.read(payloadNonceBytes), reader.rest());
    } finally {
      sodium.memzero(fileKey);
    }
  } finally {
    await input.close();
  }
}

async function* counted(source: AsyncIterable<Uint8Array>, progress: Progress): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    throwIfCancelled(progress.signal);
    bytes += chunk.length;
    progress.onBytes?.(bytes);
    yield chunk;
  }
}

/**
 * Decrypts an age file (binary or armored) into memory; returns only when the whole of it was authenticated.
 * @param limit the largest plaintext that is accepted, in bytes
 * @throws SealingError `not-an-age-file`, `no-matching-key`, `file-damaged`, `file-too-large`, `work-factor-too-high`,
 * `cancelled`, and the codes of {@link parseIdentities}
 */
export async function decryptToMemory(
  source: AsyncIterable<Uint8Array>,
  keys: OpenWith,
  limit: number,
  progress: Progress = {},
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const part of counted(decryptUnfinished(source, keys), progress)) {
    total += part.length;
    if (total > limit) {
      const message =
        "The sealed content is larger than what may be opened in memory. Open it with the age tool instead.";
      throw new SealingError("file-too-large", message, { limit });
    }
    parts.push(part);
  }
  return joinBytes(parts);
}

/** Decrypts an age file held in memory; see {@link decryptToMemory}. */
export async function decryptBytes(file: Uint8Array, keys: OpenWith): Promise<Uint8Array> {
  return decryptToMemory(singleChunk(file), keys, file.length);
}

/** Reads a file in pieces; what cannot be read is one typed error. */
export async function* readFileChunks(path: string): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(path, { highWaterMark: 256 * 1024 });
  try {
    for await (const chunk of stream) {
      if (chunk instanceof Uint8Array) yield chunk;
    }
  } catch (error) {
    throw asReadError(error, "The sealed file");
  } finally {
    stream.destroy();
  }
}

/**
 * Decrypts a file of any size to a new file: it goes to a temporary file beside it, which gets its name only when the
 * whole was authenticated. After any failure there is no file. Never overwrites.
 * @throws SealingError as {@link decryptToMemory}, and `destination-exists`, `destination-missing`,
 * `destination-unwritable`, `disk-full`, `write-failed`
 */
export async function decryptFile(
  sourcePath: string,
  destinationPath: string,
  keys: OpenWith,
  progress: Progress = {},
): Promise<void> {
  const plain = counted(decryptUnfinished(readFileChunks(sourcePath), keys), progress);
  await writeNewFile(destinationPath, plain);
}
