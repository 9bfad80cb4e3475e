import { stderr } from "node:process";
import { parseShare } from "../recovery/index.ts";
import { askHidden, withoutEcho } from "./terminal.ts";

const lineCount = 7;

/** Whether a typed line of code is as it was printed. Lines that are not there yet do not matter. */
function isWhole(line: Uint8Array, number: number): boolean {
  const reading = parseShare(line);
  if (reading.ok || reading.problem.code !== "code-damaged") return false;
  return !reading.problem.damaged.includes(number) && !reading.problem.missing.includes(number);
}

async function askLine(number: number, share: string): Promise<Uint8Array> {
  for (;;) {
    const typed = await askHidden(`${share}, line ${String(number)} of ${String(lineCount)}`);
    const line = new Uint8Array(typed.length + 3);
    line.set([0x30 + number, 0x20]);
    line.set(typed, 2);
    line[line.length - 1] = 0x0a;
    typed.fill(0);
    if (isWhole(line, number)) return line;
    line.fill(0);
    stderr.write(`Line ${String(number)} is not as it was printed. Type its six groups again.\n`);
  }
}

async function askShare(name: string): Promise<Uint8Array> {
  const lines: Uint8Array[] = [];
  for (let number = 1; number <= lineCount; number += 1) lines.push(await askLine(number, name));
  const share = new Uint8Array(lines.flatMap((line) => [...line]));
  for (const line of lines) line.fill(0);
  return share;
}

/** Asks for the code lines of shares, one after the other, each checked at once. The caller wipes them. */
export async function askForShares(count: number): Promise<Uint8Array[]> {
  if (count === 0) return [];
  return withoutEcho(async () => {
    const shares: Uint8Array[] = [];
    for (let place = 1; place <= count; place += 1) {
      shares.push(await askShare(`Share ${String(place)} of ${String(count)}`));
    }
    return shares;
  });
}
