import type { TableId, TablePage, TableScope, TableView } from "../../contract/tables.ts";
import type { ReadModel } from "../../domain/read-model.ts";
import { tableSums, type TableSums } from "../../domain/tables/queries.ts";
import { rowsOfKeys, tableKeys, type RowKey } from "../../domain/tables/rows.ts";

/**
 * Pages of lists. Going through all rows of a view to count and sort them takes longer than reading a page of them, and
 * scrolling asks for many pages: the counts, and the names of the rows around, are kept until something is added to the journal.
 */

/** What pages are of: an open session. */
export interface Listed {
  readonly model: ReadModel;
  /** Grows with whatever is added to the journal. */
  readonly vault: { readonly size: number };
}

interface PageAsked {
  readonly scope: TableScope;
  readonly view: TableView;
  readonly offset: number;
  readonly limit: number;
}

interface Kept {
  readonly size: number;
  readonly sums: Map<string, TableSums>;
  readonly stretches: Map<string, readonly RowKey[]>;
}

const keptOf = new WeakMap<Listed, Kept>();
const mostSums = 100;
/** Names of rows that are kept, some 100 bytes each. */
const mostNames = 100_000;
const shortest = 1_000;
const longest = 32_000;

export function pageOf(session: Listed, table: TableId, asked: PageAsked): TablePage {
  const { scope, view, offset, limit } = asked;
  const { model } = session;
  const kept = currentOf(session);
  const sums = sumsOf(kept, JSON.stringify([table, scope, { ...view, sort: [] }, sortOfGroup(view)]), () =>
    tableSums(model, table, scope, view),
  );
  const asks = JSON.stringify([table, scope, view]);
  const keys: RowKey[] = [];
  const end = Math.min(offset + limit, sums.total);
  for (let at = offset; at < end;) {
    const stretch = stretchAt(at);
    const names = namesOf(kept, `${asks} ${String(stretch.start)}`, () =>
      tableKeys(model, table, { scope, view, offset: stretch.start, limit: stretch.length }, sums),
    );
    keys.push(...names.slice(at - stretch.start, end - stretch.start));
    at = stretch.start + stretch.length;
  }
  return { ...sums, rows: rowsOfKeys(model, table, view, keys) };
}

function currentOf(session: Listed): Kept {
  const { size } = session.vault;
  const kept = keptOf.get(session);
  if (kept?.size === size) return kept;
  const fresh: Kept = { size, sums: new Map(), stretches: new Map() };
  keptOf.set(session, fresh);
  return fresh;
}

function sumsOf({ sums }: Kept, key: string, make: () => TableSums): TableSums {
  const known = sums.get(key);
  if (known !== undefined) return known;
  if (sums.size >= mostSums) sums.clear();
  const made = make();
  sums.set(key, made);
  return made;
}

/**
 * The stretch of rows that one look at all of them names: the farther down, the longer, because the whole way there is
 * sorted each time.
 */
function stretchAt(offset: number): { start: number; length: number } {
  let length = shortest;
  while (length < longest && length * 2 <= offset) length *= 2;
  return { start: offset - (offset % length), length };
}

function namesOf({ stretches }: Kept, key: string, make: () => readonly RowKey[]): readonly RowKey[] {
  const known = stretches.get(key);
  // The ones that were asked for last stand last, and go last.
  stretches.delete(key);
  const names = known ?? make();
  let held = names.length;
  for (const other of stretches.values()) held += other.length;
  for (const [oldest, other] of stretches) {
    if (held <= mostNames) break;
    stretches.delete(oldest);
    held -= other.length;
  }
  stretches.set(key, names);
  return names;
}

/** Of how a view is sorted, what its groups depend on. */
function sortOfGroup(view: TableView): boolean {
  return view.sort.some((sort) => sort.column === view.group && sort.descending);
}
