import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encryptStream } from "../../../electron/sealing/age.ts";
import { joinBytes } from "../../../electron/sealing/byte-reader.ts";
import { decodeManifest, encodeManifest, trustedComment, type Manifest } from "../../../electron/sealing/manifest.ts";
import { formatKeyId, formatSignature, publicKeyLine, signBytes } from "../../../electron/sealing/minisign.ts";
import { toMinisignPublicKey } from "../../../electron/sealing/minisign.ts";
import { openSealedReport, type OpenedReport, type OpenRequest } from "../../../electron/sealing/open.ts";
import { sealReport } from "../../../electron/sealing/seal.ts";
import { packTar } from "../../../electron/sealing/tar.ts";
import {
  at,
  failureOf,
  makeNote,
  makeReader,
  makeSigner,
  sealRequest,
  withFolder,
  type TestSigner,
} from "../../integration/sealing/sealing-fixture.ts";

/** A recipient can open, change and encrypt again: what the signature and the manifest are for. */

interface Scene {
  readonly opened: OpenedReport;
  readonly ada: TestSigner;
  /** Opens a package of other contents, encrypted again to the same reader. */
  readonly reopen: (members: ReadonlyMap<string, Uint8Array>, more?: Partial<OpenRequest>) => Promise<OpenedReport>;
}

async function scene<T>(work: (scene: Scene) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    const reader = await makeReader();
    const [ada, bob] = [await makeSigner("Ada"), await makeSigner("Bob")];
    const path = join(folder, "EV.sealed");
    await sealReport(await sealRequest(path, [{ key: reader.key }], [ada, bob]));
    const keys = { identities: [reader.keyFile] };
    const trustedSigners = [{ name: "Ada", publicKey: ada.line }];
    const opened = await openSealedReport({ path, keys, trustedSigners });
    expect(opened.warnings).toEqual([]);
    const reopen: Scene["reopen"] = async (members, more = {}) => {
      const list = [...members].map(([name, bytes]) => ({ path: name, bytes }));
      const parts: Uint8Array[] = [];
      const to = { recipients: [{ key: reader.key }] };
      for await (const part of encryptStream(packTar(list, at), to)) parts.push(part);
      await writeFile(join(folder, "again.age"), joinBytes(parts));
      return openSealedReport({ path: join(folder, "again.age"), keys, trustedSigners, ...more });
    };
    return work({ opened, ada, reopen });
  });
}

const changedIn = (members: ReadonlyMap<string, Uint8Array>, path: string, bytes: Uint8Array | null) => {
  const copy = new Map(members);
  if (bytes === null) copy.delete(path);
  else copy.set(path, bytes);
  return copy;
};

/** The package with another manifest, signed by `signer` alone under the manifest's first name. */
async function resigned(opened: OpenedReport, signer: TestSigner, change: (manifest: Manifest) => Manifest) {
  const key = await toMinisignPublicKey(signer.publicKey);
  const claim = { keyId: formatKeyId(key.keyId), publicKey: publicKeyLine(key) };
  const [first] = opened.manifest.signers;
  if (first === undefined) throw new Error("the package has no signer");
  const manifest = change({ ...opened.manifest, signers: [{ ...first, ...claim }] });
  const bytes = encodeManifest(manifest);
  const comments = { trusted: trustedComment(manifest), untrusted: "x" };
  const signature = formatSignature(await signBytes(bytes, key, signer.sign, comments));
  const second = opened.manifest.signers[1]?.signature ?? "";
  const members = changedIn(changedIn(opened.members, "manifest.json", bytes), second, null);
  return changedIn(members, "manifest.json.minisig", Buffer.from(signature));
}

describe("a package that a recipient changed and encrypted again", () => {
  it("opens as it was when nothing was changed", () =>
    scene(async ({ opened, reopen }) => {
      expect(await reopen(opened.members)).toEqual(opened);
    }));

  it.each(["report.html", "report.json", "tables/results.csv", "checkpoint.note"])(
    "is refused with another %s",
    (path) =>
      scene(async ({ opened, reopen }) => {
        const other = Buffer.from(opened.members.get(path) ?? []);
        other.writeUInt8(other.readUInt8(3) ^ 1, 3);
        expect(await failureOf(reopen(changedIn(opened.members, path, other)))).toMatchObject({
          code: "package-altered",
          params: { path },
        });
      }),
  );

  it.each(["report.html", "checkpoint.note"])("is refused without %s", (path) =>
    scene(async ({ opened, reopen }) => {
      const failure = await failureOf(reopen(changedIn(opened.members, path, null)));
      expect(failure).toMatchObject({ code: "package-altered", params: { path } });
    }),
  );

  it("is refused with one file more, or a signature that the manifest does not name", () =>
    scene(async ({ opened, reopen }) => {
      for (const path of ["note.txt", "manifest.json.0011223344556677.minisig"]) {
        const failure = await failureOf(reopen(changedIn(opened.members, path, Buffer.from("x"))));
        expect(failure).toMatchObject({ code: "package-altered", params: { path } });
      }
    }));

  it("is refused when any byte of the manifest was changed", { timeout: 60_000 }, () =>
    scene(async ({ opened, reopen }) => {
      const manifest = Buffer.from(opened.members.get("manifest.json") ?? []);
      for (let byte = 0; byte < manifest.length; byte += 1) {
        const other = Buffer.from(manifest);
        other.writeUInt8(other.readUInt8(byte) ^ 1, byte);
        const { code } = await failureOf(reopen(changedIn(opened.members, "manifest.json", other)));
        expect(["signature-invalid", "package-altered", "package-invalid", "public-key-malformed"]).toContain(code);
      }
    }),
  );

  it("is refused when the trusted comment was changed, or a signature of other bytes was put in", () =>
    scene(async ({ opened, reopen, ada }) => {
      const path = "manifest.json.minisig";
      const text = Buffer.from(opened.members.get(path) ?? []).toString();
      const renamed = Buffer.from(text.replace("revision:2", "revision:3"));
      expect((await failureOf(reopen(changedIn(opened.members, path, renamed)))).code).toBe("signature-invalid");
      const key = await toMinisignPublicKey(ada.publicKey);
      const comments = { trusted: "revision:9", untrusted: "x" };
      const manifest = opened.members.get("manifest.json") ?? new Uint8Array(0);
      for (const bytes of [Buffer.from("other"), manifest]) {
        const made = formatSignature(await signBytes(bytes, key, ada.sign, comments));
        const failure = await failureOf(reopen(changedIn(opened.members, path, Buffer.from(made))));
        expect(failure.code).toBe("signature-invalid");
      }
    }));

  it("says that a signature was taken away, and that nothing is signed at all", () =>
    scene(async ({ opened, reopen }) => {
      const second = opened.manifest.signers[1]?.signature ?? "";
      const one = await reopen(changedIn(opened.members, second, null));
      expect(one.warnings).toEqual(["signature-missing"]);
      expect(one.signatures.map(({ valid }) => valid)).toEqual([true, false]);
      const none = await reopen(changedIn(changedIn(opened.members, second, null), "manifest.json.minisig", null));
      expect(none.warnings).toEqual(["unsigned", "signature-missing"]);
    }));

  it("signed again by a stranger under the signer's name: the name is only a claim", () =>
    scene(async ({ opened, reopen }) => {
      const mallory = await makeSigner("Mallory");
      const forged = await resigned(opened, mallory, (manifest) => ({ ...manifest, marking: "PUBLIC" }));
      const read = await reopen(forged);
      expect(read.warnings).toEqual(["signer-unknown", "checkpoint-signer-unknown"]);
      expect(read.signatures).toMatchObject([{ valid: true, trusted: false, name: null, claimedName: "Ada" }]);
    }));

  it("is refused when the key id and the key of a signer do not belong together, or a name is odd", () =>
    scene(async ({ opened, reopen, ada }) => {
      const mallory = await makeSigner("Mallory");
      const [first] = opened.manifest.signers;
      if (first === undefined) throw new Error("the package has no signer");
      const posing = await resigned(opened, mallory, (manifest) => ({
        ...manifest,
        signers: manifest.signers.map((signer) => ({ ...signer, keyId: first.keyId })),
      }));
      expect((await failureOf(reopen(posing))).code).toBe("package-altered");
      const elsewhere = await resigned(opened, ada, (manifest) => ({
        ...manifest,
        signers: manifest.signers.map((signer) => ({ ...signer, signature: "report.html" })),
      }));
      expect((await failureOf(reopen(elsewhere))).code).toBe("package-altered");
      const twice = await resigned(opened, ada, (manifest) => ({
        ...manifest,
        signers: [...manifest.signers, ...manifest.signers],
      }));
      expect((await failureOf(reopen(twice))).code).toBe("package-altered");
    }));

  it("is refused when the manifest and the checkpoint contradict each other, even well signed", () =>
    scene(async ({ opened, reopen, ada }) => {
      const rolledBack = await resigned(opened, ada, (manifest) => ({
        ...manifest,
        checkpoint: { ...manifest.checkpoint, size: 41 },
      }));
      expect((await failureOf(reopen(rolledBack))).code).toBe("package-altered");
    }));

  it("says when it was opened with a key or a passphrase that it was not sealed to", () =>
    scene(async ({ opened, reopen }) => {
      const stranger = await makeReader();
      const forwarded = await reopen(opened.members, { myRecipient: stranger.key });
      expect(forwarded.warnings).toEqual(["opened-by-unlisted-key"]);
    }));

  it("is refused when the manifest is of a later version, another kind, or not canonical", () =>
    scene(async ({ opened, reopen }) => {
      const text = Buffer.from(opened.members.get("manifest.json") ?? []).toString();
      for (const other of [
        text.replace('"version":1}', '"version":2}'),
        text.replace("evalvault-sealed-report", "something-else"),
        `${text}\n`,
        text.replace("{", '{"marking":"PUBLIC",'),
        "[]",
        "{",
      ]) {
        expect(other).not.toBe(text);
        const failure = await failureOf(reopen(changedIn(opened.members, "manifest.json", Buffer.from(other))));
        expect(failure.code).toBe("package-invalid");
      }
      expect(decodeManifest(Buffer.from(text))).toEqual(opened.manifest);
    }));

  it("says when the checkpoint's signature is by nobody known", () =>
    withFolder(async (folder) => {
      const reader = await makeReader();
      const [ada, other] = [await makeSigner("Ada"), await makeSigner("Other")];
      const request = await sealRequest(join(folder, "EV.sealed"), [{ key: reader.key }], [ada]);
      await sealReport({ ...request, checkpointNote: await makeNote(other) });
      const trustedSigners = [{ name: "Ada", publicKey: ada.line }];
      const keys = { identities: [reader.keyFile] };
      const opened = await openSealedReport({ path: join(folder, "EV.sealed"), keys, trustedSigners });
      expect(opened.warnings).toEqual(["checkpoint-signer-unknown"]);
      expect(opened.checkpoint.signatureValid).toBe(null);
    }));
});
