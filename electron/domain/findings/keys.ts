import type { Affected, FindingFields } from "../../contract/finding-fields.ts";

/**
 * Deconfliction keys: findings of the same flaw by different people get the same key, so that each can be told from the
 * others without anybody saying what it is. A key is the SHA-256 of five lines: the version of this rule, vendor, product,
 * component and sink, each normalised. Guessable by whoever knows the flaw; that is what it is for.
 */

const rule = "evalvault-deconfliction-1";
/** Legal forms at the end of a vendor's name: they are written or left out at will. */
const legalForms = new Set([
  "inc",
  "incorporated",
  "llc",
  "ltd",
  "limited",
  "gmbh",
  "corp",
  "corporation",
  "co",
  "ag",
  "sa",
]);

/** Lower case, compatibility forms folded, everything but letters and digits as single spaces. */
export function normalised(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function vendorPart(vendor: string): string {
  const words = normalised(vendor).split(" ");
  while (words.length > 1 && legalForms.has(words.at(-1) ?? "")) words.pop();
  return words.join(" ");
}

function keyText({ vendor, product, component, package: name }: Affected, sink: string): string | null {
  const thing = normalised(product === "" ? name : product);
  if (thing === "") return null;
  return [rule, vendorPart(vendor), thing, normalised(component), normalised(sink)].join("\n");
}

/** What the keys of a finding are hashed from, one for each affected product that is named, without repeats. */
export function keyTexts({ affected, sink }: Pick<FindingFields, "affected" | "sink">): string[] {
  return [...new Set(affected.flatMap((one) => keyText(one, sink) ?? []))];
}
