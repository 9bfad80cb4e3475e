import { stdout } from "node:process";
import { printable } from "./client.ts";

/** One line on standard output; nothing in it can steer a terminal. */
export function line(text: string): void {
  stdout.write(`${printable(text)}\n`);
}

/** One JSON value on a line of its own. What could steer a terminal stands in it as JSON's own escapes: the same value. */
export function json(value: unknown): void {
  stdout.write(`${printable(JSON.stringify(value))}\n`);
}

/** Rows in columns; the first row is the head. Numbers are set right by whoever makes the text. */
export function table(rows: readonly (readonly string[])[]): void {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, place) => (widths[place] = Math.max(widths[place] ?? 0, cell.length)));
  for (const row of rows) {
    line(
      row
        .map((cell, place) => cell.padEnd(widths[place] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
}
