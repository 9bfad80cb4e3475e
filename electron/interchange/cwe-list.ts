import catalogue from "@secvisogram/csaf-validator-lib/lib/cwec/4.17.js";
import { z } from "zod";

/** MITRE's Common Weakness Enumeration as the CSAF validator carries it: numbers and names, offline. */

export const cweVersion = "4.17";

const catalogueSchema = z.object({ weaknesses: z.array(z.object({ id: z.string(), name: z.string() })) });

export interface Weakness {
  /** "CWE-79". */
  readonly id: string;
  readonly name: string;
}

function numberOf({ id }: Weakness): number {
  return Number(id.slice("CWE-".length));
}

let list: readonly Weakness[] | null = null;

/** All weaknesses by their numbers. */
export function weaknesses(): readonly Weakness[] {
  list ??= catalogueSchema
    .parse(catalogue)
    .weaknesses.map(({ id, name }) => ({ id, name }))
    .sort((a, b) => numberOf(a) - numberOf(b));
  return list;
}

/** The name of a weakness; "" where the list has none of that number. */
export function weaknessName(id: string): string {
  return weaknesses().find((one) => one.id === id)?.name ?? "";
}

/** How well a weakness fits what was typed, the lowest best; null where it does not. */
function distance({ id, name }: Weakness, words: readonly string[]): number | null {
  const text = name.toLowerCase();
  const number = id.toLowerCase();
  const isNumber = words.length === 1 && (words[0] === number || `cwe-${words[0] ?? ""}` === number);
  if (isNumber) return 0;
  if (!words.every((word) => text.includes(word) || number.includes(word))) return null;
  const starts = words.every((word) => ` ${text}`.includes(` ${word}`));
  return starts ? 1 : 2;
}

/** By number or words, the closest first; all of them where nothing was typed. */
export function searchWeaknesses(typed: string, limit: number): Weakness[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return weaknesses()
    .flatMap((one) => {
      const found = distance(one, words);
      return found === null ? [] : [{ one, found }];
    })
    .sort((a, b) => a.found - b.found || numberOf(a.one) - numberOf(b.one))
    .slice(0, limit)
    .map(({ one }) => one);
}
