import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

import { pack } from "./canonical.ts";
import { throwIfCancelled, VaultError } from "./errors.ts";
import { blake2b, wipe } from "./sodium.ts";
import type { KdfCost } from "./vault-types.ts";

/** What a new slot gets: 3 passes over 256 MiB, about a second. */
export const defaultKdf: KdfCost = { ops: 3, memory: 256 * 1024 * 1024 };
/** The least that is ever accepted, at creation and at opening: RFC 9106's second recommendation. */
export const leastKdf: KdfCost = { ops: 3, memory: 64 * 1024 * 1024 };
/** The most that is accepted: a hostile file cannot ask for all memory or for hours. */
export const mostKdf: KdfCost = { ops: 16, memory: 1024 * 1024 * 1024 };

/** Salt of Argon2id, in bytes. */
export const saltLength = 16;

/** @throws VaultError "kdf-refused" where the cost is below the floor or above the cap. */
export function checkKdf(cost: KdfCost): void {
  const within = (value: number, least: number, most: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most;
  if (
    !within(cost.memory, leastKdf.memory, mostKdf.memory) ||
    !within(cost.ops, leastKdf.ops, mostKdf.ops) ||
    cost.memory % 1024 !== 0
  ) {
    throw new VaultError(
      "kdf-refused",
      `The passphrase protection (${String(cost.memory)} bytes, ${String(cost.ops)} passes) is outside what is accepted (64 MiB to 1 GiB, 3 to 16 passes). Do not trust this file, or choose other settings.`,
      { memory: cost.memory, ops: cost.ops },
    );
  }
}

/** What a person opens a slot with. `keyFile` holds the bytes of the key file where the slot has one. */
export interface Secret {
  readonly passphrase: Uint8Array;
  readonly keyFile?: Uint8Array | undefined;
}

/**
 * The 32-byte key that wraps a slot: Argon2id (RFC 9106, version 0x13, one lane) of the passphrase in a worker of its
 * own, then BLAKE2b-256 keyed with it over the key file's BLAKE2b-512, or over nothing.
 * @throws VaultError "kdf-refused", "cancelled", "io".
 */
export async function deriveSlotKey(
  secret: Secret,
  salt: Uint8Array,
  cost: KdfCost,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  checkKdf(cost);
  throwIfCancelled(signal);
  const stretched = await argon2id(secret.passphrase, salt, cost, signal);
  const file = secret.keyFile === undefined ? null : blake2b(64, secret.keyFile);
  const key = blake2b(32, pack("evalvault/1/slot-key", file), stretched);
  wipe(stretched, ...(file === null ? [] : [file]));
  return key;
}

/** Beside the running file: as source it is TypeScript, in a bundle it stands beside it or one folder up. */
function workerFile(): string {
  const candidates = import.meta.url.endsWith(".ts")
    ? ["./argon2.worker.ts"]
    : ["./argon2.worker.js", "../argon2.worker.js"];
  for (const name of candidates) {
    const file = fileURLToPath(new URL(name, import.meta.url));
    if (existsSync(file)) return file;
  }
  throw new VaultError("io", "The worker that derives keys is not installed. Install EvalVault again.");
}

function argon2id(
  passphrase: Uint8Array,
  salt: Uint8Array,
  cost: KdfCost,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile());
    const settle = (finish: () => void): void => {
      signal?.removeEventListener("abort", cancel);
      worker.removeAllListeners();
      void worker.terminate();
      finish();
    };
    const cancel = (): void => {
      settle(() => {
        reject(new VaultError("cancelled", "The operation was cancelled."));
      });
    };
    signal?.addEventListener("abort", cancel, { once: true });
    worker.once("message", (answer: unknown) => {
      settle(() => {
        if (answer instanceof Uint8Array && answer.length === 32) resolve(answer);
        else
          reject(
            new VaultError("io", "Deriving the key failed: not enough memory. Close other programs and try again."),
          );
      });
    });
    worker.once("error", (error) => {
      settle(() => {
        reject(new VaultError("io", "Deriving the key failed. Close other programs and try again.", {}, error));
      });
    });
    const copy = Uint8Array.from(passphrase);
    worker.postMessage({ passphrase: copy, salt: Uint8Array.from(salt), cost }, [copy.buffer]);
  });
}
