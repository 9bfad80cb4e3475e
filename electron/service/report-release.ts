import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { frozenReportSchema, type FrozenReport } from "../contract/frozen-report.ts";
import type { ParsedInput } from "../contract/index.ts";
import { markingWords } from "../contract/marking.ts";
import { advisoryNotice } from "../contract/report-templates.ts";
import type { ReleaseProfile } from "../contract/release-profile.ts";
import type { Report } from "../contract/reporting.ts";
import { rosterCompartment } from "../contract/values.ts";
import { memberName, memberRole, personsRequired } from "../domain/members/queries.ts";
import { listRecipients } from "../domain/recipients/queries.ts";
import { Refusal } from "../domain/refusal.ts";
import { composeReport } from "../domain/reports/compose.ts";
import { vaultNames } from "../domain/reports/known-names.ts";
import { reportFrozen, reportSealed, reportSigned } from "../domain/reports/events.ts";
import { reportCompartment, reportFacts } from "../domain/reports/state.ts";
import { reportProofs } from "./report-proofs.ts";
import { rememberReport } from "./open-sealed.ts";
import { describeComparison } from "../publishing/comparison-words.ts";
import { releaseReport } from "../publishing/release.ts";
import { publish } from "../publishing/publish.ts";
import { formatKeyId, minisignKeyId } from "../sealing/minisign.ts";
import { sealReport, type SealedReport } from "../sealing/seal.ts";
import { writeFileDurably } from "../vault/index.ts";
import type { RequestContext } from "./handlers.ts";
import type { Host } from "./host.ts";
import { shortRoot, type Author } from "./open-session.ts";
import { wiping } from "./secrets.ts";
import { reportPdf } from "./report-pdf.ts";
import { sha256 } from "./text-hash.ts";

function hex(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function canonicalBytes(value: FrozenReport): Uint8Array {
  const text = canonicalize(value);
  if (text === undefined) throw new Error("a report has no canonical form");
  return new TextEncoder().encode(text);
}

function frozenBytes(host: Host, report: Report): Uint8Array {
  const blob = reportFacts(host.session.model, report.id)?.blob ?? null;
  if (blob === null) throw new Refusal("report-not-frozen", report.code);
  const reader = host.session.vault.blob(blob);
  const bytes = reader.read(0, reader.size);
  if (hex(bytes) !== report.contentHash) throw new Refusal("vault-damaged", report.code, "Its frozen content changed.");
  return bytes;
}

/** The frozen content of a report, or, of a draft, what freezing it now would keep. */
export function composed(host: Host, report: Report): FrozenReport {
  if (report.state !== "draft") {
    return frozenReportSchema.parse(JSON.parse(new TextDecoder().decode(frozenBytes(host, report))));
  }
  const { session } = host;
  const { size, rootHex, note } = session.vault.checkpoint;
  return composeReport(session, report, {
    at: host.now(),
    tool: { name: "EvalVault", version: host.version },
    checkpoint: { size, root: rootHex, note },
    notice: advisoryNotice,
    signaturesRequired: personsRequired(session.model),
    sha256,
    describe: describeComparison,
  });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** Before anything is made: the journal would refuse it too, but only after a file or a blob was written. */
function requireLead(host: Host, report: Report): void {
  const { model, vault } = host.session;
  if (memberRole(model, vault.memberId) === "lead") return;
  throw new Refusal("not-allowed", report.code, "Only a lead freezes, signs and seals reports.");
}

/** Keeps the report with all its numbers as a blob; its hash is what people sign. */
export async function freeze(context: RequestContext, report: Report): Promise<void> {
  const { host, signal } = context;
  requireLead(host, report);
  if (report.state !== "draft") throw new Refusal("report-frozen", report.code);
  const bytes = canonicalBytes(frozenReportSchema.parse(composed(host, report)));
  const compartment = reportCompartment(host.session.model, report.id) ?? rosterCompartment;
  const blob = await host.session.vault.stageBlob(once(bytes), { signal, compartment });
  const draft = reportFrozen.draft({ reportId: report.id, contentHash: hex(bytes), blob: blob.id });
  host.session.commit([draft], { blobs: [blob] });
  host.changed();
}

/** What a member signs: words that say what it is, and the content hash. */
function signedBytes(contentHash: string): Uint8Array {
  return Buffer.concat([Buffer.from("evalvault report\n", "utf8"), Buffer.from(contentHash, "hex")]);
}

interface ReportSigner extends Author {
  readonly publicKey: Uint8Array;
  sign(bytes: Uint8Array): Uint8Array;
}

/** Signs the frozen content as a member: the one who unlocked, or a second one who is present. */
export async function sign(host: Host, report: Report, signer: ReportSigner): Promise<void> {
  const { contentHash } = report;
  if (contentHash === null) throw new Refusal("report-not-frozen", report.code);
  frozenBytes(host, report);
  const signature = Buffer.from(signer.sign(signedBytes(contentHash))).toString("base64");
  const keyId = formatKeyId(await minisignKeyId(signer.publicKey));
  const draft = reportSigned.draft({ reportId: report.id, contentHash, signature, keyId });
  host.session.commit([draft], { author: signer });
  host.changed();
}

interface NamedKey {
  readonly name: string;
  readonly key: string;
}

function recipientsOf(host: Host, input: ParsedInput<"reports.seal">): NamedKey[] {
  const known = listRecipients(host.session.model);
  const chosen = input.recipientIds.map((id) => {
    const found = known.find((one) => one.id === id);
    if (found === undefined) throw new Refusal("not-found", "the recipient");
    if (found.retiredAt !== null) throw new Refusal("conflict", found.name, "This recipient was retired.");
    return { name: found.name, key: found.key };
  });
  const named = input.keys.map((key) => ({
    name: known.find((one) => one.key === key.trim())?.name ?? key.trim().slice(0, 24),
    key: key.trim(),
  }));
  return [...chosen, ...named];
}

/** The one profile of all of them; one package goes to all, so it cannot leave out more for some than for others. */
function profileOf(host: Host, recipientIds: readonly string[]): ReleaseProfile {
  const chosen = listRecipients(host.session.model).filter(({ id }) => recipientIds.includes(id));
  const [first, ...others] = chosen;
  const other = others.find(({ withheld }) => withheld.join() !== first?.withheld.join());
  if (other === undefined) return first?.withheld ?? [];
  throw new Refusal("conflict", other.name, "Reports for them leave out other things. Seal once for each profile.");
}

function requireSigned(host: Host, report: Report): string {
  if (report.contentHash === null) throw new Refusal("report-not-frozen", report.code);
  const facts = reportFacts(host.session.model, report.id);
  const required = personsRequired(host.session.model);
  const signed = facts?.signers.size ?? 0;
  if (signed < required) {
    const detail = `${String(required)} people must sign it; ${String(signed)} did.`;
    throw new Refusal("report-unsigned", report.code, detail);
  }
  if (facts?.signers.has(host.session.vault.memberId) !== true) {
    throw new Refusal("report-unsigned", report.code, "Whoever seals it must have signed it: sign it first.");
  }
  return report.contentHash;
}

async function sealPackage(
  context: RequestContext,
  report: Report,
  recipients: {
    named: NamedKey[];
    passphrase: Uint8Array | undefined;
    path: string;
    pdf: boolean;
    withheld: ReleaseProfile;
  },
): Promise<SealedReport & { readonly checkpointNote: Uint8Array }> {
  const { host, signal } = context;
  const { vault, model } = host.session;
  const { passphrase, path, pdf, withheld } = recipients;
  const frozen = composed(host, report);
  const released = releaseReport(frozen, withheld, vaultNames(model));
  const pages = pdf ? [await reportPdf(context, released)] : [];
  const { checkpointNote, proofs } = reportProofs(host.session, report, frozen);
  // Readers of a package see who else it is for.
  const withNames = !withheld.includes("people") && !withheld.includes("partners");
  const named = recipients.named.map(({ name, key }) => (withNames ? { name, key } : { key }));
  const made = await sealReport({
    destination: path,
    form: path.endsWith(".tar") ? "tar" : "folder",
    members: [...publish(released).filter((member) => member.path !== "checkpoint.note"), ...pages],
    report: { id: report.code, revision: report.revision, outerName: `${report.code}_r${String(report.revision)}` },
    marking: markingWords(report.marking),
    checkpointNote,
    proofs,
    recipients: passphrase === undefined ? named : { passphrase },
    signers: [
      {
        memberId: vault.memberId,
        name: withheld.includes("people") ? undefined : memberName(model, vault.memberId),
        publicKey: vault.publicKey,
        sign: (bytes) => vault.sign(bytes),
      },
    ],
    toolVersion: host.version,
    remarks: pdf ? [] : ["It was sealed without a PDF (report.pdf); report.html holds the whole report."],
    at: new Date(host.now()),
    signal,
    progress: (done, total) => {
      context.progress({ step: "Sealing", done, total, unit: "bytes" });
    },
  });
  return { ...made, checkpointNote };
}

/** Seals a signed report and records to whom it went; the package is there before the journal says so. */
export async function seal(
  context: RequestContext,
  report: Report,
  input: ParsedInput<"reports.seal">,
): Promise<{ fileName: string; bytes: number }> {
  const { host } = context;
  const { passphrase } = input;
  return wiping(passphrase === undefined ? [] : [passphrase], async () => {
    requireLead(host, report);
    const contentHash = requireSigned(host, report);
    const named = recipientsOf(host, input);
    if (named.length > 0 && passphrase !== undefined) throw new Refusal("recipients-mixed", "a passphrase and keys");
    const path = host.destinationPath(input.destination);
    const pdf = input.pdf === "print";
    const withheld = input.withheld ?? profileOf(host, input.recipientIds);
    const made = await sealPackage(context, report, { named, passphrase, path, pdf, withheld });
    const fileName = host.files.name(input.destination);
    const { size, root } = made.manifest.checkpoint;
    const checkpoint = `${String(size)}:${shortRoot(Buffer.from(root, "base64").toString("hex"))}`;
    host.session.commit([
      reportSealed.draft({
        reportId: report.id,
        contentHash,
        fileName,
        sha256: made.sha256,
        recipients: named,
        checkpoint,
        pdf,
        withheld: [...withheld],
      }),
    ]);
    rememberReport(host, made.checkpointNote, made.manifest.report);
    host.produced(path);
    host.changed();
    return { fileName, bytes: made.bytes };
  });
}

/** Writes the report as JSON to a file outside of the vault: readable by anyone. */
export function save(host: Host, report: Report, destination: string): { bytes: number } {
  const bytes = canonicalBytes(composed(host, report));
  const path = host.destinationPath(destination);
  writeFileDurably(path, bytes);
  host.produced(path);
  return { bytes: bytes.length };
}
