import { createHash } from "node:crypto";
import { encryptStream } from "../sealing/age.ts";
import { packTar, type MemberSource } from "../sealing/tar.ts";
import { blobPath, encodeManifest, manifestLimit, manifestPath, type Manifest } from "./manifest.ts";
import { HandoverError } from "./errors.ts";
import { endBytes, packageBytes, tailOf, withholdEnd } from "./package-bytes.ts";

/** What goes into a package. */
export interface PackageContents {
  readonly manifest: Manifest;
  /** A kept file from its start, by its SHA-256. */
  readonly blob: (sha256: string) => AsyncIterable<Uint8Array>;
  /** Ed25519 signature of the sender, 64 bytes. */
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

async function* archive(contents: PackageContents, manifestBytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const { manifest, blob, sign } = contents;
  const members: MemberSource[] = [
    { path: manifestPath, bytes: manifestBytes },
    ...manifest.blobs.map(({ sha256, size }) => ({ path: blobPath(sha256), size, open: () => blob(sha256) })),
  ];
  const hash = createHash("sha256");
  const { body } = withholdEnd(packTar(members, new Date(manifest.at)), endBytes);
  for await (const chunk of body) {
    hash.update(chunk);
    yield chunk;
  }
  const signature = sign(packageBytes(manifest.id, new Uint8Array(hash.digest())));
  yield await tailOf(signature, manifest.at);
}

/**
 * The package, encrypted to its recipient as it is made: nothing of it is on a disk in the clear.
 * @throws HandoverError `package-invalid` where the events are too many for one package; SealingError as `encryptStream`
 */
export async function* writePackage(contents: PackageContents): AsyncGenerator<Uint8Array> {
  const manifestBytes = encodeManifest(contents.manifest);
  if (manifestBytes.length > manifestLimit) {
    throw new HandoverError("package-invalid", "These runs are too many for one package. Hand over fewer at a time.");
  }
  const recipients = [{ key: contents.manifest.recipient.key }];
  yield* encryptStream(archive(contents, manifestBytes), { recipients });
}
