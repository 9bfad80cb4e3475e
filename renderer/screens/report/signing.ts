import { formatCounted } from "../../../electron/contract/number-text.ts";
import type { Report } from "../../../electron/contract/reporting.ts";

/** How many people must still sign before the report can be sealed. */
export function signaturesMissing(report: Report): number {
  return Math.max(0, report.signaturesRequired - report.signatures.length);
}

/** "Ingrid Sorel and Mara Lindqvist". */
export function signerNames(report: Report): string {
  const names = report.signatures.map(({ byName }) => byName);
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

/** "Two leads sign it before it is sealed; Ingrid Sorel has signed." What signing still takes, as a sentence. */
export function signingWords(report: Report): string {
  const { signaturesRequired: required, signatures } = report;
  const rule = required === 1 ? "One lead signs it before it is sealed" : "Two leads sign it before it is sealed";
  const done =
    signatures.length === 0
      ? "nobody has signed yet"
      : `${signerNames(report)} ${signatures.length === 1 ? "has" : "have"} signed`;
  return `${rule}; ${done}.`;
}

/** "1 signature is missing." Null where it can be sealed. */
export function missingWords(report: Report): string | null {
  const missing = signaturesMissing(report);
  return missing === 0 ? null : `${formatCounted(missing, "signature")} ${missing === 1 ? "is" : "are"} missing.`;
}
