/**
 * JSON as Python writes it: strict JSON plus the bare constants `NaN`, `Infinity` and `-Infinity`.
 * Everything else that is not JSON is refused.
 */

/** Constants outside of strings; a string is matched whole, so that nothing inside one is touched. */
const tokens = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?Infinity|NaN/g;

/** A text that does not occur in `json`, to stand in for NaN while JSON.parse runs. */
function standIn(json: string): string {
  let mark = "NaN";
  while (json.includes(`"${mark}"`)) mark += "N";
  return mark;
}

/**
 * Parses JSON text that may hold bare NaN and Infinity.
 * @throws SyntaxError where the text is no JSON even so.
 */
export function parseLenientJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (!/NaN|Infinity/.test(json)) throw error;
  }
  const mark = standIn(json);
  const strict = json.replace(tokens, (token) => {
    if (token === "NaN") return `"${mark}"`;
    if (token === "Infinity") return "1e999";
    return token === "-Infinity" ? "-1e999" : token;
  });
  return JSON.parse(strict, (_key, value: unknown) => (value === mark ? Number.NaN : value));
}

/** The same for UTF-8 bytes; bytes that are no UTF-8 become U+FFFD. */
export function parseLenientJsonBytes(bytes: Uint8Array): unknown {
  return parseLenientJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
}
