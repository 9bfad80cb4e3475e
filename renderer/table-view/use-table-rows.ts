import { useEffect, useRef, useState } from "react";
import type { Failure } from "../../electron/contract/result.ts";
import type { TablePage, TableRow } from "../../electron/contract/tables.ts";
import type { Progress } from "../../electron/contract/wire.ts";
import { connection } from "../state/service.ts";
import type { ViewControl } from "./view-state.ts";

/** Rows of a table under its view, read so far in windows: a page never holds all of a long list. */
export interface TableRows {
  readonly rows: readonly TableRow[];
  readonly groups: TablePage["groups"];
  readonly total: number | null;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  /** How far the service is with what it has to read first; null while there is nothing to say. */
  readonly progress: Progress | null;
  readonly more: () => void;
  /** Stops what takes long. */
  readonly stop: () => void;
}

interface Read {
  readonly asked: string;
  readonly rows: readonly TableRow[];
  readonly groups: TablePage["groups"];
  readonly total: number | null;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
}

const windowSize = 200;
const nothing: Read = { asked: "", rows: [], groups: [], total: null, failure: null, isLoading: true };

type Asked = Pick<ViewControl, "table" | "scope" | "view">;

interface Reading {
  readonly wanted: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress | null) => void;
}

/** Reads the first `wanted` rows, a window at a time; null when it was cancelled. */
async function readRows(asked: Asked, { wanted, signal, onProgress }: Reading): Promise<Omit<Read, "asked"> | null> {
  const rows: TableRow[] = [];
  let page: TablePage = { total: Number.POSITIVE_INFINITY, groups: [], rows: [] };
  while (rows.length < Math.min(wanted, page.total)) {
    const input = { ...asked, offset: rows.length, limit: windowSize };
    const result = await connection.request("tables.page", input, { signal, onProgress });
    if (signal.aborted) return null;
    onProgress(null);
    if (!result.ok) return { ...nothing, failure: result.error, isLoading: false };
    page = result.value;
    rows.push(...page.rows);
    if (page.rows.length === 0) break;
  }
  const total = Number.isFinite(page.total) ? page.total : rows.length;
  return { rows, groups: page.groups, total, failure: null, isLoading: false };
}

/** Counts up when the vault changed. */
function useGeneration(): number {
  const [generation, setGeneration] = useState(0);
  useEffect(
    () =>
      connection.on("changed", () => {
        setGeneration((before) => before + 1);
      }),
    [],
  );
  return generation;
}

/** Asks for the rows of a view; asks again when the vault changes; what is asked no longer is cancelled. */
export function useTableRows({ table, scope, view }: ViewControl): TableRows {
  const trimmed = { table, scope, view: { ...view, words: view.words.trim() } };
  const asked = JSON.stringify(trimmed);
  const [read, setRead] = useState<Read>(nothing);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [wanted, setWanted] = useState({ asked, rows: windowSize });
  const generation = useGeneration();
  const running = useRef<AbortController | null>(null);
  const rowsWanted = wanted.asked === asked ? wanted.rows : windowSize;
  useEffect(() => {
    const abort = new AbortController();
    running.current = abort;
    const ask = async (): Promise<void> => {
      setRead((before) => ({ ...before, isLoading: true }));
      const found = await readRows(trimmed, { wanted: rowsWanted, signal: abort.signal, onProgress: setProgress });
      if (found !== null) setRead({ asked, ...found });
    };
    void ask();
    return () => {
      abort.abort();
    };
    // What is asked is compared by value, through `asked`.
  }, [asked, rowsWanted, generation]);
  const { rows, groups, total, failure } = read;
  const isLoading = read.isLoading || read.asked !== asked;
  return {
    rows,
    groups,
    total,
    failure,
    isLoading,
    progress,
    stop: () => {
      running.current?.abort();
      setProgress(null);
      setRead({ ...nothing, asked, failure: { code: "cancelled", subject: "" }, isLoading: false });
    },
    more: () => {
      if (!isLoading && total !== null && rows.length < total) setWanted({ asked, rows: rows.length + windowSize });
    },
  };
}
