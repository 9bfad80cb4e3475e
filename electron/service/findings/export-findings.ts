import { readFileSync, statSync } from "node:fs";
import type { AdvisoryFormat } from "../../contract/advisories.ts";
import type { Finding } from "../../contract/findings.ts";
import type { ParsedInput, RequestOutput } from "../../contract/index.ts";
import { knownFindings } from "../../domain/findings/known.ts";
import { advisoryPublisher } from "../../domain/findings/publisher.ts";
import { memberRole } from "../../domain/members/queries.ts";
import { modelVersionWords } from "../../domain/models/queries.ts";
import { Refusal } from "../../domain/refusal.ts";
import { withdrawnVersions } from "../../domain/submissions/queries.ts";
import { advisoryLimits, type KnownVulnerability, type ReadAdvisory } from "../../interchange/advisory-reader.ts";
import type { AdvisoryEngine, Publisher, PublishableFinding, WrittenAdvisory } from "../../interchange/advisory.ts";
import { readCsaf } from "../../interchange/csaf/read-csaf.ts";
import { writeCsaf } from "../../interchange/csaf/write-csaf.ts";
import { writeCnaDraft } from "../../interchange/cve/write-cna.ts";
import { findingsToCsv } from "../../interchange/findings-csv/findings-csv.ts";
import { readOsv } from "../../interchange/osv/read-osv.ts";
import { writeOsv } from "../../interchange/osv/write-osv.ts";
import { writeFileDurably } from "../../vault/index.ts";
import type { Host } from "../host.ts";
import { publishable } from "./publishable.ts";

interface Writing {
  readonly format: Exclude<AdvisoryFormat, "csv">;
  readonly publisher: Publisher;
  readonly engine: AdvisoryEngine;
}

function write(
  finding: PublishableFinding,
  { format, publisher, engine }: Writing,
): WrittenAdvisory | Promise<WrittenAdvisory> {
  switch (format) {
    case "csaf-2.0":
      return writeCsaf(finding, publisher, engine, "2.0");
    case "csaf-2.1-draft":
      return writeCsaf(finding, publisher, engine, "2.1");
    case "osv":
      return writeOsv(finding, publisher, engine);
    case "cve-draft":
      return writeCnaDraft(finding, publisher, engine);
  }
}

/** Nothing of a withdrawn model leaves, its weaknesses least of all; flaws of others' software are not its own. */
function refuseWithdrawnModel({ session }: Host, findings: readonly Finding[]): void {
  const withdrawn = withdrawnVersions(session.model);
  const first = findings.find(
    ({ kind, source }) => kind === "model-weakness" && withdrawn.has(source.modelVersion?.id ?? ""),
  );
  if (first === undefined) return;
  throw new Refusal(
    "conflict",
    modelVersionWords(session.model, first.source.modelVersion?.id ?? ""),
    "Its developer has withdrawn it, and the terms let no result be told after that.",
  );
}

type Exported = RequestOutput<"findings.export">;
type Asked = ParsedInput<"findings.export">;

function row(finding: Finding, more: Partial<Exported["findings"][number]> = {}): Exported["findings"][number] {
  const { id, code, kind, title, state, severity, score, priority, product, embargoUntil, changedAt } = finding;
  const card = { id, code, kind, title, state, severity, score, priority, product, embargoUntil, changedAt };
  return { finding: card, lacks: [], leftOut: [], ...more };
}

function keep(host: Host, destination: string, bytes: Uint8Array): Pick<Exported, "fileName" | "bytes"> {
  const path = host.destinationPath(destination);
  writeFileDurably(path, bytes);
  host.produced(path);
  return { fileName: host.files.name(destination), bytes: bytes.length };
}

function exportTable(host: Host, asked: Asked, findings: readonly Finding[]): Exported {
  const trackingId = findings.length === 1 ? asked.trackingId : null;
  const rows = findings.map((one) => publishable(one, { ...asked, trackingId }, host.now()));
  const kept = keep(host, asked.destination, new TextEncoder().encode(findingsToCsv(rows)));
  return { ...kept, suggestedName: "findings.csv", findings: findings.map((one) => row(one)) };
}

async function exportOne(host: Host, asked: Asked & Pick<Writing, "format">, finding: Finding): Promise<Exported> {
  const engine = { name: "EvalVault", version: host.version };
  const publisher = advisoryPublisher(host.session.model);
  const written = await write(publishable(finding, asked, host.now()), { format: asked.format, publisher, engine });
  if (!written.ok) {
    const lacks = written.lacks.map(({ field, needs, test }) => ({ field, needs, test }));
    return { fileName: null, bytes: 0, suggestedName: null, findings: [row(finding, { lacks })] };
  }
  const leftOut = [...written.leftOut];
  const kept = keep(host, asked.destination, written.bytes);
  return { ...kept, suggestedName: written.fileName, findings: [row(finding, { leftOut })] };
}

/** Writes findings as advisories, or says what they lack. The file is there whole, or not at all. */
export async function exportFindings(host: Host, asked: Asked, findings: readonly Finding[]): Promise<Exported> {
  const { model, vault } = host.session;
  if (memberRole(model, vault.memberId) !== "lead") {
    throw new Refusal("not-allowed", "the export", "Only a lead hands findings out.");
  }
  refuseWithdrawnModel(host, findings);
  const { format } = asked;
  if (format === "csv") return exportTable(host, asked, findings);
  const [first, second] = findings;
  if (first === undefined || second !== undefined) {
    throw new Refusal("conflict", "the export", "One advisory is one file: choose one finding, or CSV.");
  }
  return exportOne(host, { ...asked, format }, first);
}

const mostMatches = 500;

function read(bytes: Uint8Array): ReadAdvisory {
  const csaf = readCsaf(bytes);
  return csaf.kind === "refused" && csaf.code === "not-an-advisory" ? readOsv(bytes) : csaf;
}

function namesOf({ cve, aliases }: KnownVulnerability): string[] {
  return [...(cve === null ? [] : [cve]), ...aliases];
}

/** Reads an advisory of others and names the findings that may be the same. */
export function holdAgainst(host: Host, file: string): RequestOutput<"findings.importAdvisory"> {
  const path = host.outsidePath(file);
  if (statSync(path).size > advisoryLimits.bytes) throw new Refusal("file-too-large", host.files.name(file));
  const advisory = read(readFileSync(path));
  if (advisory.kind === "refused") return { kind: "refused", reason: advisory.reason };
  const known = knownFindings(host.session.model);
  const matches = advisory.vulnerabilities.flatMap((one) => {
    const findings = known({ vendor: one.vendor, product: one.product, names: namesOf(one) });
    const { title, vendor, product, cve, aliases, versions } = one;
    return findings.length === 0
      ? []
      : [{ title, vendor, product, cve, aliases: [...aliases], versions: [...versions], findings }];
  });
  return {
    kind: "advisory",
    format: advisory.format,
    id: advisory.id,
    vulnerabilities: advisory.vulnerabilities.length,
    matches: matches.slice(0, mostMatches),
    passedOver: [...advisory.passedOver],
  };
}
