import { withheldKinds, type WithheldKind } from "../contract/release-profile.ts";

/**
 * Lines of their own that an author puts around a portion: `[[withhold:thresholds]]`, or several kinds with commas, up to
 * `[[/withhold]]` or the section's end.
 */
const opening = /^\s*\[\[withhold:([a-z, -]+)\]\]\s*$/;
const closing = /^\s*\[\[\/withhold\]\]\s*$/;

/** A section's text without the lines that mark portions; what stands between them stays. */
export function withoutPortionLines(markdown: string): string {
  if (!markdown.includes("withhold")) return markdown;
  const lines = markdown.split("\n");
  return lines.map((line) => (opening.test(line) || closing.test(line) ? "" : line)).join("\n");
}

/** The kinds that the author said each line holds; null for the lines that say it. An unknown kind stands for every kind. */
export function markedLines(lines: readonly string[]): (readonly WithheldKind[] | null)[] {
  let marked: readonly WithheldKind[] = [];
  return lines.map((line) => {
    const named = opening.exec(line)?.[1];
    if (named !== undefined) {
      const kinds = named.split(",").map((one) => one.trim());
      const known = withheldKinds.filter((kind) => kinds.includes(kind));
      marked = [...new Set([...marked, ...(known.length === kinds.length ? known : withheldKinds)])];
      return null;
    }
    if (!closing.test(line)) return marked;
    marked = [];
    return null;
  });
}
