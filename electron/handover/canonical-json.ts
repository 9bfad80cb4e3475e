/**
 * Canonical JSON (RFC 8785): one text for one value, whoever wrote it and in whatever order its keys came. A lone
 * surrogate, on which RFC 8785 gives up and which logs of cut-off model output do hold, is written as its \uXXXX escape.
 * @param value what JSON.parse gave
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`).join(",")}}`;
}
