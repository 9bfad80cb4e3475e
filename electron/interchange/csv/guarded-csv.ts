import { stringify } from "csv-stringify/sync";

/** Text that already looks like a marked formula gets the mark as well, so that taking one mark off gives it back. */
const markedFormula = /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/**
 * Rows under a header as CSV (RFC 4180, CRLF line ends, UTF-8 with a byte order mark so that spreadsheets read it as such).
 * Text that a spreadsheet would take for a formula gets a leading apostrophe.
 */
export function guardedCsv(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const guarded = rows.map((row) =>
    row.map((cell) => (typeof cell === "string" && markedFormula.test(cell) ? `'${cell}` : cell)),
  );
  return stringify(guarded, {
    header: true,
    columns: [...columns],
    escape_formulas: true,
    record_delimiter: "\r\n",
    // By itself it quotes only the delimiter that it writes, and a lone line feed would end the row elsewhere.
    quoted_match: /[\r\n]/,
    bom: true,
  });
}
