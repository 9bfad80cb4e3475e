import { advisoryLimits, type KnownVulnerability, type ReadAdvisory, readObject, refused } from "../advisory-reader.ts";
import { field, listField, textField } from "../json/fields.ts";
import { type NamedProduct, namedProducts } from "./read-products.ts";

const affectedGroups = ["known_affected", "first_affected", "last_affected", "under_investigation"];
const otherGroups = ["known_not_affected", "first_fixed", "fixed", "recommended"];

function idsIn(status: unknown, groups: readonly string[]): string[] {
  return groups.flatMap((group) => listField(status, group).filter((id) => typeof id === "string"));
}

/** Ids of the products that a vulnerability is in; of those named otherwise where none is said to be affected. */
function productIds(vulnerability: unknown): string[] {
  const status = field(vulnerability, "product_status");
  const affected = idsIn(status, affectedGroups);
  return [...new Set(affected.length > 0 ? affected : idsIn(status, otherGroups))];
}

function weaknessesOf(vulnerability: unknown): string[] {
  const ids = [field(vulnerability, "cwe"), ...listField(vulnerability, "cwes")].map((cwe) => textField(cwe, "id", 20));
  return [...new Set(ids.filter((id) => id !== null && /^CWE-\d{1,6}$/.test(id)))].filter((id) => id !== null);
}

/** Components that stand in a note, as this program writes them: "Vendor Product: component". */
function notedComponents(vulnerability: unknown): Map<string, string> {
  const notes = listField(vulnerability, "notes").filter((note) => textField(note, "title") === "Affected components");
  const lines = notes.flatMap((note) => (textField(note, "text") ?? "").split("\n"));
  return new Map(
    lines.flatMap((line) => {
      const cut = line.indexOf(": ");
      return cut < 0 ? [] : [[line.slice(0, cut), line.slice(cut + 2)] as const];
    }),
  );
}

/** Versions of one product in one entry, in the order of the file. */
function byProduct(products: readonly NamedProduct[]): Map<string, NamedProduct[]> {
  const groups = new Map<string, NamedProduct[]>();
  for (const product of products) {
    const key = JSON.stringify([product.vendor, product.product, product.component]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [product]);
    else group.push(product);
  }
  return groups;
}

const unnamed: NamedProduct = { vendor: "", product: "", component: null, version: "" };

function knownOf(
  vulnerability: unknown,
  title: string,
  named: ReadonlyMap<string, NamedProduct>,
): KnownVulnerability[] {
  const products = productIds(vulnerability).flatMap((id) => named.get(id) ?? []);
  const noted = notedComponents(vulnerability);
  const cve = textField(vulnerability, "cve", 40);
  const common = {
    cve: cve !== null && /^CVE-\d{4}-\d{4,19}$/.test(cve) ? cve : null,
    weaknesses: weaknessesOf(vulnerability),
    aliases: listField(vulnerability, "ids")
      .map((id) => textField(id, "text", 200))
      .filter((id) => id !== null),
    title: textField(vulnerability, "title", 1000) ?? title,
  };
  return [...byProduct(products.length > 0 ? products : [unnamed]).values()].map((group) => {
    const { vendor, product, component } = group[0] ?? unnamed;
    return {
      ...common,
      vendor,
      product,
      component: component ?? noted.get(`${vendor} ${product}`) ?? null,
      versions: [...new Set(group.map(({ version }) => version))].filter((version) => version !== ""),
    };
  });
}

/**
 * The vulnerabilities that a CSAF file (2.0 or 2.1) names, one for each product. A file that breaks rules of the standard is
 * read all the same, as far as it says something.
 */
export function readCsaf(bytes: Uint8Array): ReadAdvisory {
  const read = readObject(bytes);
  if (read.kind === "refused") return read;
  const meta = field(read.value, "document");
  const version = textField(meta, "csaf_version", 10);
  if (version === null) return refused("not-an-advisory", "The file says no CSAF version: it is no CSAF advisory.");
  const named = namedProducts(read.value);
  const title = textField(meta, "title", 1000) ?? "";
  const vulnerabilities: KnownVulnerability[] = [];
  const listed = listField(read.value, "vulnerabilities");
  for (const vulnerability of listed) {
    vulnerabilities.push(...knownOf(vulnerability, title, named));
    if (vulnerabilities.length > advisoryLimits.vulnerabilities) {
      return refused("too-many", "The file names more than 50,000 vulnerabilities of products: it was not read.");
    }
  }
  const id = textField(field(meta, "tracking"), "id", 200) ?? "";
  const passedOver = listed.length === 0 ? ["The file names no vulnerability."] : [];
  return { kind: "advisory", format: `CSAF ${version}`, id, vulnerabilities, passedOver };
}
