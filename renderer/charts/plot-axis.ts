import { scaleLinear, scaleLog } from "@visx/scale";
import { formatCount, formatDecimal } from "../../electron/contract/number-text.ts";

/** One way of laying values out along a side of a chart, with the places at which it is written what they are. */
export interface PlotAxis {
  readonly kind: "linear" | "log";
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly AxisTick[];
  /** What the values are, with their unit: "Human minutes". */
  readonly label: string;
}

export interface AxisTick {
  readonly value: number;
  readonly words: string;
}

/** From values to pixels. */
export interface AxisScale {
  /** What visx draws an axis with. */
  readonly scale: ReturnType<typeof scaleLinear<number>> | ReturnType<typeof scaleLog<number>>;
  /** The pixel of a value; what lies outside of the axis stays at its end. */
  readonly at: (value: number) => number;
}

/** The scale of an axis over pixels from `from` to `to` (downwards for an upright axis). */
export function axisScale(axis: PlotAxis, from: number, to: number): AxisScale {
  const config = { domain: [axis.low, axis.high], range: [from, to], clamp: true };
  const scale = axis.kind === "log" ? scaleLog<number>(config) : scaleLinear<number>(config);
  // A logarithm has no place for 0, e.g. an attempt that cost nothing: it stands at the lower end.
  return { scale, at: (value) => scale(axis.kind === "log" ? Math.max(value, axis.low) : value) };
}

/** Solve rates and chances: always the whole of 0 to 1, so that two charts can be compared by eye. */
export function rateAxis(label: string): PlotAxis {
  const values = [0, 0.25, 0.5, 0.75, 1];
  return { kind: "linear", low: 0, high: 1, ticks: values.map((value) => ({ value, words: String(value) })), label };
}

const differenceSteps = [0.05, 0.1, 0.2, 0.25, 0.5] as const;

/** Differences of rates: as far to the left of 0 as to the right, and as far as the values go. */
export function differenceAxis(values: readonly number[], label: string): PlotAxis {
  const farthest = Math.max(0.1, ...values.filter(Number.isFinite).map(Math.abs));
  const step = differenceSteps.find((one) => farthest <= one * 4) ?? 0.5;
  const high = Math.min(1, Math.ceil(farthest / step - 1e-9) * step);
  const count = Math.round(high / step);
  const ticks = Array.from({ length: 2 * count + 1 }, (_, index) => {
    const value = (index - count) * step;
    const words = formatDecimal(value, 2);
    return { value, words: value > 1e-9 ? `+${words}` : Math.abs(value) < 1e-9 ? "0" : words };
  });
  return { kind: "linear", low: -high, high, ticks, label };
}

/** Whole numbers from 1: attempts, epochs. Every one is written where there are few. */
export function countAxis(last: number, label: string): PlotAxis {
  const high = Math.max(2, last);
  const step = [1, 2, 5, 10, 20, 50, 100, 200].find((one) => high / one <= 10) ?? Math.ceil(high / 10);
  const values = [1, ...Array.from({ length: Math.floor(high / step) }, (_, index) => (index + 1) * step)];
  const ticks = [...new Set(values)].map((value) => ({ value, words: formatCount(value) }));
  return { kind: "linear", low: 1, high, ticks, label };
}

const namedMinutes: readonly AxisTick[] = [
  { value: 1 / 60, words: "1 s" },
  { value: 0.25, words: "15 s" },
  { value: 1, words: "1 min" },
  { value: 4, words: "4 min" },
  { value: 15, words: "15 min" },
  { value: 60, words: "1 h" },
  { value: 240, words: "4 h" },
  { value: 960, words: "16 h" },
  { value: 2_880, words: "48 h" },
  { value: 10_080, words: "1 week" },
  { value: 43_200, words: "30 days" },
  { value: 525_600, words: "1 year" },
];

/** The logarithm of minutes, with the times that people say; a little wider than the values. */
export function minutesAxis(values: readonly number[], label: string): PlotAxis {
  const { low, high } = logSpan(values, 1, 60);
  return { kind: "log", low, high, ticks: inside(namedMinutes, low, high), label };
}

/** The logarithm of amounts (dollars, tokens): powers of ten, and their halves and fifths where these are few. */
export function amountAxis(values: readonly number[], label: string, words: (value: number) => string): PlotAxis {
  const { low, high } = logSpan(values, 1, 10);
  const parts = high / low > 2_000 ? [1] : high / low > 40 ? [1, 3] : [1, 2, 5];
  const ticks: AxisTick[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
    for (const part of parts) {
      const value = Number((part * 10 ** power).toPrecision(6));
      ticks.push({ value, words: words(value) });
    }
  }
  return { kind: "log", low, high, ticks: inside(ticks, low, high), label };
}

const day = 86_400_000;

/** Days in milliseconds since 1970 (UTC), with a tick at the starts of months, quarters or years. */
export function dayAxis(values: readonly number[], label: string): PlotAxis {
  const known = values.filter(Number.isFinite);
  const [first, last] = known.length === 0 ? [0, 365 * day] : [Math.min(...known), Math.max(...known)];
  const around = Math.max(15 * day, (last - first) * 0.06);
  const [low, high] = [first - around, last + around];
  const months = [1, 3, 6, 12, 24, 60].find((step) => (high - low) / (30.4 * day * step) <= 8) ?? 120;
  const ticks: AxisTick[] = [];
  const start = new Date(low);
  for (let month = start.getUTCFullYear() * 12; ticks.length < 200; month += months) {
    const value = Date.UTC(Math.floor(month / 12), month % 12, 1);
    if (value > high) break;
    if (value >= low) ticks.push({ value, words: new Date(value).toISOString().slice(0, 7) });
  }
  return { kind: "linear", low, high, ticks, label };
}

function logSpan(values: readonly number[], low: number, high: number): { low: number; high: number } {
  const known = values.filter((value) => Number.isFinite(value) && value > 0);
  const [least, most] = known.length === 0 ? [low, high] : [Math.min(...known), Math.max(...known)];
  const around = Math.max(1.25, (most / least) ** 0.06);
  return { low: least / around, high: most * around };
}

function inside(ticks: readonly AxisTick[], low: number, high: number): AxisTick[] {
  return ticks.filter(({ value }) => value >= low && value <= high);
}
