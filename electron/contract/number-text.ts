/**
 * Numbers to text, in one place: screens, reports and CSV files show the same digits because they all come from here.
 * Nothing here depends on the machine's language. What is not known is "–", never 0.
 */
import type { DenominatorPolicy, Interval, Ledger } from "./values.ts";

/** Stands for a number that there is not. */
export const noNumber = "–";
const minus = "−";

function isNumber(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

/** A share between 0 and 1, to three decimals: 0.358. */
export function formatRate(rate: number | null): string {
  return formatDecimal(rate, 3);
}

/** A number to a fixed count of decimals, with a real minus sign and no "−0.000". */
export function formatDecimal(value: number | null, decimals: number): string {
  if (!isNumber(value)) return noNumber;
  const digits = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(digits) !== 0 ? `${minus}${digits}` : digits;
}

/** A difference of rates with its sign: +0.092, −0.092, 0.000. */
export function formatDifference(difference: number | null): string {
  const text = formatRate(difference);
  return isNumber(difference) && Number(difference.toFixed(3)) > 0 ? `+${text}` : text;
}

/** A whole number with thousands separated: 12,408. */
export function formatCount(count: number | null): string {
  if (!isNumber(count)) return noNumber;
  const digits = Math.abs(Math.round(count))
    .toFixed(0)
    .replace(/\B(?=(\d{3})+$)/g, ",");
  return count <= -0.5 ? `${minus}${digits}` : digits;
}

/** So many of something: 1 task, 1,507 tasks. `many` where it is not the noun with an s: 2 entries. */
export function formatCounted(count: number, noun: string, many = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : many}`;
}

/** Part of a whole: 17 / 40. */
export function formatFraction(part: number, whole: number): string {
  return `${formatCount(part)} / ${formatCount(whole)}`;
}

/** A confidence level: 95 %. */
export function formatLevel(level: number): string {
  return `${String(Number((level * 100).toFixed(3)))} %`;
}

/** The ends of an interval of a rate: [0.241, 0.476]. */
export function formatInterval(interval: Pick<Interval, "low" | "high"> | null): string {
  if (interval === null) return noNumber;
  return `[${formatRate(interval.low)}, ${formatRate(interval.high)}]`;
}

/** What a hierarchical bootstrap draws, one within the other, from its outermost unit on. */
const hierarchies: Readonly<Record<string, string>> = {
  cluster: "clusters, tasks, attempts",
  task: "tasks, attempts",
};

/** How an interval was made and over what: "clustered by task, t, 95 %". */
export function formatIntervalMethod(interval: Pick<Interval, "method" | "unit" | "level"> | null): string {
  if (interval === null) return "no interval";
  const level = formatLevel(interval.level);
  switch (interval.method) {
    case "wilson":
      return `Wilson over ${interval.unit}s, ${level}`;
    case "clopper-pearson":
      return `Clopper–Pearson over ${interval.unit}s, ${level}`;
    case "cluster-t":
      return `clustered by ${interval.unit}, t, ${level}`;
    case "fieller":
      return `Fieller over ${interval.unit}s, t, ${level}`;
    case "least-squares-t":
      return `least squares over ${interval.unit}s, t, ${level}`;
    case "bootstrap":
      return `bootstrap over ${interval.unit}s, percentiles, ${level}`;
    case "hierarchical-bootstrap":
      return `hierarchical bootstrap, ${hierarchies[interval.unit] ?? interval.unit}, percentiles, ${level}`;
    default:
      return `${interval.method}, by ${interval.unit}, ${level}`;
  }
}

/** How several intervals were made, each way once: what stands under a list of them. */
export function formatIntervalMethods(intervals: readonly (Interval | null)[]): string {
  const ways = intervals.flatMap((interval) => (interval === null ? [] : [formatIntervalMethod(interval)]));
  return [...new Set(ways)].join("; ");
}

/** A p-value to three decimals; below 0.001 only that much is said. */
export function formatP(p: number | null): string {
  if (!isNumber(p)) return noNumber;
  return p < 0.001 ? "<0.001" : formatRate(p);
}

/** Minutes of human work, to one decimal where it is below ten and not whole: 2, 7.5, 452. */
export function formatMinutes(minutes: number | null): string {
  if (!isNumber(minutes)) return noNumber;
  const whole = minutes >= 10 || Number.isInteger(minutes);
  return whole ? formatCount(minutes) : formatDecimal(minutes, 1);
}

/** Days in which something happens, written as minutes are: 7.5, 212. */
export function formatDays(days: number | null): string {
  return formatMinutes(days);
}

/** A span of time in milliseconds as a clock: 4:10, 1:04:09. */
export function formatDuration(milliseconds: number | null): string {
  if (!isNumber(milliseconds) || milliseconds < 0) return noNumber;
  const seconds = Math.round(milliseconds / 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const tail = `${hours > 0 ? two(minutes) : String(minutes)}:${two(seconds % 60)}`;
  return hours > 0 ? `${formatCount(hours)}:${tail}` : tail;
}

/** US dollars to the cent: $1,204.50. */
export function formatCost(dollars: number | null): string {
  if (!isNumber(dollars)) return noNumber;
  const [whole = "0", cents = "00"] = Math.abs(dollars).toFixed(2).split(".");
  return `${dollars <= -0.005 ? minus : ""}$${formatCount(Number(whole))}.${cents}`;
}

/** A denominator policy in words: "errors as failures, invalidated left out". */
export function formatPolicy(policy: DenominatorPolicy): string {
  const errors = policy.errors === "as-failures" ? "errors as failures" : "errors left out";
  return `${errors}, invalidated ${policy.invalidated === "counted" ? "counted" : "left out"}`;
}

/** The same at the beginning of a line: "Errors as failures, invalidated left out". */
export function formatPolicyTitle(policy: DenominatorPolicy): string {
  const words = formatPolicy(policy);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** The order in which the states of a ledger stand in bars, words and tables. */
export const ledgerOrder: readonly Exclude<keyof Ledger, "planned">[] = [
  "solved",
  "notSolved",
  "limitReached",
  "refused",
  "unscored",
  "modelError",
  "infrastructureFault",
  "invalidated",
  "withheld",
  "notRun",
];

/** The states of a ledger in the order in which they are shown, with their words. */
export const ledgerWords: Readonly<Record<Exclude<keyof Ledger, "planned">, string>> = {
  solved: "solved",
  notSolved: "not solved",
  limitReached: "limit reached",
  refused: "refused",
  unscored: "unscored",
  modelError: "model error",
  infrastructureFault: "infrastructure fault",
  invalidated: "invalidated",
  withheld: "withheld",
  notRun: "not run",
};

/** The same digits for a program to read: no thousands separators, "-" for the minus sign, empty for no number. */
export function machineNumber(text: string): string {
  return text === noNumber ? "" : text.replaceAll(minus, "-").replaceAll(",", "").replaceAll("$", "");
}
