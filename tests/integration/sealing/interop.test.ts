import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sodium from "libsodium-wrappers-sumo";
import { describe, expect, it } from "vitest";
import { decryptBytes, decryptFile, encryptBytes } from "../../../electron/sealing/age.ts";
import { generateIdentity } from "../../../electron/sealing/age-keys.ts";
import { trustedComment } from "../../../electron/sealing/manifest.ts";
import {
  formatKeyId,
  formatPublicKey,
  formatSignature,
  parsePublicKey,
  parseSignature,
  publicKeyLine,
  signBytes,
  toMinisignPublicKey,
  verifyBytes,
} from "../../../electron/sealing/minisign.ts";
import { openSealedReport } from "../../../electron/sealing/open.ts";
import { checkCommand } from "../../../electron/sealing/readme.ts";
import { sealReport } from "../../../electron/sealing/seal.ts";
import { run, runAtTerminal, skipWithout } from "./command-line-tools.ts";
import { at, failureOf, makeReader, makeSigner, sealRequest, withFolder } from "./sealing-fixture.ts";

const skipAge = skipWithout("age", "age-keygen");
const skipMinisign = skipWithout("minisign");
const skipTerminal = skipAge || skipWithout("python3");

describe.skipIf(skipAge || skipMinisign)(
  "stock tools open what was sealed here (needs age, minisign, tar, python3)",
  () => {
    it.each(["folder", "tar"] as const)("word for word as README.txt says: %s", (form) =>
      withFolder(async (folder) => {
        const reader = await makeReader();
        await writeFile(join(folder, "KEYFILE"), reader.keyFile);
        const [ada, bob] = [await makeSigner("Ada"), await makeSigner("Bob")];
        const destination = join(folder, form === "tar" ? "EV.sealed.tar" : "EV.sealed");
        const sealed = await sealReport({
          ...(await sealRequest(destination, [{ key: reader.key }], [ada, bob])),
          form,
        });
        if (form === "tar") expect(run("tar", ["-x", "-f", "EV.sealed.tar"], folder).status).toBe(0);
        const unpacked = form === "tar" ? "EV-2026-0007_r2.sealed" : "EV.sealed";
        const readme = await readFile(join(folder, unpacked, "README.txt"), "utf8");
        const commands = readme.split("\n").flatMap((line) => (line.startsWith("    ") ? [line.trim()] : []));
        const [checksum, ...steps] = commands;
        await writeFile(join(folder, unpacked, "sum"), `${checksum ?? ""}\n`);
        const script = ["set -e", "sha256sum -c sum", ...steps]
          .join("\n")
          .replace("KEYFILE", "../KEYFILE")
          .replace("OTHERSIGNERKEY", bob.line)
          .replace("SIGNERKEY", ada.line);
        const ran = run("bash", ["-c", script], join(folder, unpacked));
        expect(ran).toMatchObject({ status: 0 });
        expect(ran.output.match(/Signature and comment signature verified/g)).toHaveLength(2);
        expect(ran.output).toContain(`Trusted comment: ${trustedComment(sealed.manifest)}`);
        for (const { path } of sealed.manifest.members) expect(ran.output).toContain(`${path}: OK`);
        expect(steps.at(-1)).toBe(checkCommand);
        const files = await readdir(join(folder, unpacked, "report"), { recursive: true });
        expect(files.length).toBe(sealed.manifest.members.length + 3 + 1);
      }),
    );

    it("and minisign refuses the manifest after one character of it was changed", () =>
      withFolder(async (folder) => {
        const reader = await makeReader();
        const ada = await makeSigner("Ada");
        await sealReport(await sealRequest(join(folder, "EV.sealed"), [{ key: reader.key }], [ada]));
        const opened = await openSealedReport({
          path: join(folder, "EV.sealed"),
          keys: { identities: [reader.keyFile] },
        });
        const manifest = Buffer.from(opened.members.get("manifest.json") ?? []).toString();
        await writeFile(join(folder, "manifest.json"), manifest.replace("EV-2026-0007", "EV-2026-0008"));
        await writeFile(join(folder, "manifest.json.minisig"), opened.members.get("manifest.json.minisig") ?? "");
        expect(run("minisign", ["-V", "-m", "manifest.json", "-P", ada.line], folder).status).not.toBe(0);
      }));
  },
);

describe.skipIf(skipAge)("age files go both ways (needs age)", () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 200_000])("to the age tool and back: %i bytes", (size) =>
    withFolder(async (folder) => {
      const { keyFile, recipient } = await generateIdentity("classic", at);
      const plain = Buffer.alloc(size, "evaluation");
      await writeFile(join(folder, "key.txt"), keyFile);
      await writeFile(join(folder, "ours.age"), await encryptBytes(plain, { recipients: [recipient] }));
      // Through standard output: age 1.1 makes no file for an empty plaintext.
      expect(run("bash", ["-c", "age -d -i key.txt ours.age > ours"], folder)).toMatchObject({ status: 0 });
      expect(Buffer.compare(await readFile(join(folder, "ours")), plain)).toBe(0);

      await writeFile(join(folder, "plain"), plain);
      for (const armor of [[], ["-a"]]) {
        const args = ["-r", recipient.key, ...armor, "-o", "theirs.age", "plain"];
        expect(run("age", args, folder)).toMatchObject({ status: 0 });
        const theirs = await readFile(join(folder, "theirs.age"));
        expect(Buffer.compare(await decryptBytes(theirs, { identities: [keyFile] }), plain)).toBe(0);
      }
    }),
  );

  it("a key file that age-keygen wrote opens here, and one from here is read by age-keygen", () =>
    withFolder(async (folder) => {
      expect(run("age-keygen", ["-o", "key.txt"], folder).status).toBe(0);
      const recipient = run("age-keygen", ["-y", "key.txt"], folder).output.trim();
      const keyFile = await readFile(join(folder, "key.txt"));
      const sealed = await encryptBytes(Buffer.from("x"), { recipients: [{ key: recipient }] });
      expect(Buffer.from(await decryptBytes(sealed, { identities: [keyFile] })).toString()).toBe("x");
      const ours = await generateIdentity("classic", at);
      await writeFile(join(folder, "ours.txt"), ours.keyFile);
      expect(run("age-keygen", ["-y", "ours.txt"], folder).output.trim()).toBe(ours.recipient.key);
    }));

  it("a package that was put together with tar, minisign's rules and age opens here", () =>
    withFolder(async (folder) => {
      const reader = await makeReader();
      const ada = await makeSigner("Ada");
      await sealReport(await sealRequest(join(folder, "EV.sealed"), [{ key: reader.key }], [ada]));
      const keys = { identities: [reader.keyFile] };
      const first = await openSealedReport({ path: join(folder, "EV.sealed"), keys });
      await mkdir(join(folder, "again/tables"), { recursive: true });
      for (const [path, bytes] of first.members) await writeFile(join(folder, "again", path), bytes);
      const command = `cd again && tar -c $(find . -type f -printf '%P ') | age -r ${reader.key} -o ../again.age`;
      expect(run("bash", ["-c", command], folder)).toMatchObject({ status: 0 });
      const again = await openSealedReport({ path: join(folder, "again.age"), keys });
      expect(again.manifest).toEqual(first.manifest);
      expect(again.signatures).toEqual(first.signatures);
    }));
});

/** Debian 12 has age 1.1, so that this one is skipped even under CI where no later one is on the path. */
const skipPostQuantum = skipWithout("age-keygen") || run("age-keygen", ["-pq"], ".").status !== 0;

describe.skipIf(skipPostQuantum)("post-quantum files go both ways (needs age 1.3)", () => {
  it("with keys from here and from age-keygen", () =>
    withFolder(async (folder) => {
      const ours = await generateIdentity("post-quantum", at);
      await writeFile(join(folder, "ours.txt"), ours.keyFile);
      expect(run("age-keygen", ["-pq", "-o", "theirs.txt"], folder).status).toBe(0);
      await writeFile(join(folder, "plain"), "post-quantum");
      for (const name of ["ours.txt", "theirs.txt"]) {
        const recipient = run("age-keygen", ["-y", name], folder).output.trim();
        const sealed = await encryptBytes(Buffer.from("post-quantum"), { recipients: [{ key: recipient }] });
        await writeFile(join(folder, "ours.age"), sealed);
        expect(run("age", ["-d", "-i", name, "ours.age"], folder)).toEqual({ status: 0, output: "post-quantum" });
        expect(run("age", ["-r", recipient, "-o", "theirs.age", "plain"], folder).status).toBe(0);
        const identities = [await readFile(join(folder, name))];
        const opened = await decryptBytes(await readFile(join(folder, "theirs.age")), { identities });
        expect(Buffer.from(opened).toString()).toBe("post-quantum");
      }
    }));
});

describe.skipIf(skipTerminal)("passphrases go both ways (needs age, python3 for a terminal)", () => {
  const passphrase = "enclave gravel lantern – übung";

  it("to the age tool and back", () =>
    withFolder(async (folder) => {
      const keys = { passphrase: Buffer.from(passphrase) };
      await writeFile(join(folder, "ours.age"), await encryptBytes(Buffer.from("for you"), keys, 12));
      expect(runAtTerminal("age", ["-d", "-o", "ours", "ours.age"], folder, passphrase)).toMatchObject({ status: 0 });
      expect(await readFile(join(folder, "ours"), "utf8")).toBe("for you");

      await writeFile(join(folder, "plain"), "for us");
      const args = ["-p", "-o", "theirs.age", "plain"];
      expect(runAtTerminal("age", args, folder, passphrase)).toMatchObject({ status: 0 });
      await decryptFile(join(folder, "theirs.age"), join(folder, "theirs"), keys);
      expect(await readFile(join(folder, "theirs"), "utf8")).toBe("for us");
      const wrong = { passphrase: Buffer.from("another") };
      const refused = await failureOf(decryptFile(join(folder, "theirs.age"), join(folder, "none"), wrong));
      expect(refused.code).toBe("no-matching-key");
      expect(await readdir(folder)).not.toContain("none");
    }));
});

describe.skipIf(skipMinisign)("minisign goes both ways (needs minisign)", () => {
  it("what is signed here verifies there, by line and by key file", () =>
    withFolder(async (folder) => {
      await sodium.ready;
      const pair = sodium.crypto_sign_keypair();
      const publicKey = await toMinisignPublicKey(pair.publicKey);
      const sign = (bytes: Uint8Array): Uint8Array => sodium.crypto_sign_detached(bytes, pair.privateKey);
      const file = Buffer.from("signed bytes\n");
      const comments = { trusted: "report:EV-1\trevision:3 – ü", untrusted: "hint" };
      const signature = await signBytes(file, publicKey, sign, comments);
      await writeFile(join(folder, "file"), file);
      await writeFile(join(folder, "file.minisig"), formatSignature(signature));
      await writeFile(join(folder, "key.pub"), formatPublicKey(publicKey));
      for (const key of [
        ["-P", publicKeyLine(publicKey)],
        ["-p", "key.pub"],
      ]) {
        const ran = run("minisign", ["-V", "-H", "-m", "file", ...key], folder);
        expect(ran).toMatchObject({ status: 0 });
        expect(ran.output).toContain(comments.trusted);
      }
    }));

  it("what minisign signed verifies here; its legacy form and a changed file do not", () =>
    withFolder(async (folder) => {
      expect(run("minisign", ["-G", "-W", "-p", "key.pub", "-s", "key.sec"], folder)).toMatchObject({ status: 0 });
      const publicKey = parsePublicKey(await readFile(join(folder, "key.pub"), "utf8"));
      const [comment, line] = (await readFile(join(folder, "key.pub"), "utf8")).split("\n");
      expect(line).toBe(publicKeyLine(publicKey));
      // minisign leaves the leading zeros of a key id out.
      const printed = comment?.replace("untrusted comment: minisign public key ", "").padStart(16, "0");
      expect(printed).toBe(formatKeyId(publicKey.keyId));
      expect(formatKeyId(publicKey.keyId)).toMatch(/^[0-9A-F]{16}$/);
      await writeFile(join(folder, "file"), "their bytes");
      const sign = ["-S", "-W", "-s", "key.sec", "-m", "file", "-t", "their comment"];
      expect(run("minisign", sign, folder)).toMatchObject({ status: 0 });
      const text = await readFile(join(folder, "file.minisig"));
      const signature = parseSignature(text);
      expect(signature.trustedComment).toBe("their comment");
      expect(formatSignature(signature)).toBe(text.toString());
      expect(await verifyBytes(Buffer.from("their bytes"), signature, publicKey)).toBe(true);
      expect(await verifyBytes(Buffer.from("other bytes"), signature, publicKey)).toBe(false);
      expect(await verifyBytes(Buffer.from("their bytes"), { ...signature, trustedComment: "ours" }, publicKey)).toBe(
        false,
      );
      expect(run("minisign", [...sign, "-l"], folder)).toMatchObject({ status: 0 });
      expect(() => parseSignature(Buffer.from(run("cat", ["file.minisig"], folder).output))).toThrow(/legacy/);
    }));
});
