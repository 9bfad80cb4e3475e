import { parentPort } from "node:worker_threads";

import sodium from "libsodium-wrappers-sumo";

// A thread of its own, ended after one key: WebAssembly memory that has grown to 256 MiB is never given back otherwise.
interface Request {
  readonly passphrase: Uint8Array;
  readonly salt: Uint8Array;
  readonly cost: { readonly ops: number; readonly memory: number };
}

function derive(request: Request): Uint8Array | null {
  try {
    return sodium.crypto_pwhash(
      32,
      request.passphrase,
      request.salt,
      request.cost.ops,
      request.cost.memory,
      sodium.crypto_pwhash_ALG_ARGON2ID13,
    );
  } catch {
    return null;
  } finally {
    sodium.memzero(request.passphrase);
  }
}

parentPort?.once("message", (request: Request) => {
  void sodium.ready.then(() => {
    parentPort?.postMessage(derive(request));
  });
});
