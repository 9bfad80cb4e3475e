/** A small reader for the HTML that publishing makes; strict about nesting, so that stray markup is found. */
export interface HtmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The element's text, with that of what is inside. */
  text: string;
}

const voidElements = new Set(["meta", "br", "hr", "img", "link", "input"]);

/** All elements in document order. Throws where tags are not properly nested. */
export function readHtml(html: string): HtmlElement[] {
  const found: HtmlElement[] = [];
  const open: HtmlElement[] = [];
  const token = /<!doctype html>|<(\/?)([a-zA-Z][\w-]*)((?:\s[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/gy;
  let end = 0;
  for (let match = token.exec(html); match !== null; match = token.exec(html)) {
    end = token.lastIndex;
    const [, closing = "", name = "", attributes = "", selfClosing = "", text = ""] = match;
    for (const element of open) element.text += decode(text);
    if (name === "") continue;
    if (closing === "/") {
      const last = open.pop();
      if (last?.name !== name) throw new Error(`</${name}> closes <${last?.name ?? "nothing"}>`);
      continue;
    }
    const pairs = [...attributes.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)];
    const element: HtmlElement = {
      name,
      attributes: Object.fromEntries(pairs.map(([, key = "", value = ""]) => [key, decode(value)])),
      text: "",
    };
    found.push(element);
    if (selfClosing === "" && !voidElements.has(name)) open.push(element);
  }
  if (end !== html.length || open.length > 0) throw new Error(`not well-formed near ${html.slice(end, end + 60)}`);
  return found;
}

function decode(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return text.replace(/&(#x[0-9a-f]+|#\d+|amp|lt|gt|quot);/gi, (_, entity: string) => {
    if (entity.startsWith("#x")) return String.fromCodePoint(Number.parseInt(entity.slice(2), 16));
    if (entity.startsWith("#")) return String.fromCodePoint(Number(entity.slice(1)));
    return named[entity] ?? "";
  });
}
