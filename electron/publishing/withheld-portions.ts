import MarkdownIt, { type Token } from "markdown-it";
import { withheldWords } from "../contract/release-profile.ts";
import { markedLines } from "./portion-lines.ts";
import type { WithheldWords } from "./withheld-words.ts";

interface Block {
  readonly from: number;
  readonly to: number;
  /** Code and quotations: where transcripts are quoted. */
  readonly isQuoted: boolean;
  /** Its words as a reader sees them: emphasis and character references are resolved. */
  readonly words: string;
}

const reader = new MarkdownIt("default", { html: false, linkify: false });
const quotes: ReadonlySet<string> = new Set(["fence", "code_block", "blockquote_open"]);

function wordsOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ content, children }) => (children === null ? content : children.map(wordsOfChild).join("")))
    .join(" ");
}

function wordsOfChild({ type, content, attrs }: Token): string {
  if (type === "softbreak" || type === "hardbreak") return " ";
  return [content, ...(attrs ?? []).map(([, value]) => ` ${value} `)].join("");
}

/** Paragraphs, lists, tables, code: the pieces of a text that are left out whole. Lines outside of any are one each. */
function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  const upTo = (line: number): void => {
    for (; at < line; at += 1) blocks.push({ from: at, to: at + 1, isQuoted: false, words: lines[at] ?? "" });
  };
  let within: Token[] = [];
  for (const token of reader.parse(lines.join("\n"), {})) {
    within.push(token);
    if (token.level !== 0 || token.nesting > 0) continue;
    const [from, to] = within[0]?.map ?? [at, at];
    upTo(from);
    if (to > at) {
      blocks.push({ from: at, to, isQuoted: within.some(({ type }) => quotes.has(type)), words: wordsOf(within) });
      at = to;
    }
    within = [];
  }
  upTo(lines.length);
  return blocks;
}

/**
 * A section's text without what the profile leaves out: portions that the author marked, quotations and code where transcripts
 * are left out, and every block that gives away a name, a flag or a threshold. A line stands for each.
 */
export function releasedMarkdown(markdown: string, withheld: WithheldWords): string {
  const source = markdown.replaceAll("\r\n", "\n").split("\n");
  const marks = markedLines(source);
  const plain = source.map((line, index) => (marks[index] === null ? "" : line));
  const lines: string[] = [];
  let before: string | null = null;
  for (const { from, to, isQuoted, words } of blocksOf(plain)) {
    const text = plain.slice(from, to).join("\n");
    const marked = new Set(marks.slice(from, to).flatMap((kinds) => kinds ?? []));
    const given = new Set([...withheld.kindsIn(text), ...withheld.kindsIn(words)]);
    const kinds = withheld.profile.filter(
      (kind) => marked.has(kind) || given.has(kind) || (isQuoted && kind === "transcripts"),
    );
    if (kinds.length === 0 || text.trim() === "") {
      lines.push(...text.split("\n"));
      if (text.trim() !== "") before = null;
      continue;
    }
    for (const kind of kinds) withheld.count(kind);
    const said = `*Withheld in this release: ${kinds.map((kind) => withheldWords[kind]).join(", ")}.*`;
    // Blocks of the same kind that follow each other are said once.
    if (said !== before) lines.push("", said, "");
    before = said;
  }
  return lines
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}
