import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { NewBenchmark } from "../domain/benchmarks/commands.ts";
import { Refusal } from "../domain/refusal.ts";
import type { BenchmarkPack } from "../interchange/benchmark-pack/pack.ts";
import { packBytesLimit, readBenchmarkPack } from "../interchange/benchmark-pack/read-pack.ts";
import { catalog } from "../interchange/catalog/catalog.ts";

/** The packs that come with the app: facts only. */
export function catalogPacks(): readonly BenchmarkPack[] {
  return catalog();
}

/** Reads a pack file that a person chose. Throws a PackError that names what is wrong with it. */
export function readPackFile(path: string): BenchmarkPack {
  if (statSync(path).size > packBytesLimit) throw new Refusal("file-too-large", basename(path));
  return readBenchmarkPack(new Uint8Array(readFileSync(path)));
}

/** A pack as the domain takes it in; the digest is over the facts that are kept. */
export function newBenchmark(pack: BenchmarkPack, origin: "catalog" | "file"): NewBenchmark {
  const { source } = pack;
  return {
    pack: pack.id,
    title: pack.title,
    version: pack.version,
    digest: createHash("sha256").update(JSON.stringify(pack), "utf8").digest("hex"),
    origin,
    licence: source.licence,
    source: source.repo ?? source.paper,
    scoring: pack.scoring.rule,
    notes: pack.notes,
    rule: { direction: "higher", threshold: 1 },
    tasks: pack.tasks.map(({ id, title, category, difficulty, humanMinutes, cve, points, cluster }) => ({
      id,
      title,
      category,
      difficulty,
      humanMinutes,
      cve,
      points,
      cluster,
    })),
  };
}
