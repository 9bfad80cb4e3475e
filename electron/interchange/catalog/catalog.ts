import { packFrom } from "../benchmark-pack/read-pack.ts";
import type { BenchmarkPack } from "../benchmark-pack/pack.ts";
import { asObject, listField } from "../json/fields.ts";
import autopenbench from "./data/autopenbench.json" with { type: "json" };
import cveBench from "./data/cve-bench.json" with { type: "json" };
import cybench from "./data/cybench.json" with { type: "json" };
import intercodeCtf from "./data/intercode-ctf.json" with { type: "json" };
import nyuCtfBench from "./data/nyu-ctf-bench.json" with { type: "json" };
import threeCb from "./data/3cb.json" with { type: "json" };
import xbowValidation from "./data/xbow-validation.json" with { type: "json" };
import { catalogColumns } from "./catalog-format.ts";

/** The data files in the order in which the catalog shows them. */
const files: readonly unknown[] = [cybench, intercodeCtf, nyuCtfBench, xbowValidation, cveBench, threeCb, autopenbench];

function taskFrom(row: unknown): Record<string, unknown> {
  const cells: readonly unknown[] = Array.isArray(row) ? row : [];
  return Object.fromEntries(catalogColumns.map((column, index) => [column, cells[index] ?? null]));
}

let packs: readonly BenchmarkPack[] | null = null;

/** Facts of public benchmarks that the app ships: no prompts, no flags, no answers. Built once, when first asked for. */
export function catalog(): readonly BenchmarkPack[] {
  packs ??= files.map((file) => packFrom({ ...asObject(file), tasks: listField(file, "rows").map(taskFrom) }));
  return packs;
}
