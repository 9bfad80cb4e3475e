import { type KnownVulnerability, type ReadAdvisory, advisoryLimits, readObject, refused } from "../advisory-reader.ts";
import { field, listField, textField } from "../json/fields.ts";

function eventWords(event: unknown): string[] {
  return (["introduced", "fixed", "last_affected", "limit"] as const).flatMap((name) => {
    const version = textField(event, name, 200);
    return version === null ? [] : [`${name.replaceAll("_", " ")} ${version}`];
  });
}

function versionsOf(affected: unknown): string[] {
  const ranges = listField(affected, "ranges").map((range) =>
    listField(range, "events").flatMap(eventWords).join(", "),
  );
  const single = listField(affected, "versions").filter((version) => typeof version === "string");
  return [...ranges.filter((words) => words !== ""), ...single.slice(0, 1000)];
}

function weaknessesOf(record: unknown): string[] {
  const specific = field(record, "database_specific");
  // GitHub's advisories say cwe_ids, others cwe or cwes.
  const listed = ["cwe_ids", "cwes", "cwe"].flatMap((name) => listField(specific, name));
  return [...new Set(listed.filter((id) => typeof id === "string" && /^CWE-\d{1,6}$/.test(id)))].map(String);
}

/** The vulnerability that an OSV record describes, one for each package. */
export function readOsv(bytes: Uint8Array): ReadAdvisory {
  const read = readObject(bytes);
  if (read.kind === "refused") return read;
  const id = textField(read.value, "id", 200);
  const listed = listField(read.value, "affected");
  const isOsv =
    id !== null && textField(read.value, "modified", 40) !== null && field(read.value, "document") === undefined;
  if (!isOsv) return refused("not-an-advisory", "The file has no id and modified date: it is no OSV record.");
  if (listed.length > advisoryLimits.vulnerabilities) {
    return refused("too-many", "The file names more than 50,000 packages: it was not read.");
  }
  const names = [id, ...listField(read.value, "aliases")].filter((name) => typeof name === "string");
  const cve = names.find((name) => /^CVE-\d{4}-\d{4,19}$/.test(name)) ?? null;
  const common = {
    cve,
    weaknesses: weaknessesOf(read.value),
    aliases: names.filter((name) => name !== cve).map((name) => name.slice(0, 200)),
    title: textField(read.value, "summary", 1000) ?? "",
  };
  const vulnerabilities = listed.map((affected): KnownVulnerability => {
    const named = field(affected, "package");
    const specific = field(affected, "database_specific");
    return {
      ...common,
      vendor: textField(specific, "vendor", 1000) ?? textField(named, "ecosystem", 200) ?? "",
      product: textField(specific, "product", 1000) ?? textField(named, "name", 1000) ?? "",
      component: textField(specific, "component", 1000),
      versions: versionsOf(affected),
    };
  });
  return {
    kind: "advisory",
    format: `OSV ${textField(read.value, "schema_version", 20) ?? "1.0.0"}`,
    id,
    vulnerabilities,
    passedOver: listed.length === 0 ? ["The record names no package."] : [],
  };
}
