import { useCallback, useMemo } from "react";
import type { TableRow } from "../../electron/contract/tables.ts";

/** Finds what a row stands for among things that are at hand already; null for one that is not (yet). */
export function usePick<T extends { readonly id: string }>(items: readonly T[]): (row: TableRow) => T | null {
  const byId = useMemo(() => new Map(items.map((item) => [item.id, item])), [items]);
  return useCallback(({ id }: TableRow) => byId.get(id) ?? null, [byId]);
}
