/**
 * Makes the catalog's data files out of full benchmark packs: the facts that screens need, one compact row a task.
 *
 *   node electron/interchange/catalog/make-catalog.ts FOLDER
 *
 * FOLDER holds one pack a benchmark, `<id>.json`. Run by hand when a benchmark has a new version.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readBenchmarkPack } from "../benchmark-pack/read-pack.ts";
import { catalogColumns, catalogIds } from "./catalog-format.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Give the folder that holds the packs.");

for (const id of catalogIds) {
  const { tasks, ...facts } = readBenchmarkPack(readFileSync(join(folder, `${id}.json`)));
  const rows = tasks.map((task) => {
    const row = catalogColumns.map((column) => task[column]);
    while (row.length > 2 && row.at(-1) === null) row.pop();
    return JSON.stringify(row);
  });
  const head = JSON.stringify(facts, null, 2).slice(0, -2);
  writeFileSync(
    join(import.meta.dirname, "data", `${id}.json`),
    `${head},\n  "columns": ${JSON.stringify(catalogColumns)},\n  "rows": [\n    ${rows.join(",\n    ")}\n  ]\n}\n`,
  );
}
