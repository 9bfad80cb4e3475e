import { appendFileSync } from "node:fs";
import { createVault, verifyVault } from "../../../electron/vault/index.ts";
import { KeyRing, memberKeyPairs } from "../../../electron/vault/keys.ts";
import { openVaultWith } from "../../../electron/vault/open-vault.ts";
import { countedRandom, founderPassphrase, inPieces, noise, quickKdf, utf8 } from "./small-vault.ts";

/**
 * A process that writes to a vault until it is killed, and says on standard output what it was told is committed.
 * Arguments: "write" PATH MEMBER SEED, or "create" PATH, or "hold" PATH MEMBER SEED.
 */

const [, , mode = "", path = "", member = "", seed = ""] = process.argv;

const say = (line: string): void => {
  // Straight to the pipe: a line that is out was committed before.
  appendFileSync(1, `${line}\n`);
};

function open(): ReturnType<typeof openVaultWith> {
  const random = countedRandom(seed);
  return openVaultWith(path, {
    memberId: member,
    keys: new KeyRing(memberKeyPairs(random(32), random(32)).secrets),
  });
}

async function write(): Promise<void> {
  const vault = open();
  say(`size ${String(vault.size)}`);
  for (let round = 0; ; round += 1) {
    const { lastSeq } = vault.append([utf8(`seq ${String(vault.size)}`)]);
    say(`seq ${String(lastSeq)}`);
    if (round % 5 === 1) {
      const blob = await vault.stageBlob(inPieces(noise(30_000 + round, String(round))));
      const receipt = vault.append([utf8(`blob ${blob.id} ${blob.sha256}`)], { blobs: [blob] });
      say(`seq ${String(receipt.lastSeq)}`);
    }
    if (round % 7 === 3) vault.saveSnapshot([{ name: "overview", bytes: noise(5000, String(round)) }]);
    if (round % 60 === 40) {
      // Larger than what is held in memory: chunks are written before the commit that names them.
      const blob = await vault.stageBlob(inPieces(noise(12_000_000, "large"), 1_000_000));
      const receipt = vault.append([utf8(`blob ${blob.id} ${blob.sha256}`)], { blobs: [blob] });
      say(`seq ${String(receipt.lastSeq)}`);
    }
  }
}

async function create(): Promise<void> {
  const vault = await createVault(path, {
    label: "Made and killed",
    founder: { label: "Lead A", name: "Ada", passphrase: founderPassphrase, kdf: quickKdf },
    firstEntries: () => [utf8("first")],
  });
  say("created");
  vault.close();
  say(`closed ${String((await verifyVault(path)).ok)}`);
}

if (mode === "write") await write();
else if (mode === "create") await create();
else {
  const vault = open();
  say(`held ${String(vault.size)}`);
  setInterval(() => vault.size, 1000);
}
