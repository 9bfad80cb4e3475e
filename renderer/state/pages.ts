import { useEffect, useState } from "react";
import type { RequestInput, RequestName, RequestOutput } from "../../electron/contract/index.ts";
import type { Failure } from "../../electron/contract/result.ts";
import { connection } from "./service.ts";

/** Rows of a long list that were read so far, in windows; only these are in the page. */
export interface Pages<Row> {
  readonly rows: readonly Row[];
  readonly total: number | null;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  /** Reads the next window; does nothing while one is being read or when all are there. */
  readonly more: () => void;
}

/** Requests whose input has an offset and a limit. */
type PagedName = {
  [N in RequestName]: RequestInput<N> extends { offset: number; limit: number } ? N : never;
}[RequestName];

interface Read<Row> {
  readonly rows: readonly Row[];
  readonly total: number | null;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
}

const nothing = { rows: [], total: null, failure: null, isLoading: true } as const;

/**
 * Reads a list of the service window by window, newest state first. It starts anew when the vault changes, keeping as
 * many rows as were shown.
 * @param input without offset and limit; compared by value through `key`.
 * @param pick the rows and the total of one answer.
 */
export function usePages<N extends PagedName, Row>(
  name: N,
  input: Omit<RequestInput<N>, "offset" | "limit">,
  pick: (output: RequestOutput<N>) => { readonly rows: readonly Row[]; readonly total: number },
  limit = 200,
): Pages<Row> {
  const [read, setRead] = useState<Read<Row>>(nothing);
  const [wanted, setWanted] = useState(limit);
  const [generation, setGeneration] = useState(0);
  const key = JSON.stringify(input);
  const count = read.rows.length;
  useEffect(
    () =>
      connection.on("changed", () => {
        setGeneration((before) => before + 1);
      }),
    [],
  );
  useEffect(() => {
    let isCurrent = true;
    const load = async (): Promise<void> => {
      const rows: Row[] = [];
      let total = Number.POSITIVE_INFINITY;
      while (rows.length < Math.min(wanted, total)) {
        // The window is what every paged request shares; the rest of the input is the caller's, already typed.
        const result = await connection.request(name, { ...input, offset: rows.length, limit } as RequestInput<N>);
        if (!isCurrent) return;
        if (!result.ok) {
          setRead({ rows, total: null, failure: result.error, isLoading: false });
          return;
        }
        const page = pick(result.value);
        total = page.total;
        rows.push(...page.rows);
        if (page.rows.length === 0) break;
      }
      setRead({ rows, total: Number.isFinite(total) ? total : rows.length, failure: null, isLoading: false });
    };
    void load();
    return () => {
      isCurrent = false;
    };
    // `input` is compared by value, through `key`; `pick` is pure.
  }, [name, key, wanted, generation, limit]);
  return {
    ...read,
    more: () => {
      if (read.total !== null && count < read.total) setWanted(count + limit);
    },
  };
}
