import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { publicKeyLine, toMinisignPublicKey } from "../../../electron/sealing/minisign.ts";
import { openSealedReport } from "../../../electron/sealing/open.ts";
import { sealReport } from "../../../electron/sealing/seal.ts";
import { createVault, leastKdf } from "../../../electron/vault/index.ts";
import { makeReader, sealRequest, withFolder } from "./sealing-fixture.ts";

describe("a report sealed from a vault", () => {
  it("is signed by the member's own key, and carries a checkpoint that this key has signed", () =>
    withFolder(async (folder) => {
      const vault = await createVault(join(folder, "team.evault"), {
        label: "Team vault",
        founder: { label: "Lead A", name: "Ada", passphrase: Buffer.from("enclave gravel lantern"), kdf: leastKdf },
        firstEntries: () => [Buffer.from("{}")],
      });
      vault.append([Buffer.from('{"type":"report.frozen"}')]);
      const reader = await makeReader();
      const { publicKey, memberId, checkpoint } = vault;
      const signer = { memberId, name: "Ada", publicKey, sign: (bytes: Uint8Array) => vault.sign(bytes) };
      const path = join(folder, "EV.sealed");
      const request = await sealRequest(path, [{ key: reader.key }], [signer]);
      await sealReport({ ...request, checkpointNote: Buffer.from(checkpoint.note) });
      vault.close();
      const trustedSigners = [{ name: "Ada", publicKey: publicKeyLine(await toMinisignPublicKey(publicKey)) }];
      const opened = await openSealedReport({ path, keys: { identities: [reader.keyFile] }, trustedSigners });
      expect(opened.warnings).toEqual([]);
      expect(opened.checkpoint).toMatchObject({
        origin: `evalvault/${vault.id}`,
        size: 2,
        root: Buffer.from(checkpoint.rootHex, "hex").toString("base64"),
        signatureValid: true,
      });
      expect(opened.signatures).toMatchObject([{ memberId, name: "Ada", valid: true, trusted: true }]);
    }));
});
