import { existsSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { inspectVault, VaultError, verifyVault, type OpenVault } from "../../../electron/vault/index.ts";
import { KeyRing, memberKeyPairs } from "../../../electron/vault/keys.ts";
import { openVaultWith } from "../../../electron/vault/open-vault.ts";
import { countedRandom, inPieces, noise, utf8 } from "./small-vault.ts";

/**
 * A process that does to a vault what it is told, a word a line on standard input, and answers each with a line: "ok",
 * the code of the vault's error, or what else went wrong. Its surroundings (user, limits, disk) are changed meanwhile.
 * Arguments: the vault's path, the member, the seed of their keys.
 */

const [, , path = "", memberId = "", seed = ""] = process.argv;
let vault: OpenVault | null = null;

function opened(): OpenVault {
  if (vault === null) throw new Error("not open");
  return vault;
}

const orders: Readonly<Record<string, () => unknown>> = {
  open: () => {
    const random = countedRandom(seed);
    vault = openVaultWith(path, { memberId, keys: new KeyRing(memberKeyPairs(random(32), random(32)).secrets) });
  },
  append: () => opened().append([utf8(`acknowledged ${String(opened().size)}`)]),
  "append much": () => opened().append([noise(60_000, String(opened().size))]),
  blob: async () => {
    const blob = await opened().stageBlob(inPieces(noise(9_000_000, "much"), 1_000_000));
    opened().append([utf8("with a blob")], { blobs: [blob] });
  },
  snapshot: () => {
    opened().saveSnapshot([{ name: "overview", bytes: noise(100_000, "snapshot") }]);
  },
  read: () => [...opened().entries(0)].length,
  close: () => {
    opened().close();
  },
  inspect: () => inspectVault(path).entries,
  verify: async () => {
    const { problems } = await verifyVault(path);
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
  },
  "has log": () => {
    if (!existsSync(`${path}-wal`)) throw new Error("no log");
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const order = orders[line];
  let answer: string;
  try {
    await order?.();
    answer = order === undefined ? "no such order" : "ok";
  } catch (error) {
    answer = error instanceof VaultError ? error.code : String(error);
  }
  writeSync(1, `${answer.replaceAll("\n", " ")}\n`);
}
