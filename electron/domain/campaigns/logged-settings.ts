import { z } from "zod";
import { formatCount } from "../../contract/number-text.ts";
import type { LoggedFile } from "../runs/logged-file.ts";

/**
 * Settings of a run as its log states them, flat: "limits.tokens" → 500,000. What says where or how fast something ran,
 * or which tasks it took (its attempts say that), is left out.
 */
export type LoggedSettings = ReadonlyMap<string, string>;

const recordSchema = z.record(z.string(), z.unknown());

const leftOut = [
  /^tags$/,
  /^settings\.mapping(\.|$)/,
  /^settings\.config\.(limit|sample_id|sample_shuffle|epochs|eval_id|.*_limit)$/,
  /^settings\.config\.(max_|log_|score_display|sandbox_cleanup|fail_on_error|continue_on_fail|retry_on_error|tags)/,
  /^settings\.generate\.(max_connections|adaptive_connections|max_retries|timeout|attempt_timeout|batch|cache)/,
  /^settings\.revision\.(type|origin|dirty)$/,
];

function short(value: unknown): string {
  if (typeof value === "number") return Number.isInteger(value) ? formatCount(value) : String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "object" && Object.keys(value).length === 0);
}

/** Leaves to a depth of three; what is nested deeper is compared as a whole. */
function flatten(path: string, value: unknown, into: Map<string, string>): void {
  if (isEmpty(value) || leftOut.some((pattern) => pattern.test(path))) return;
  const inner = recordSchema.safeParse(value);
  if (!inner.success || Array.isArray(value) || path.split(".").length >= 3) {
    into.set(path, short(value));
    return;
  }
  for (const [key, one] of Object.entries(inner.data)) flatten(path === "" ? key : `${path}.${key}`, one, into);
}

export function loggedSettings(log: LoggedFile): LoggedSettings {
  const settings = new Map<string, string>();
  const read = recordSchema.safeParse(JSON.parse(log.settings));
  if (read.success) flatten("", read.data, settings);
  return settings;
}

/** A setting of one run that is not what most of the compared runs have. */
export interface SettingDifference {
  readonly setting: string;
  readonly own: string;
  readonly usual: string;
}

const notStated = "not stated";

/**
 * What differs in each of several runs that are to be compared, in the order in which they were given. The usual value of
 * a setting is that of most of them, of the earliest where it is even. Logs of different formats have only their limits
 * in common.
 */
export function settingDifferences(
  runs: readonly { readonly format: string; readonly settings: LoggedSettings }[],
): SettingDifference[][] {
  const differences: SettingDifference[][] = runs.map(() => []);
  const names = new Set(runs.flatMap(({ settings }) => [...settings.keys()]));
  for (const setting of [...names].sort()) {
    const groups = setting.startsWith("limits.") ? [runs] : [...byFormat(runs).values()];
    for (const group of groups) {
      const usual = usualValue(group.map(({ settings }) => settings.get(setting) ?? notStated));
      for (const run of group) {
        const own = run.settings.get(setting) ?? notStated;
        if (own !== usual) differences[runs.indexOf(run)]?.push({ setting: settingWords(setting), own, usual });
      }
    }
  }
  return differences;
}

function byFormat<T extends { readonly format: string }>(runs: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const run of runs) groups.set(run.format, [...(groups.get(run.format) ?? []), run]);
  return groups;
}

function usualValue(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return values.find((value) => counts.get(value) === most) ?? notStated;
}

/** "limits.tokens" → "token limit"; others without what only says in which part of the log they stand. */
function settingWords(setting: string): string {
  const limit = /^limits\.(.+)$/.exec(setting)?.[1];
  return limit === undefined ? setting.replace(/^settings\./, "") : `limit of ${limit}`;
}
