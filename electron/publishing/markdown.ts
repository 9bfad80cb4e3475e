import MarkdownIt, { type StateBlock, type Token } from "markdown-it";
import { withoutPortionLines } from "./portion-lines.ts";

export interface PlacedBlock {
  readonly kind: "figure" | "table";
  readonly id: string;
}

/** A section's text in order: HTML made from Markdown, and the places where figures and tables stand. */
export type MarkdownPiece = { readonly kind: "html"; readonly html: string } | PlacedBlock;

const placement = /^\[\[(figure|table):([A-Za-z0-9][A-Za-z0-9_-]*)\]\]\s*$/;
const placedType = "placed_block";

/**
 * Markdown (CommonMark and tables) to HTML in which nothing is active: HTML in the source stays text, links become their
 * words and their address as text, images become a note.
 */
function makeReader() {
  const reader = new MarkdownIt("default", { html: false, linkify: false, typographer: false });
  // Every address is only shown, so none needs to be refused.
  reader.validateLink = () => true;
  reader.normalizeLink = (url) => url;
  reader.normalizeLinkText = (url) => url;
  reader.block.ruler.before("fence", placedType, placeBlock, { alt: ["paragraph"] });
  const { rules } = reader.renderer;
  const escape = reader.utils.escapeHtml;
  const addresses: string[] = [];
  rules.link_open = (tokens, index) => {
    const token = tokens[index];
    addresses.push(token === undefined || token.info === "auto" ? "" : String(token.attrGet("href") ?? ""));
    return "";
  };
  rules.link_close = () => {
    const address = addresses.pop() ?? "";
    return address === "" ? "" : ` <span class="address">(${escape(address)})</span>`;
  };
  rules.image = (tokens, index) => {
    const token = tokens[index];
    const words = token === undefined ? "" : token.content;
    return `<span class="address">[picture left out: ${escape(words)} (${escape(String(token?.attrGet("src") ?? ""))})]</span>`;
  };
  rules.th_open = (tokens, index, options, _env, self) => {
    tokens[index]?.attrSet("scope", "col");
    return self.renderToken(tokens, index, options);
  };
  // A fence's language would become a class name; it says nothing in print.
  rules.fence = (tokens, index) => `<pre><code>${escape(tokens[index]?.content ?? "")}</code></pre>\n`;
  return reader;
}

/** A line of its own, outside of lists, quotes and code: `[[figure:ID]]` or `[[table:ID]]`. */
function placeBlock(state: StateBlock, startLine: number, _endLine: number, silent: boolean): boolean {
  if (state.level !== 0) return false;
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const match = placement.exec(state.src.slice(start, state.eMarks[startLine]));
  if (match === null || (state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  if (silent) return true;
  state.line = startLine + 1;
  const token = state.push(placedType, "", 0);
  token.info = match[1] ?? "";
  token.content = match[2] ?? "";
  token.map = [startLine, state.line];
  return true;
}

const reader = makeReader();

/** The section's own heading is the h2. */
const firstHeading = 3;

/** Headings begin at h3 and never skip a level on the way down, whichever the author began with. */
function settleHeadings(tokens: readonly Token[]): void {
  const levels = tokens.filter((token) => token.type === "heading_open").map((token) => Number(token.tag.slice(1)));
  const highest = Math.min(...levels);
  let level = firstHeading - 1;
  for (const token of tokens) {
    if (token.type === "heading_open") {
      level = Math.min(level + 1, 6, firstHeading + Number(token.tag.slice(1)) - highest);
    }
    if (token.type.startsWith("heading_")) token.tag = `h${String(level)}`;
  }
}

/** The pieces of a section's Markdown, in order. Lines that mark a portion for releases are not shown. */
export function readMarkdown(source: string): MarkdownPiece[] {
  const markdown = withoutPortionLines(source);
  const pieces: MarkdownPiece[] = [];
  let text: Token[] = [];
  const flush = (): void => {
    if (text.length > 0) pieces.push({ kind: "html", html: reader.renderer.render(text, reader.options, {}) });
    text = [];
  };
  const tokens = reader.parse(markdown, {});
  settleHeadings(tokens);
  for (const token of tokens) {
    if (token.type === placedType) {
      flush();
      pieces.push({ kind: token.info === "table" ? "table" : "figure", id: token.content });
    } else text.push(token);
  }
  flush();
  return pieces;
}
