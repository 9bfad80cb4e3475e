import type { Progress } from "../../electron/contract/wire.ts";

const byteUnits = ["B", "kB", "MB", "GB", "TB"] as const;

/** A number of bytes as people read it, in powers of 1,000: "1.2 kB", "48 MB". */
export function byteWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < byteUnits.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? String(Math.round(value)) : value.toFixed(1)} ${byteUnits[unit] ?? "B"}`;
}

/** How far long work has come: "12 of 40 files", "48 MB of 1.2 GB". */
export function progressWords({ done, total, unit }: Progress): string {
  const words = (count: number): string => (unit === "bytes" ? byteWords(count) : count.toLocaleString("en"));
  const noun = unit === "bytes" ? "" : ` ${unit}`;
  return total === null ? `${words(done)}${noun}` : `${words(done)} of ${words(total)}${noun}`;
}
