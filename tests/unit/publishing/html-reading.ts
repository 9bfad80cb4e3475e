/** A small reader for the markup that publishing and charts make; strict, so that stray markup is found. */
export interface MarkupElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The element's text, with that of what is inside. */
  text: string;
}

const htmlVoid: ReadonlySet<string> = new Set(["meta", "br", "hr", "img", "link", "input"]);
const tag = /<!doctype html>|<(\/?)([a-zA-Z][\w-]*)((?:\s[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>|[^<]+/gy;
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** All elements of an HTML page in document order. Throws where tags are not properly nested. */
export function readHtml(html: string): MarkupElement[] {
  return readMarkup(html, htmlVoid);
}

/** The same for any markup; `empty` names the elements that have no end tag. */
export function readMarkup(markup: string, empty: ReadonlySet<string>): MarkupElement[] {
  const found: MarkupElement[] = [];
  const open: MarkupElement[] = [];
  let end = 0;
  for (const match of markup.matchAll(tag)) {
    end += match[0].length;
    const [whole, closing, name, attributes] = match;
    if (name === undefined) addText(open, whole);
    else if (closing === "/") close(open, name);
    else {
      const element = { name, attributes: readAttributes(attributes ?? ""), text: "" };
      found.push(element);
      if (!whole.endsWith("/>") && !empty.has(name)) open.push(element);
    }
  }
  if (end !== markup.length || open.length > 0) throw new Error(`not well-formed near ${markup.slice(end, end + 60)}`);
  return found;
}

function addText(open: readonly MarkupElement[], text: string): void {
  if (text.startsWith("<!")) return;
  for (const element of open) element.text += decode(text);
}

function close(open: MarkupElement[], name: string): void {
  const last = open.pop();
  if (last?.name !== name) throw new Error(`</${name}> closes <${last?.name ?? "nothing"}>`);
}

function readAttributes(text: string): Record<string, string> {
  const pairs = text.matchAll(/([\w:-]+)(?:="([^"]*)")?/g);
  return Object.fromEntries(Array.from(pairs, (pair) => [pair[1] ?? "", decode(pair[2] ?? "")]));
}

function decode(text: string): string {
  return text.replace(/&([^;\s]*;?)/g, (whole: string, entity: string) => {
    const numeric = /^#(x?)([0-9a-f]+);$/i.exec(entity);
    if (numeric !== null) return String.fromCodePoint(Number.parseInt(numeric[2] ?? "", numeric[1] === "" ? 10 : 16));
    const named = entities[entity.replace(";", "")];
    if (named === undefined) throw new Error(`stray & at ${whole}`);
    return named;
  });
}
