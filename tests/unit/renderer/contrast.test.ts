import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../../../renderer/theme/tokens.css", import.meta.url), "utf8");

type Tokens = ReadonlyMap<string, string>;

function tokensOf(theme: string): Tokens {
  const start = css.indexOf(`[data-theme="${theme}"] {`);
  const block = css.slice(start, css.indexOf("}", start));
  return new Map([...block.matchAll(/--([a-z0-9-]+): ([^;]+);/g)].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

/** Relative luminance of #rrggbb (WCAG 2.2, "relative luminance"). */
function luminance(colour: string): number {
  const parts = [1, 3, 5].map((from) => Number.parseInt(colour.slice(from, from + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const inks = ["ink", "ink2", "ink3"];
const tones = ["accent", "ok", "warn", "bad", "review"];
const textPairs: readonly (readonly [string, string])[] = [
  ...inks.flatMap((ink) => ["bg", "panel", "sunk"].map((ground) => [ink, ground] as const)),
  ...["ink", "ink2"].map((ink) => [ink, "hover"] as const),
  ...tones.flatMap((tone) =>
    [tone, tone].map((name, index) => [name, index === 0 ? `${name}-soft` : "panel"] as const),
  ),
  ["ink", "accent-soft"],
  ["ink2", "accent-soft"],
  ["accent", "bg"],
  ["accent-ink", "accent"],
  ["accent-ink", "accent-hover"],
  ["bad-ink", "bad"],
];

describe.each(["light", "dark", "contrast"])("the %s theme", (theme) => {
  const tokens = tokensOf(theme);
  const value = (name: string): string => tokens.get(name) ?? "missing";

  it("has the names that the other themes have", () => {
    expect([...tokens.keys()].sort()).toEqual([...tokensOf("light").keys()].sort());
    expect(tokens.size).toBeGreaterThan(20);
  });

  it.each(textPairs)("%s is readable on %s", (ink, ground) => {
    expect(contrast(value(ink), value(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["bg", "panel", "sunk"])("the edge of a control stands out on %s", (ground) => {
    expect(contrast(value("edge"), value(ground))).toBeGreaterThanOrEqual(3);
  });
});

it("computes contrast as WCAG does", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#c8102e", "#ffffff")).toBeCloseTo(5.9, 1);
});
