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

/** How long it took by the clock, and on processors: the second one holds on a busy machine, too. */
export interface Taken {
  readonly wall: number;
  readonly cpu: number;
}

export async function taken(work: () => unknown): Promise<Taken> {
  const before = process.cpuUsage();
  const wall = await milliseconds(work);
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1e3 };
}

/** "p95 97 ms, median 62 ms, of it 48 ms on processors". */
export function takenWords(values: readonly Taken[]): string {
  const wall = values.map((one) => one.wall);
  const cpu = median(values.map((one) => one.cpu));
  return `p95 ${ms(percentile(wall, 0.95))}, median ${ms(median(wall))}; CPU time ${ms(cpu)}`;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);
export const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
export const times = (ratio: number): string => `${ratio.toFixed(ratio < 10 ? 1 : 0)} ×`;
export const megabytes = (bytes: number, overMs: number): number => bytes / 1e6 / (overMs / 1e3);
export const rate = (perSecond: number): string => `${perSecond.toFixed(0)} MB/s`;

/** "277 ms (250 to 310)": the median, and the least and the most of all rounds. */
export function spread(values: readonly number[], unit: (value: number) => string = ms): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${unit(median(values))} (${unit(least)} to ${unit(most)})`;
}

/** The table as Markdown, its columns padded. */
export function tableOf(measurements: readonly Measurement[]): string {
  const rows = [
    ["what", "result", "bar", "peer, same run", "bar met"],
    ...measurements.map(({ what, result, bar, peer, met }) => [
      what,
      result,
      bar,
      peer,
      met === null ? "–" : met ? "yes" : "**no**",
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head, ...body] = rows;
  return [line(head ?? []), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}
