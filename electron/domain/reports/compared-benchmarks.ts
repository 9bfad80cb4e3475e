import type { Report } from "../../contract/reporting.ts";
import { benchmarkTitle } from "../benchmarks/queries.ts";
import type { Narrowing } from "../comparisons/versions.ts";
import { text, type ReadModel } from "../read-model.ts";
import { runFilterSql, type RunFilter } from "../runs/cells.ts";
import { comparisonNames, comparisonTitles, reportBlocks } from "./blocks.ts";
import { reportCompartment } from "./state.ts";

type Scoped = Pick<Report, "id" | "scope">;

/** What a report compares: runs of its compartment alone, of its campaign or its one run. */
export function comparedScope(
  model: ReadModel,
  { id, scope }: Scoped,
): Narrowing & { readonly campaignId: string | null } {
  return {
    campaignId: scope.kind === "campaign" ? scope.id : null,
    compartment: reportCompartment(model, id) ?? undefined,
    runId: scope.kind === "run" ? scope.id : undefined,
  };
}

/** A benchmark with results in a report's scope; `slug` names it in the ids of blocks. */
export interface ComparedBenchmark {
  readonly id: string;
  readonly title: string;
  readonly slug: string;
}

/** The benchmarks that runs of a report's scope are on, by title. */
export function comparedBenchmarks(model: ReadModel, report: Scoped): ComparedBenchmark[] {
  const { campaignId, compartment, runId } = comparedScope(model, report);
  const filter: RunFilter = { campaignId: campaignId ?? undefined, compartment };
  const { where, values } = runFilterSql(filter);
  const rows = model.all(
    `SELECT DISTINCT benchmark_id FROM run WHERE ${where} AND state NOT IN ('withdrawn', 'rejected')
     AND (? IS NULL OR run.id = ?) ORDER BY benchmark_id`,
    ...values,
    runId ?? null,
    runId ?? null,
  );
  const found = rows
    .map((row) => text(row, "benchmark_id"))
    .map((id) => ({ id, title: benchmarkTitle(model, id) }))
    .sort((a, b) => a.title.localeCompare(b.title, "en") || (a.id < b.id ? -1 : 1));
  const taken = new Map<string, number>();
  return found.map((one) => {
    const bare = slugOf(one.title);
    const place = (taken.get(bare) ?? 0) + 1;
    taken.set(bare, place);
    return { ...one, slug: place === 1 ? bare : `${bare}-${String(place)}` };
  });
}

const longestSlug = 40;

/** "CVE-Bench 1.0" as "cve-bench-1-0". */
function slugOf(title: string): string {
  const plain = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, longestSlug)
    .replaceAll(/^-+|-+$/g, "");
  return plain === "" ? "benchmark" : plain;
}

/** What the sections of a report can place: what every report has, and comparisons where its scope has results. */
export function offeredBlocks(model: ReadModel, report: Scoped): Report["blocks"] {
  const always = reportBlocks.map((block) => ({ ...block }));
  const benchmarks = comparedBenchmarks(model, report);
  if (benchmarks.length === 0) return always;
  const all = (["figure", "table"] as const).flatMap((kind) =>
    comparisonNames.map((id) => ({ kind, id, title: comparisonTitles[id] })),
  );
  if (benchmarks.length === 1) return [...always, ...all];
  const single = benchmarks.flatMap(({ slug, title }) =>
    comparisonNames.map((name) => ({
      kind: "figure" as const,
      id: `${name}-${slug}`,
      title: `${comparisonTitles[name]}, on ${title} alone`,
    })),
  );
  return [...always, ...all.map((block) => ({ ...block, title: `${block.title}, on each benchmark` })), ...single];
}
