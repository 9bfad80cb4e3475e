import type { ComparedVersion, TaskGroup } from "../../electron/contract/comparing.ts";
import { formatCounted, formatRate } from "../../electron/contract/number-text.ts";
import { intervalCells, intervalColumns, methodsOf, numberCell, wordsCell, type DrawnChart } from "./drawn-chart.ts";
import { ratePlan, type RateRow } from "./rate-chart.tsx";
import { seriesLook } from "./series-look.tsx";

export type Grouping = "category" | "difficulty" | "human-time";

export interface GroupsData {
  readonly versions: readonly ComparedVersion[];
  readonly level: number;
  readonly groups: readonly TaskGroup[];
}

export const groupingWords: Readonly<Record<Grouping, string>> = {
  category: "category",
  difficulty: "difficulty",
  "human-time": "human time",
};

export function groupMarkId(versionId: string, group: string | null): string {
  return `${versionId} ${group === null ? "none" : `group ${group}`}`;
}

function groupName(name: string | null, by: Grouping): string {
  return name ?? `No ${groupingWords[by]} stated`;
}

/** Solve rates by category, difficulty or human time: under each group a row for each version, in its sign. */
export function groupRows(data: GroupsData, by: Grouping, benchmark: string, isTogether: boolean): DrawnChart {
  const rows = data.groups.flatMap((group) =>
    group.rates.flatMap((rate, place): RateRow[] => {
      const version = data.versions[place];
      if (version === undefined) return [];
      const heading = `${groupName(group.name, by)} · ${formatCounted(group.tasks, "task")}`;
      return [
        {
          id: groupMarkId(version.id, group.name),
          label: version.words,
          group: heading,
          rate,
          look: seriesLook(place),
        },
      ];
    }),
  );
  const together = isTogether
    ? `; the level is that of all ${formatCounted(data.groups.length, "group")} at once (Bonferroni)`
    : "";
  return {
    slug: `by-${by}`,
    title: `Solve rate by ${groupingWords[by]} on ${benchmark}`,
    summary: groupsSummary(data, by),
    method: `Interval ${methodsOf(rows.map(({ rate }) => rate.interval))}${together}.`,
    twin: groupTwin(data, by),
    body: { kind: "rows", plan: ratePlan(rows) },
  };
}

function groupsSummary({ groups, versions }: GroupsData, by: Grouping): string {
  const cells = groups.flatMap(({ name, rates }) =>
    rates.flatMap(({ rate }, place) => (rate === null ? [] : [{ name, rate, place }])),
  );
  const ranked = cells.toSorted((a, b) => b.rate - a.rate);
  const [highest, lowest] = [ranked[0], ranked.at(-1)];
  if (highest === undefined || lowest === undefined) return "There are no results yet.";
  const words = (cell: typeof highest): string => {
    const who = versions.length === 1 ? "" : `${versions[cell.place]?.words ?? ""}, `;
    return `${who}${groupName(cell.name, by)}, ${formatRate(cell.rate)}`;
  };
  return `Solve rates of ${formatCounted(versions.length, "model version")} in ${formatCounted(groups.length, "group")}. Highest: ${words(highest)}. Lowest: ${words(lowest)}.`;
}

function groupTwin({ groups, versions }: GroupsData, by: Grouping): DrawnChart["twin"] {
  return {
    columns: [
      { key: by.replace("-", "_"), label: "Group", numeric: false },
      { key: "model_version", label: "Model version", numeric: false },
      { key: "rate", label: "Rate", numeric: true },
      ...intervalColumns,
      { key: "solved", label: "Solved", numeric: true },
      { key: "n", label: "n", numeric: true },
      { key: "tasks", label: "Tasks", numeric: true },
    ],
    rows: groups.flatMap((group) =>
      group.rates.flatMap((rate, place) => {
        const version = versions[place];
        if (version === undefined) return [];
        return [
          {
            id: groupMarkId(version.id, group.name),
            cells: [
              wordsCell(groupName(group.name, by)),
              wordsCell(version.words),
              numberCell(rate.rate, formatRate),
              ...intervalCells(rate.interval),
              numberCell(rate.solved, String),
              numberCell(rate.n, String),
              numberCell(rate.tasks, String),
            ],
          },
        ];
      }),
    ),
  };
}
