/** A word that sounds like a verdict of an authority, and what an advisory report says in its place. */
export interface Wording {
  readonly found: string;
  readonly say: string;
  readonly count: number;
}

const advice: readonly { readonly pattern: RegExp; readonly say: string }[] = [
  { pattern: /\b(?:dis)?approv(?:e|es|ed|ing|al|als)\b/gi, say: "assessed, advised" },
  { pattern: /\bclear(?:s|ed|ing|ance)?\b/gi, say: "observed, not observed" },
  { pattern: /\bcertif(?:y|ies|ied|ying|ication|icate)\b/gi, say: "assessed, stated" },
  { pattern: /\blicen[cs](?:es|ed|ing)\b|\blicense\b/gi, say: "advised" },
  { pattern: /\bpermit(?:s|ted|ting)?\b/gi, say: "allowed by the setting, advised" },
  { pattern: /\bauthori[sz](?:e|es|ed|ing|ation)\b/gi, say: "agreed, advised" },
  { pattern: /\b(?:non-?)?complian(?:t|ce)\b/gi, say: "in line with, observed under" },
  { pattern: /\bpass(?:es|ed|ing)?\b(?!@)/gi, say: "solved" },
  { pattern: /\bfail(?:s|ed|ing)?\b/gi, say: "not solved, did not" },
];

/** Prose only: without code, block lines and quoted matter. */
function prose(markdown: string): string {
  return markdown
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, " ")
    .replace(/`[^`\n]*`/g, " ")
    .replace(/^\s*\[\[(?:figure|table):[^\]]*\]\]\s*$/gm, " ")
    .replace(/^\s*>.*$/gm, " ");
}

/**
 * Words of approval, licence or verdict in a text, each once with its count, in the order in which they first appear.
 * The report advises; these words read as if it decided.
 */
export function checkWording(markdown: string): readonly Wording[] {
  const text = prose(markdown);
  const found = new Map<string, Wording & { readonly at: number }>();
  for (const { pattern, say } of advice) {
    for (const match of text.matchAll(pattern)) {
      const word = match[0].toLowerCase();
      const before = found.get(word);
      found.set(word, { found: word, say, count: (before?.count ?? 0) + 1, at: before?.at ?? match.index });
    }
  }
  return [...found.values()]
    .sort((a, b) => a.at - b.at)
    .map(({ found: word, say, count }) => ({ found: word, say, count }));
}
