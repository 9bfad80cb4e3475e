import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSealedReport, writeOpenedReport } from "../../../electron/sealing/open.ts";
import { sealReport } from "../../../electron/sealing/seal.ts";
import { makeReader, makeSigner, members, sealRequest, withFolder } from "./sealing-fixture.ts";

describe("a sealed report", () => {
  it("opens for each recipient with every byte, its signatures and its checkpoint", () =>
    withFolder(async (folder) => {
      const [one, two] = [await makeReader(), await makeReader()];
      const [ada, bob] = [await makeSigner("Ada"), await makeSigner("Bob")];
      const destination = join(folder, "EV.sealed");
      const request = await sealRequest(destination, [{ key: one.key, name: "Agency" }, { key: two.key }], [ada, bob]);
      const sealed = await sealReport(request);
      expect((await readdir(folder)).sort()).toEqual(["EV.sealed"]);
      expect((await readdir(destination)).sort()).toEqual(["README.txt", "report.tar.age"]);
      const trustedSigners = [
        { name: "Ada of the team", publicKey: ada.line },
        { name: "Bob", publicKey: bob.line },
      ];
      for (const { keyFile } of [one, two]) {
        const opened = await openSealedReport({ path: destination, keys: { identities: [keyFile] }, trustedSigners });
        expect(opened.warnings).toEqual([]);
        expect(opened.manifest).toEqual(sealed.manifest);
        expect(opened.signatures.map(({ name, valid, trusted }) => ({ name, valid, trusted }))).toEqual([
          { name: "Ada of the team", valid: true, trusted: true },
          { name: "Bob", valid: true, trusted: true },
        ]);
        expect(opened.checkpoint).toMatchObject({ size: 42, signatureValid: true });
        for (const { path, bytes } of members)
          expect(Buffer.compare(opened.members.get(path) ?? Buffer.alloc(0), bytes)).toBe(0);
      }
      const readme = await readFile(join(destination, "README.txt"), "utf8");
      expect(readme).toContain(sealed.sha256);
      expect(readme.startsWith("UNCLASSIFIED\n")).toBe(true);
      expect(readme).not.toMatch(/CUI|Agency|Ada|Bob|solved/);
    }));

  it.each(["post-quantum", "passphrase", "tar"] as const)("opens again: %s", (kind) =>
    withFolder(async (folder) => {
      const reader = await makeReader(kind === "post-quantum" ? kind : "classic");
      const passphrase = Buffer.from("correct horse battery staple — ünïcode");
      const destination = join(folder, kind === "tar" ? "EV.sealed.tar" : "EV.sealed");
      const signer = await makeSigner("Ada");
      const recipients = kind === "passphrase" ? { passphrase } : [{ key: reader.key }];
      const form = kind === "tar" ? "tar" : "folder";
      await sealReport({ ...(await sealRequest(destination, recipients, [signer])), form });
      expect(await readdir(folder)).toHaveLength(1);
      const keys = kind === "passphrase" ? { passphrase } : { identities: [reader.keyFile] };
      const opened = await openSealedReport({ path: destination, keys });
      expect(opened.warnings).toEqual(["signer-unknown"]);
      await writeOpenedReport(opened, join(folder, "out"));
      expect(await readFile(join(folder, "out/tables/results.csv"), "utf8")).toBe("task,solved\na,1\n");
    }),
  );
});
