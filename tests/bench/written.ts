import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";

const start = "<!-- measured: written by npm run bench -- --write docs/benchmarks.md -->";
const end = "<!-- /measured -->";

/** Where and when: without it a table says nothing. */
export function machine(): string {
  const [first] = cpus();
  const load = (loadavg()[0] ?? 0).toFixed(1);
  const memory = `${(totalmem() / 1e9).toFixed(0)} GB`;
  const { node, v8 } = process.versions;
  return [
    `Measured ${new Date().toISOString().slice(0, 10)} on ${String(cpus().length)} × ${(first?.model ?? "unknown").trim()}, ${memory},`,
    `${process.platform}, Node ${node} (V8 ${v8}). Load when it began: ${load}${overloaded(load)}.`,
  ].join("\n");
}

function overloaded(load: string): string {
  return Number(load) > cpus().length / 2
    ? "; **other work ran on these processors**: times are too long by about that much, ratios of one line hold"
    : "";
}

/** Replaces what stands between the marks of a document. */
export function writeInto(file: string, text: string): void {
  const document = readFileSync(file, "utf8");
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no place for measurements`);
  writeFileSync(file, `${document.slice(0, from + start.length)}\n\n${text}\n\n${document.slice(to)}`);
}
