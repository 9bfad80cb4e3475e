import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, describe, expect, it } from "vitest";
import { entryPlace } from "../../../electron/vault/associated-data.ts";
import { fromHex } from "../../../electron/vault/canonical.ts";
import { frame } from "../../../electron/vault/framing.ts";
import { VaultError, verifyVault, type OpenVault } from "../../../electron/vault/index.ts";
import { openCompartmentKey } from "../../../electron/vault/slots.ts";
import { aeadSeal } from "../../../electron/vault/sodium.ts";
import { memberKeyPairs } from "../../../electron/vault/keys.ts";
import { countedRandom, makeSmallVault, temporaryFolder, utf8 } from "./small-vault.ts";

/**
 * A member holds the compartment key and can write any ciphertext with a changed program. What it cannot do is sign for
 * another: an entry put in place of a signed one must not be read as the signer's word.
 */

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});

const forged = `{"type":"sign-off","by":"the lead"}`;

async function forgedVault(): Promise<{ path: string; open: () => OpenVault; seq: number }> {
  const path = join(folder.path, "insider.evault");
  const small = await makeSmallVault(path, { second: false, snapshot: false });
  const vault = small.open();
  const { firstSeq } = vault.append([utf8("one"), utf8("two"), utf8("three")]);
  vault.append([utf8("four")]);
  const vaultId = fromHex(vault.id);
  vault.close();
  const random = countedRandom(path);
  const { secrets, publicKeys } = memberKeyPairs(random(32), random(32));
  const database = new Database(path);
  const place = { vaultId, compartment: 1, epoch: 1 };
  const sealed: unknown = database.prepare("SELECT sealed FROM compartment_key").pluck().get();
  const keys = { x25519: publicKeys.x25519, box: secrets.box };
  const key = sealed instanceof Uint8Array ? openCompartmentKey(place, sealed, keys) : null;
  if (key === null) throw new Error("the compartment key does not open");
  const nonce = random(24);
  const ciphertext = aeadSeal(frame(utf8(forged), "to-64"), entryPlace(place, firstSeq), nonce, key);
  database.prepare("UPDATE entry SET nonce = ?, ciphertext = ? WHERE seq = ?").run(nonce, ciphertext, firstSeq);
  database.close();
  return { path, open: () => small.open(), seq: firstSeq };
}

/** All texts that a reading gave out before it ended, in whatever way. */
function given(read: () => Iterable<{ readonly plaintext: Uint8Array | null }>): { texts: string[]; ended: string } {
  const texts: string[] = [];
  try {
    for (const { plaintext } of read()) texts.push(Buffer.from(plaintext ?? []).toString("utf8"));
    return { texts, ended: "well" };
  } catch (error) {
    if (error instanceof VaultError) return { texts, ended: error.code };
    throw error;
  }
}

describe("an entry forged by a member under another's checkpoint", () => {
  it("is given out by no way of reading, and verify names it", async () => {
    const { path, open, seq } = await forgedVault();
    const ways: readonly ((vault: OpenVault) => Iterable<{ readonly plaintext: Uint8Array | null }>)[] = [
      (vault) => vault.entries(0),
      (vault) => vault.entries(seq),
      (vault) => vault.entries(seq, seq + 1),
      (vault) => vault.entries(seq - 1, seq + 2),
      (vault) => [vault.entry(seq)],
    ];
    for (const [index, way] of ways.entries()) {
      const vault = open();
      const { texts, ended } = given(() => way(vault));
      vault.close();
      expect(texts, `way ${String(index)}`).not.toContain(forged);
      expect(ended, `way ${String(index)}`).toBe("damaged");
    }
    const result = await verifyVault(path);
    expect(result.problems.map((problem) => problem.what).join("\n")).toMatch(/checkpoint/);
  });
});
