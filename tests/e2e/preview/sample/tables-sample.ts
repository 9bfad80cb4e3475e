import type { ParsedInput, RequestOutput } from "../../../../electron/contract/index.ts";
import type { TableColumnFacts, TableRow } from "../../../../electron/contract/tables.ts";

/** Tables as the service would give them: 10,000 attempts, filtered by state and grouped by category. */

const states = ["solved", "notSolved", "notSolved", "limitReached", "invalidated", "modelError"];
const stateWords: Readonly<Record<string, string>> = {
  solved: "solved",
  notSolved: "not solved",
  limitReached: "limit reached",
  invalidated: "invalidated",
  modelError: "model error",
};
const categories = ["crypto", "forensics", "misc", "pwn", "reverse", "web"];
const models = [
  "Meridian-2 (checkpoint 0914, safeguards as deployed)",
  "Meridian-2 (checkpoint 0914, safeguards reduced)",
  "Halcyon-L (weights 7f3a91, safeguards not stated)",
];

function attemptAt(place: number): TableRow {
  const run = `R-${String(1 + (place % 40)).padStart(4, "0")}`;
  const task = `task-${String(place % 250).padStart(3, "0")}`;
  const state = states[(place * 7) % states.length] ?? "solved";
  const category = categories[place % categories.length] ?? "misc";
  return {
    id: `run-${String(place % 40)}/1/${task}`,
    group: null,
    cells: {
      task: `${task}: find what the ${category} service hides`,
      epoch: 1 + (place % 3),
      state,
      score: state === "solved" ? 1 : state === "notSolved" ? 0 : null,
      run,
      model: models[place % models.length] ?? "",
      benchmark: place % 2 === 0 ? "Cybench" : "InterCode CTF",
      category,
      tokens: 12_000 + ((place * 7_919) % 880_000),
      time: 61_000 + ((place * 104_729) % 7_000_000),
      difficulty: ["easy", "medium", "hard"][place % 3] ?? "easy",
    },
  };
}

const attempts = Array.from({ length: 10_000 }, (_, place) => attemptAt(place));

function count(column: string): TableColumnFacts["choices"] {
  const found = new Map<string, number>();
  for (const { cells } of attempts) found.set(String(cells[column]), (found.get(String(cells[column])) ?? 0) + 1);
  return [...found].map(([value, n]) => ({ value, words: stateWords[value] ?? value, count: n }));
}

function described(
  id: string,
  title: string,
  kind: TableColumnFacts["kind"],
  unit: string | null = null,
): TableColumnFacts {
  const isChosen = kind === "choice";
  return { id, title, kind, unit, canSort: true, canGroup: isChosen, choices: isChosen ? count(id) : null };
}

export const attemptColumns: RequestOutput<"tables.describe"> = [
  described("task", "Task", "text"),
  described("state", "State", "choice"),
  described("score", "Score", "number"),
  described("run", "Run", "choice"),
  described("model", "Model version", "choice"),
  described("category", "Category", "choice"),
  described("difficulty", "Difficulty", "choice"),
  described("tokens", "Tokens", "number", "tokens"),
];

/** A table of things that other answers hold: the page only needs their ids, in order, and their groups. */
export function pageOf(
  items: readonly { readonly id: string; readonly group?: string; readonly cells?: TableRow["cells"] }[],
  { view, offset, limit }: ParsedInput<"tables.page">,
): RequestOutput<"tables.page"> {
  const isGrouped = view.group !== null;
  const rows = items.map(({ id, group, cells }) => ({
    id,
    group: isGrouped ? (group ?? null) : null,
    cells: cells ?? {},
  }));
  const groups = isGrouped ? [...new Set(rows.map(({ group }) => group))] : [];
  return {
    total: rows.length,
    groups: groups.map((value) => ({
      value,
      words: value ?? "nothing",
      count: rows.filter(({ group }) => group === value).length,
    })),
    rows: rows.slice(offset, offset + limit),
  };
}

/** Rows under a view, as far as the preview's scenes go. */
export function attemptPage({ view, offset, limit }: ParsedInput<"tables.page">): RequestOutput<"tables.page"> {
  const { group } = view;
  const left = attempts.filter(({ cells }) =>
    view.filters.every((filter) => filter.test !== "any-of" || filter.values.includes(String(cells[filter.column]))),
  );
  const found = left.filter(({ cells }) => JSON.stringify(cells).includes(view.words));
  const by = (row: TableRow): string => String(row.cells[group ?? ""]);
  const ordered = group === null ? found : found.toSorted((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0));
  const groups = group === null ? [] : [...new Set(ordered.map(by))];
  return {
    total: ordered.length,
    groups: groups.map((value) => ({
      value,
      words: stateWords[value] ?? value,
      count: ordered.filter((row) => by(row) === value).length,
    })),
    rows: ordered.slice(offset, offset + limit).map((row) => (group === null ? row : { ...row, group: by(row) })),
  };
}

const by = { by: "member-1", byName: "Nora Falk", mine: true };
const sort = [{ column: "tokens", descending: true }];
export const savedViews: RequestOutput<"views.list"> = [
  {
    id: "view-1",
    table: "attempts",
    name: "Errors by model",
    view: {
      words: "",
      filters: [{ test: "any-of", column: "state", values: ["modelError", "infrastructureFault"] }],
      sort,
      group: "model",
    },
    forEveryone: true,
    ...by,
  },
];
