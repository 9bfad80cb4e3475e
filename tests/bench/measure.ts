/** One line of the table: what was measured, what came out, the bar from the design, the peer in the same run. */
export interface Measurement {
  readonly what: string;
  readonly result: string;
  readonly bar: string;
  readonly peer: string;
  readonly met: boolean | null;
}

export async function milliseconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
export const megabytes = (bytes: number, overMs: number): number => bytes / 1e6 / (overMs / 1e3);
export const rate = (perSecond: number): string => `${perSecond.toFixed(0)} MB/s`;

export function printTable(measurements: readonly Measurement[]): void {
  const rows = [
    ["what", "result", "bar", "peer, same run", "bar met"],
    ...measurements.map(({ what, result, bar, peer, met }) => [
      what,
      result,
      bar,
      peer,
      met === null ? "–" : met ? "yes" : "no",
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head, ...body] = rows;
  console.log(line(head ?? []));
  console.log(line(widths.map((width) => "-".repeat(width))));
  for (const row of body) console.log(line(row));
}
