import MarkdownIt, { type Token } from "markdown-it";
import { Fragment, useMemo, type ReactNode } from "react";
import "./markdown.css";

/** Reads Markdown; no HTML, no images, no linkified text: what is written is text and stays text. */
const parser = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable(["image"]);

const elements = {
  p: "p",
  strong: "strong",
  em: "em",
  s: "s",
  ul: "ul",
  ol: "ol",
  li: "li",
  blockquote: "blockquote",
  table: "table",
  thead: "thead",
  tbody: "tbody",
  tr: "tr",
  th: "th",
  td: "td",
  h1: "h3",
  h2: "h4",
  h3: "h5",
  h4: "h6",
  h5: "h6",
  h6: "h6",
} as const;

function isElement(tag: string): tag is keyof typeof elements {
  return Object.hasOwn(elements, tag);
}

/** Writes an opened token with what it holds. Links are their words and their address, and lead nowhere. */
function wrapped(token: Token, children: ReactNode[], key: number): ReactNode {
  if (token.type === "link_open") {
    return (
      <span key={key} className="markdown-link">
        {children} <span className="mono">({token.attrGet("href") ?? ""})</span>
      </span>
    );
  }
  if (!isElement(token.tag)) return <Fragment key={key}>{children}</Fragment>;
  if (token.type === "paragraph_open" && token.hidden) return <Fragment key={key}>{children}</Fragment>;
  const Element = elements[token.tag];
  return <Element key={key}>{children}</Element>;
}

function leaf(token: Token, key: number): ReactNode {
  switch (token.type) {
    case "inline":
      return <Fragment key={key}>{written(token.children ?? [])}</Fragment>;
    case "code_inline":
      return <code key={key}>{token.content}</code>;
    case "fence":
    case "code_block":
      return <pre key={key}>{token.content}</pre>;
    case "hr":
      return <hr key={key} />;
    case "softbreak":
      return " ";
    case "hardbreak":
      return <br key={key} />;
    default:
      return token.content;
  }
}

/** Flat tokens, in which an opening one has nesting 1 and its close −1, as nested elements. */
function written(tokens: readonly Token[]): ReactNode[] {
  const open: { readonly token: Token | null; readonly children: ReactNode[] }[] = [{ token: null, children: [] }];
  tokens.forEach((token, index) => {
    if (token.nesting === 1) {
      open.push({ token, children: [] });
      return;
    }
    if (token.nesting === 0) {
      open.at(-1)?.children.push(leaf(token, index));
      return;
    }
    const closed = open.pop();
    if (closed?.token) open.at(-1)?.children.push(wrapped(closed.token, closed.children, index));
  });
  return open[0]?.children ?? [];
}

export interface MarkdownTextProps {
  readonly markdown: string;
  /** Draws a line that stands alone and names a block: `[[figure:ID]]`, `[[table:ID]]`. */
  readonly block?: ((kind: "figure" | "table", id: string) => ReactNode) | undefined;
}

const blockLine = /^\[\[(figure|table):([^\]\s]+)\]\]$/;

interface Piece {
  readonly key: string;
  readonly block: { readonly kind: "figure" | "table"; readonly id: string } | null;
  readonly markdown: string;
}

/** Splits at lines that name a block. */
function pieces(markdown: string): Piece[] {
  const found: Piece[] = [];
  let text: string[] = [];
  const flush = (): void => {
    if (text.join("").trim() !== "")
      found.push({ key: `text-${String(found.length)}`, block: null, markdown: text.join("\n") });
    text = [];
  };
  for (const line of markdown.split("\n")) {
    const match = blockLine.exec(line.trim());
    const id = match?.[2];
    if (match && id !== undefined) {
      flush();
      const kind = match[1] === "figure" ? "figure" : "table";
      found.push({ key: `block-${String(found.length)}`, block: { kind, id }, markdown: "" });
    } else text.push(line);
  }
  flush();
  return found;
}

/** Markdown as React elements: never as HTML, so nothing that was typed can become anything but text. */
export function MarkdownText({ markdown, block }: MarkdownTextProps): ReactNode {
  const parts = useMemo(() => pieces(markdown), [markdown]);
  return (
    <div className="markdown">
      {parts.map((part) => {
        if (part.block === null) return <Fragment key={part.key}>{written(parser.parse(part.markdown, {}))}</Fragment>;
        const { kind, id } = part.block;
        return (
          <div key={part.key} className="markdown-block">
            {block ? block(kind, id) : <span className="mono">{`[[${kind}:${id}]]`}</span>}
          </div>
        );
      })}
    </div>
  );
}
