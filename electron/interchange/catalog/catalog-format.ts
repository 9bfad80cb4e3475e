/** The public benchmarks whose facts the app ships. */
export const catalogIds = [
  "cybench",
  "intercode-ctf",
  "nyu-ctf-bench",
  "xbow-validation",
  "cve-bench",
  "3cb",
  "autopenbench",
] as const;
export type CatalogId = (typeof catalogIds)[number];

/** Columns of a task's row in a data file; missing ones at the end are null. */
export const catalogColumns = ["id", "title", "category", "difficulty", "humanMinutes", "cve", "points"] as const;
