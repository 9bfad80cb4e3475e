import {
  frozenReportSchema,
  type FrozenFigure,
  type FrozenReport,
  type FrozenTable,
} from "../contract/frozen-report.ts";
import type { ReleaseProfile } from "../contract/release-profile.ts";
import { formatCount } from "../contract/number-text.ts";
import { PublishingError } from "./publishing-error.ts";
import { WithheldWords, type KnownNames } from "./withheld-words.ts";
import { releasedMarkdown } from "./withheld-portions.ts";

export type { KnownNames } from "./withheld-words.ts";

/** Columns that say which task something is about: where one stands, the row is about a task. */
const taskColumns: ReadonlySet<string> = new Set(["task", "taskId", "task_id"]);

/** Words of this program, not of anybody's: never a name, and needed as they are. */
const structural: ReadonlySet<string> = new Set([
  "schema",
  "template",
  "id",
  "key",
  "kind",
  "align",
  "level",
  "safeguard",
  "notice",
  "tool",
  "code",
  "root",
  "note",
  "digest",
]);

/** A marking is never changed (one that gives something away is refused in the end); a comparison goes or stays whole. */
const asTheyAre: ReadonlySet<string> = new Set(["marking", "comparison"]);

/**
 * The report as it may go to somebody: what the profile leaves out is not in it, is counted, and said where it stood. Pure.
 * The whole report, unchanged, where nothing is left out. Numbers stay what they were: attempts of withheld rows are in every
 * rate and in the ledger.
 * @throws PublishingError `release-leaks` where something would still be given away, `report-invalid`
 */
export function releaseReport(report: FrozenReport, profile: ReleaseProfile, names: KnownNames): FrozenReport {
  if (profile.length === 0) return report;
  const withheld = new WithheldWords(profile, names);
  const { figures, tables, sections, preparedBy, ...rest } = report;
  const swept = {
    ...asObject(sweep(rest, withheld)),
    preparedBy: releasedAuthor(preparedBy, withheld),
    sections: sections.map((section) => ({
      ...section,
      heading: withheld.released(section.heading),
      markdown: isWhollyWithheld(section.heading, withheld)
        ? "*Withheld in this release: thresholds.*"
        : releasedMarkdown(section.markdown, withheld),
    })),
    figures: figures.map((figure) => sweep(releasedFigure(figure, withheld), withheld)),
    tables: tables.map((table) => sweep(releasedTable(table, withheld), withheld)),
  };
  const read = frozenReportSchema.safeParse({ ...swept, release: { withheld: withheld.note() } });
  if (!read.success) {
    const place = read.error.issues[0]?.path.join(".") ?? "";
    throw new PublishingError("report-invalid", `The released report is not in its format at "${place}".`, { place });
  }
  check(read.data, withheld);
  return read.data;
}

function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

/** Whoever prepared it is a person, whether or not the vault still knows the name. */
function releasedAuthor(preparedBy: string, withheld: WithheldWords): string {
  if (!withheld.leavesOut("people")) return withheld.released(preparedBy);
  withheld.count("people");
  return "withheld";
}

/** A section about thresholds goes whole, whatever stands in it. */
function isWhollyWithheld(heading: string, withheld: WithheldWords): boolean {
  return withheld.kindsIn(heading).includes("thresholds");
}

const joined = (caption: string, said: string): string => (caption === "" ? said : `${caption} ${said}`);

function releasedTable(table: FrozenTable, withheld: WithheldWords): FrozenTable {
  if (!withheld.leavesOut("task-content") || !table.columns.some(({ key }) => taskColumns.has(key))) return table;
  const count = table.rows.length;
  if (count > 0) withheld.count("task-content", count);
  const said = `Withheld in this release: ${formatCount(count)} rows about single tasks. Their attempts are in the rates and the ledger.`;
  return { ...table, caption: joined(withheld.released(table.caption), said), rows: [] };
}

/** A comparison's answer is one whole: where a word of it is to be left out, it goes, and the caption says so. */
function releasedFigure(figure: FrozenFigure, withheld: WithheldWords): FrozenFigure {
  if (figure.kind !== "comparison" || figure.comparison === null) return figure;
  const kinds = new Set(stringsOf(figure.comparison, new Set()).flatMap((text) => withheld.kindsIn(text)));
  if (kinds.size === 0) return figure;
  for (const kind of kinds) withheld.count(kind);
  const caption = joined(withheld.released(figure.caption), "Withheld in this release.");
  return { ...figure, comparison: null, caption };
}

/** Every text of a value, names of fields and words of this program left as they are, swept. */
function sweep(value: unknown, withheld: WithheldWords): unknown {
  if (typeof value === "string") return withheld.released(value);
  if (Array.isArray(value)) return value.map((one) => sweep(one, withheld));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  if (isCell(entries)) return sweptCell(value, withheld);
  return Object.fromEntries(
    entries.map(([key, inner]): [string, unknown] => [
      key,
      structural.has(key) || asTheyAre.has(key) ? inner : sweep(inner, withheld),
    ]),
  );
}

function isCell(entries: readonly [string, unknown][]): boolean {
  return entries.length === 2 && entries.every(([key]) => key === "value" || key === "text");
}

function sweptCell(cell: object, withheld: WithheldWords): unknown {
  const kinds = new Set(stringsOf(cell).flatMap((text) => withheld.kindsIn(text)));
  for (const kind of kinds) withheld.count(kind);
  return kinds.size === 0 ? cell : { value: null, text: "withheld" };
}

/** All texts of a value, but for those of the fields to pass over. */
function stringsOf(value: unknown, passedOver: ReadonlySet<string> = structural): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (passedOver.has(key) ? [] : stringsOf(inner, passedOver)));
}

/** The last look, over everything that goes out. Lines that say what was withheld name the kind, and that is all they say. */
function check({ release: _, ...report }: FrozenReport, withheld: WithheldWords): void {
  for (const text of stringsOf(report)) {
    withheld.check(text.replaceAll(/\*?Withheld in this release: [a-z, ]+\.\*?/g, ""));
  }
}
