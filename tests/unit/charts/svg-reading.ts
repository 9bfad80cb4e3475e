/** A reader for the markup that the charts make: enough to look into it, strict about nesting. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** All elements in document order. Throws where tags are not properly nested or a stray "<" or "&" stands in the text. */
export function elementsOf(markup: string): SvgElement[] {
  const open: string[] = [];
  const found: SvgElement[] = [];
  const token = /<(\/?)([a-zA-Z][\w-]*)((?:\s[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let end = 0;
  for (let match = token.exec(markup); match !== null; match = token.exec(markup)) {
    end = token.lastIndex;
    const [, closing = "", name = "", attributes = "", selfClosing = "", text = ""] = match;
    if (/&(?!(?:amp|lt|gt|quot|#x?[0-9a-f]+);)/i.test(text + attributes)) throw new Error(`stray & in ${text}`);
    if (name === "") continue;
    if (closing === "/") {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    const pairs = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]);
    found.push({ name, attributes: Object.fromEntries(pairs) });
    if (selfClosing === "") open.push(name);
  }
  if (end !== markup.length || open.length > 0) throw new Error(`not well-formed at ${String(end)}`);
  return found;
}

/** An attribute of the first element that has it. */
export function attributeOf(markup: string, name: string): string | undefined {
  return elementsOf(markup).find((element) => Object.hasOwn(element.attributes, name))?.attributes[name];
}

/** The text of every innermost element. */
export function textsOf(markup: string): string[] {
  return [...markup.matchAll(/>([^<]+)</g)].map((match) => match[1] ?? "");
}
