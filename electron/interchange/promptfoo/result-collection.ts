import { createHash } from "node:crypto";
import { field, isObject, textField, wellFormed } from "../json/fields.ts";
import type { LossLedger } from "../loss-ledger.ts";
import type { ResultRow, RowProjection } from "./result-row.ts";

/** What promptfoo puts into variables by itself, other at every call. */
const ownVariables = new Set(["sessionId"]);

/** A value as text that is the same whatever the order of keys. */
function stableText(value: unknown, depth = 0): string {
  if (depth > 60) return '"…"';
  if (Array.isArray(value)) return `[${value.map((item) => stableText(item, depth + 1)).join(",")}]`;
  if (value === undefined) return "null";
  if (!isObject(value)) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${stableText(field(value, name), depth + 1)}`).join(",")}}`;
}

/** What makes a test the same test: its description, variables and assertions. */
interface TestContent {
  readonly description: string;
  readonly hash: string;
}

function contentOf(row: ResultRow): TestContent {
  const vars = field(row.testCase, "vars") ?? row.vars;
  const own = isObject(vars) ? Object.entries(vars).filter(([name]) => !ownVariables.has(name)) : [];
  const description = textField(row.testCase, "description", 500)?.trim() ?? "";
  const text = stableText([description, Object.fromEntries(own), field(row.testCase, "assert") ?? null]);
  return { description, hash: createHash("sha256").update(text).digest("hex").slice(0, 12) };
}

/** One column of results: a provider with a prompt. */
export interface ResultColumn {
  readonly provider: { readonly id: string; readonly label: string };
  readonly promptIdx: number | null;
  readonly promptLabel: string;
  readonly rows: ResultRow[];
}

/** Takes rows as they are read and sorts them into columns and tests. */
export class ResultCollection {
  readonly columns = new Map<string, ResultColumn>();
  readonly #losses: LossLedger;
  /** A test's content by its index: of all rows with one index the first says it. */
  readonly #contents = new Map<number, TestContent>();
  readonly #unnumbered = new Map<ResultRow, TestContent>();
  readonly #seen = new Set<string>();
  #ids: Map<string, string> | null = null;
  taken = 0;
  duplicates = 0;

  constructor(losses: LossLedger) {
    this.#losses = losses;
  }

  add(projection: RowProjection): void {
    const { row, unread } = projection;
    for (const part of unread) this.#losses.add(`“${part}” of a result`, "it is malformed or too large");
    const { provider } = row;
    if (provider === null) {
      this.#losses.add("result", "it names no provider");
      return;
    }
    const key = JSON.stringify([row.promptIdx, provider.id, provider.label]);
    if (row.testIdx !== null) {
      const place = `${key} ${String(row.testIdx)}`;
      if (this.#seen.has(place)) {
        this.duplicates += 1;
        return;
      }
      this.#seen.add(place);
      if (!this.#contents.has(row.testIdx)) this.#contents.set(row.testIdx, contentOf(row));
    } else this.#unnumbered.set(row, contentOf(row));
    // Only its content is asked for, and that is known now.
    row.testCase = null;
    row.vars = null;
    const column = this.columns.get(key);
    if (column === undefined) {
      this.columns.set(key, { provider, promptIdx: row.promptIdx, promptLabel: row.promptLabel, rows: [row] });
    } else column.rows.push(row);
    this.taken += 1;
  }

  /** The id of a test by its content: its description, with a mark where several have the same one. */
  taskId(hash: string): string {
    this.#ids ??= this.#makeIds();
    return this.#ids.get(hash) ?? `test-${hash}`;
  }

  #makeIds(): Map<string, string> {
    const contents = [...this.#contents.values(), ...this.#unnumbered.values()];
    const hashes = new Map<string, Set<string>>();
    for (const { description, hash } of contents) {
      hashes.set(description, (hashes.get(description) ?? new Set()).add(hash));
    }
    return new Map(
      contents.map(({ description, hash }) => {
        if (description === "") return [hash, `test-${hash}`];
        const alone = hashes.get(description)?.size === 1;
        return [hash, wellFormed(alone ? description : `${description} [${hash}]`)];
      }),
    );
  }

  hashOf(row: ResultRow): string {
    const content = row.testIdx === null ? this.#unnumbered.get(row) : this.#contents.get(row.testIdx);
    return content?.hash ?? "";
  }
}
