import { readMarkup } from "../publishing/html-reading.ts";

/** An element of a chart's markup. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** All elements in document order. Throws where the markup is not well-formed. */
export function elementsOf(markup: string): SvgElement[] {
  return readMarkup(markup, new Set());
}

/** An attribute of the first element that has it. */
export function attributeOf(markup: string, name: string): string | undefined {
  return elementsOf(markup).find((element) => Object.hasOwn(element.attributes, name))?.attributes[name];
}

/** The text of every innermost element. */
export function textsOf(markup: string): string[] {
  return Array.from(markup.matchAll(/>([^<]+)</g), (match) => match[1] ?? "");
}
