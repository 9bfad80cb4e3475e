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

/** Linear RGB as people with a colour vision deficiency see it (Machado, Oliveira and Fernandes 2009, severity 1). */
const visions: Readonly<Record<string, readonly number[]>> = {
  full: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  "red-blind": [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  "green-blind": [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  "blue-blind": [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

/** CIE L*a*b* of #rrggbb as seen with a colour vision: distances in it are distances to the eye. */
function labOf(colour: string, vision: readonly number[]): number[] {
  const linear = [1, 3, 5].map((from) => {
    const part = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const seen = [0, 3, 6].map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        linear.reduce((sum, part, column) => sum + part * (vision[row + column] ?? 0), 0),
      ),
    ),
  );
  const [red = 0, green = 0, blue = 0] = seen;
  const root = (value: number): number => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);
  const x = root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
  const y = root(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const seriesNames = [1, 2, 3, 4, 5, 6].map((number) => `series${String(number)}`);
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

  it.each(seriesNames)("%s stands out on a panel", (name) => {
    expect(contrast(value(name), value("panel"))).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.entries(visions))("series are told apart with %s colour vision", (_name, vision) => {
    const seen = seriesNames.map((name) => labOf(value(name), vision));
    for (const [place, one] of seen.entries())
      for (const other of seen.slice(place + 1))
        expect(Math.hypot(...one.map((part, index) => part - (other[index] ?? 0)))).toBeGreaterThan(12);
  });

  it.each(["bg", "panel", "sunk"])("the edge of a control stands out on %s", (ground) => {
    expect(contrast(value("edge"), value(ground))).toBeGreaterThanOrEqual(3);
  });
});

it("computes contrast as WCAG does", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#c8102e", "#ffffff")).toBeCloseTo(5.9, 1);
});
