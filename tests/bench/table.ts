// The bars of the design, measured here and now. Machines are noisy: read the ratios.
import { importBench } from "./import-bench.ts";
import { journalBench } from "./journal-bench.ts";
import { printTable, type Measurement } from "./measure.ts";
import { sealBench } from "./seal-bench.ts";

const measurements: Measurement[] = [];
for (const [name, bench] of [
  ["sealing", sealBench],
  ["imports", importBench],
  ["the journal", journalBench],
] as const) {
  console.error(`Measuring ${name} …`);
  measurements.push(...(await bench()));
}
measurements.push({
  what: "transcript scan",
  result: "not built",
  bar: "≥ 450 MB/s",
  peer: "",
  met: null,
});
printTable(measurements);
