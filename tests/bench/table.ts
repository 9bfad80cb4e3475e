// The bars of the design, measured here and now. Machines are noisy: read the ratios.
import "../faults/kill/quick-argon2.ts";
import { compareBench } from "./compare-bench.ts";
import { importBench } from "./import-bench.ts";
import { journalBench } from "./journal-bench.ts";
import { tableOf, type Measurement } from "./measure.ts";
import { sealBench } from "./seal-bench.ts";
import { searchBench } from "./search-bench.ts";
import { transcriptBench } from "./transcript-bench.ts";
import { tablesBench } from "./tables-bench.ts";
import { vaultBench } from "./vault-bench.ts";
import { machine, writeInto } from "./written.ts";

const parts: readonly (readonly [string, () => Promise<Measurement[]> | Measurement[]])[] = [
  ["seal", sealBench],
  ["import", importBench],
  ["vault", vaultBench],
  ["journal", journalBench],
  ["transcript", transcriptBench],
  ["search", searchBench],
  ["compare", compareBench],
  ["tables", tablesBench],
];

const option = (name: string): string | null => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
};

const only = option("only")?.split(",") ?? null;
const measurements: Measurement[] = [];
const before = machine();
for (const [name, bench] of parts.filter(([name]) => only === null || only.includes(name))) {
  console.error(`Measuring: ${name} …`);
  measurements.push(...(await bench()));
}
const text = `${before}\n\n${tableOf(measurements)}`;
console.log(text);
const file = option("write");
if (file !== null) writeInto(file, text);
