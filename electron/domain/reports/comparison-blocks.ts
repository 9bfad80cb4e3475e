import type { ComparisonAnswer } from "../../contract/comparison-answer.ts";
import type { FrozenFigure, FrozenTable, Provenance } from "../../contract/frozen-report.ts";
import { formatCounted, formatPolicy } from "../../contract/number-text.ts";
import type { Report } from "../../contract/reporting.ts";
import { headlinePolicy } from "../../contract/values.ts";
import type { QueryContext } from "../query-context.ts";
import { comparisonNames, comparisonTitles, type ComparisonName } from "./blocks.ts";
import { comparedBenchmarks, comparedScope, type ComparedBenchmark } from "./compared-benchmarks.ts";
import {
  comparisonAnswer,
  comparisonTableOf,
  versionsCompared,
  type AnswerScope,
  type Digesting,
} from "./comparison-answers.ts";
import type { ReportMaterial } from "./material.ts";

/** What is said with a comparison: the words of the page, which the domain does not draw and so cannot know by itself. */
export interface ComparisonWords {
  /** Empty where there is nothing to show. */
  readonly title: string;
  /** One or two sentences: what it shows; where there is nothing to show, why. */
  readonly summary: string;
  /** How its intervals were made, over what unit, of how many. */
  readonly method: string;
  readonly isEmpty: boolean;
}
export interface Describing extends Digesting {
  readonly describe: (comparison: ComparisonAnswer, benchmark: string) => ComparisonWords;
}

export interface ComparisonBlocks {
  readonly figures: readonly FrozenFigure[];
  readonly tables: readonly FrozenTable[];
}

interface Wanted {
  readonly kind: "figure" | "table";
  readonly name: ComparisonName;
  /** Null: on every benchmark on which there is something to show. */
  readonly slug: string | null;
}

const placement = /^ {0,3}\[\[(figure|table):([a-z0-9-]+)\]\]\s*$/gm;

/** The comparisons that the sections of a report place, each once, in the order of `comparisonNames`. */
export function wantedComparisons(sections: readonly { readonly markdown: string }[]): Wanted[] {
  const found = new Map<string, Wanted>();
  for (const [line, kind, id = ""] of sections.flatMap(({ markdown }) => [...markdown.matchAll(placement)])) {
    const name = comparisonNames.find((one) => id === one || id.startsWith(`${one}-`));
    if (name === undefined) continue;
    const slug = id === name ? null : id.slice(name.length + 1);
    found.set(line.trim(), { kind: kind === "table" ? "table" : "figure", name, slug });
  }
  return comparisonNames.flatMap((name) => [...found.values()].filter((one) => one.name === name));
}

/**
 * The figures and tables of comparisons that the report's sections place, made of the runs of its scope. Where there is
 * nothing to show, what was named has one block that says so.
 */
export function comparisonBlocks(
  context: QueryContext,
  report: Report,
  made: ReportMaterial,
  given: Describing,
): ComparisonBlocks {
  const figures = new Map<string, FrozenFigure>();
  const tables = new Map<string, FrozenTable>();
  for (const [one, benchmarks] of placedComparisons(context, report)) {
    const compared = benchmarks.map((benchmark) => compare(context, report, { name: one.name, benchmark, given }));
    const shown = compared.filter(({ words }) => one.slug !== null || !words.isEmpty);
    for (const each of shown) {
      if (one.kind === "figure") figures.set(idOf(each), figureOf(each, made));
      else tables.set(idOf(each), tableOf(each, made));
    }
    if (shown.length > 0 || one.slug !== null) continue;
    if (one.kind === "figure") figures.set(one.name, emptyFigure(one.name, made));
    else tables.set(one.name, emptyTable(one.name, made));
  }
  return { figures: [...figures.values()], tables: [...tables.values()] };
}

/**
 * Computes what comparisons of a report take long, in steps: `comparisonBlocks` then has them at hand, as long as what
 * they are made of stays the same.
 */
export function* compareAhead(context: QueryContext, report: Report, given: Digesting): Generator<unknown, void> {
  for (const [{ name }, benchmarks] of placedComparisons(context, report)) {
    for (const benchmark of benchmarks) {
      const scope = scopeOn(context, report, benchmark);
      yield* comparisonAnswer(context, { of: name, scope, given }, versionsCompared(context, scope));
    }
  }
}

function placedComparisons(context: QueryContext, report: Report): (readonly [Wanted, ComparedBenchmark[]])[] {
  const wanted = wantedComparisons(report.sections);
  const benchmarks = wanted.length === 0 ? [] : comparedBenchmarks(context.model, report);
  return wanted.map((one) => [one, benchmarks.filter(({ slug }) => one.slug === null || one.slug === slug)] as const);
}

function scopeOn({ model }: QueryContext, report: Report, benchmark: ComparedBenchmark): AnswerScope {
  return { ...comparedScope(model, report), benchmarkId: benchmark.id };
}

interface Asked {
  readonly name: ComparisonName;
  readonly benchmark: ComparedBenchmark;
  readonly given: Describing;
}

interface Compared {
  readonly name: ComparisonName;
  readonly benchmark: ComparedBenchmark;
  readonly comparison: ComparisonAnswer;
  readonly words: ComparisonWords;
  /** Codes of the runs that it is made of. */
  readonly runs: ReadonlySet<string>;
  readonly beyond: number;
}

function compare(context: QueryContext, report: Report, { name, benchmark, given }: Asked): Compared {
  const scope = scopeOn(context, report, benchmark);
  const compared = versionsCompared(context, scope);
  const comparison = toEnd(comparisonAnswer(context, { of: name, scope, given }, compared));
  const runs = new Set(compared.versions.flatMap(({ version }) => version.runs.map(({ code }) => code)));
  const words = given.describe(comparison, benchmark.title);
  return { name, benchmark, comparison, words, runs, beyond: compared.beyond };
}

function toEnd<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function idOf({ name, benchmark }: Compared): string {
  return `${name}-${benchmark.slug}`;
}

function provenanceOf({ words, runs }: Compared, made: ReportMaterial): Provenance {
  const own = made.runs.filter(({ code }) => runs.has(code));
  const entries = own.map(({ entry }) => entry);
  return {
    runs: own.map(({ code }) => code),
    entries: { first: entries.length === 0 ? 0 : Math.min(...entries), last: Math.max(...entries, 0) },
    method: `${words.method}${words.method === "" ? "" : " "}Denominator: ${formatPolicy(headlinePolicy)}.`,
  };
}

function captionOf({ words, beyond }: Compared): string {
  const left = beyond === 0 ? "" : ` Not compared, for there are too many: ${formatCounted(beyond, "model version")}.`;
  return `${words.summary}${left}`;
}

function figureOf(compared: Compared, made: ReportMaterial): FrozenFigure {
  const { words, comparison, benchmark } = compared;
  return {
    id: idOf(compared),
    title: words.isEmpty ? `${comparisonTitles[compared.name]}, on ${benchmark.title}` : words.title,
    caption: captionOf(compared),
    provenance: provenanceOf(compared, made),
    kind: "comparison",
    benchmark: benchmark.title,
    comparison: words.isEmpty ? null : comparison,
  };
}

function tableOf(compared: Compared, made: ReportMaterial): FrozenTable {
  const { words, comparison, benchmark } = compared;
  const table = comparisonTableOf(comparison);
  return {
    id: idOf(compared),
    title: `${table.title}, on ${benchmark.title}`,
    caption: `${captionOf(compared)} ${table.caption}`,
    provenance: provenanceOf(compared, made),
    columns: table.columns,
    rows: words.isEmpty ? [] : table.rows,
  };
}

const nothing = "There is nothing to compare in the scope of this report yet.";

function emptyFigure(name: ComparisonName, { provenance }: ReportMaterial): FrozenFigure {
  const block = { id: name, title: comparisonTitles[name], caption: nothing, provenance };
  return { ...block, kind: "comparison", benchmark: "", comparison: null };
}

function emptyTable(name: ComparisonName, { provenance }: ReportMaterial): FrozenTable {
  return { id: name, title: comparisonTitles[name], caption: nothing, provenance, columns: [], rows: [] };
}
