import { writeSync } from "node:fs";
import { KeyRing, memberKeyPairs } from "../../../electron/vault/keys.ts";
import { openVaultWith } from "../../../electron/vault/open-vault.ts";
import { countedRandom } from "./small-vault.ts";

/** A process that holds a vault open until it is killed. Arguments: the vault's path, the member, the seed of their keys. */

const [, , path = "", memberId = "", seed = ""] = process.argv;
const random = countedRandom(seed);
const keys = new KeyRing(memberKeyPairs(random(32), random(32)).secrets);
const vault = openVaultWith(path, { memberId, keys });
writeSync(1, `held ${String(vault.size)}\n`);
setInterval(() => vault.size, 1000);
