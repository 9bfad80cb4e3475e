import type { ParsedInput } from "../contract/index.ts";
import type { OpenedReport } from "../contract/reporting.ts";
import { Refusal } from "../domain/refusal.ts";
import type { OpenWith } from "../sealing/age.ts";
import { parseIdentities } from "../sealing/age-keys.ts";
import {
  openSealedReport,
  writeOpenedReport,
  type OpenedReport as OpenedPackage,
  type OpenWarning,
} from "../sealing/open.ts";
import { createHash } from "node:crypto";
import type { RequestContext } from "./handlers.ts";
import { rememberWitness } from "./anchors.ts";
import type { Host } from "./host.ts";
import { readSecretFile, wiping } from "./secrets.ts";

const warningWords: Record<OpenWarning, string> = {
  unsigned: "Nobody has signed this report. Anyone who has your public key can have made it.",
  "signature-missing": "A signer whom it names has not signed it.",
  "signer-unknown":
    "The signature is right, but you have not said that you trust this signer. Compare the key with them.",
  "opened-by-unlisted-key": "Your key is not among those it was sealed to: somebody passed it on.",
  "checkpoint-signer-unknown": "Its vault checkpoint is signed by a key that is not a signer's of this report.",
  "checkpoint-signature-invalid": "The signature of its vault checkpoint is wrong.",
};

/** Opens a sealed report with an identity or a passphrase. No vault is needed; nothing is shown before all is verified. */
export async function openSealed(context: RequestContext, input: ParsedInput<"sealed.open">): Promise<OpenedReport> {
  const { host, signal } = context;
  const identity = input.identity === undefined ? undefined : readSecretFile(host.outsidePath(input.identity));
  const secrets = [identity, input.passphrase].filter((secret) => secret !== undefined);
  return wiping(secrets, async () => {
    const keys = openWith(identity, input.passphrase);
    const opened = await openSealedReport({
      path: host.outsidePath(input.package),
      keys,
      trustedSigners: input.signerKeys.map((publicKey) => ({ name: "", publicKey })),
      signal,
      progress: (done) => {
        context.progress({ step: "Opening", done, total: null, unit: "bytes" });
      },
    });
    if (input.destination !== undefined) {
      const path = host.destinationPath(input.destination);
      await writeOpenedReport(opened, path);
      host.produced(path);
    }
    rememberReport(host, opened.members.get("checkpoint.note"), opened.manifest.report);
    return shown(host.files.name(input.package), opened, await ownKeyIds(identity));
  });
}

/** The checkpoint of a sealed report, which is whole by now: whoever made or opened it is a witness of its vault. */
export function rememberReport(
  host: Host,
  note: Uint8Array | undefined,
  { id, revision }: { readonly id: string; readonly revision: number },
): void {
  if (note === undefined) return;
  const source = `${id} revision ${String(revision)}`;
  rememberWitness(host, new TextDecoder().decode(note), { kind: "sealed-report", source });
}

function openWith(identity: Uint8Array | undefined, passphrase: Uint8Array | undefined): OpenWith {
  if (identity !== undefined && passphrase === undefined) return { identities: [identity] };
  if (passphrase !== undefined && identity === undefined) return { passphrase };
  throw new Refusal("invalid-request", "opening", "Give an identity file or a passphrase, one of them.");
}

async function ownKeyIds(identity: Uint8Array | undefined): Promise<Set<string>> {
  if (identity === undefined) return new Set();
  const own = await parseIdentities(identity);
  return new Set(own.map(({ recipient }) => recipient.fingerprint.keyId));
}

function recipients(opened: OpenedPackage, own: ReadonlySet<string>): OpenedReport["recipients"] {
  const { encryption } = opened.manifest;
  if (encryption.scheme === "scrypt") return [{ name: "Whoever knows the passphrase", key: "", you: true }];
  return encryption.recipients.map(({ keyId, name }) => ({
    name: name ?? "not named",
    key: keyId,
    you: own.has(keyId),
  }));
}

function shown(fileName: string, opened: OpenedPackage, own: ReadonlySet<string>): OpenedReport {
  const { manifest, checkpoint } = opened;
  const reportJson = opened.members.get("report.json");
  return {
    fileName,
    report: {
      code: manifest.report.id,
      revision: manifest.report.revision,
      marking: manifest.marking,
      createdAt: Date.parse(manifest.createdAt),
      tool: `${manifest.tool.name} ${manifest.tool.version}`,
    },
    signatures: opened.signatures.map(({ keyId, publicKey, claimedName, valid, trusted, trustedComment }) => ({
      keyId,
      publicKey,
      name: claimedName ?? "not named",
      valid,
      trusted,
      trustedComment,
    })),
    recipients: recipients(opened, own),
    checkpoint: {
      size: checkpoint.size,
      root: checkpoint.root,
      vault: checkpoint.origin,
      signatureValid: checkpoint.signatureValid,
    },
    members: [...opened.members].map(([path, bytes]) => ({
      path,
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    })),
    warnings: opened.warnings.map((code) => ({ code, words: warningWords[code] })),
    reportJson: reportJson === undefined ? null : new TextDecoder().decode(reportJson),
  };
}
