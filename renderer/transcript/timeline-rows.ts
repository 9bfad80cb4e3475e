import { itemKinds, type ItemKind, type TranscriptOutline } from "../../electron/contract/transcripts.ts";
import { markNames, type Marks } from "./marks.ts";

/** Kinds that are told in a timeline besides marks and the beginnings of spans. */
const told: readonly ItemKind[] = ["sample-init", "approval", "subtask", "checkpoint", "branch", "invalidation"];

/** Kinds that would say each thing twice: a model's call stands beside the tools that it called. */
const untold: readonly ItemKind[] = ["tool-output"];

/** One an item: 1 where a timeline tells it. */
export function toldItems(outline: TranscriptOutline, marks: Marks, heads: ReadonlyMap<number, number>): Uint8Array {
  const isTold = new Uint8Array(outline.total);
  for (const name of markNames) for (const index of marks[name]) isTold[index] = 1;
  const more = new Set(told.map((kind) => itemKinds.indexOf(kind)));
  const less = new Set(untold.map((kind) => itemKinds.indexOf(kind)));
  for (let index = 0; index < outline.total; index += 1) {
    const kind = outline.kindOf[index] ?? -1;
    if (more.has(kind)) isTold[index] = 1;
    else if (less.has(kind)) isTold[index] = 0;
  }
  for (const index of marks.error) isTold[index] = 1;
  for (const index of heads.keys()) isTold[index] = 1;
  return isTold;
}

/** The items of a timeline, rising: of those that are shown, the ones that say what happened. */
export function timelineItems(isTold: Uint8Array, rows: Int32Array): Int32Array {
  return rows.filter((index) => isTold[index] === 1);
}
