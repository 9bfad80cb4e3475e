import { useEffect, useState } from "react";
import { transcriptLimits, type TranscriptItem } from "../../electron/contract/transcripts.ts";
import type { Failure } from "../../electron/contract/result.ts";
import type { TranscriptReader } from "./reader.ts";

export interface ItemTexts {
  readonly text: string;
  readonly detail: string;
  /** The log has more than these. */
  readonly isCut: boolean;
  readonly failure: Failure | null;
}

interface Read {
  readonly text: string;
  readonly detail: string;
  readonly isWhole: boolean;
  readonly failure: Failure | null;
}

/** Pages of an item's texts up to `wanted` characters; a window holds the first 100,000 alone. */
async function readTexts(reader: TranscriptReader, index: number, wanted: number): Promise<Read> {
  let text = "";
  let detail = "";
  for (let offset = 0; offset < wanted; offset += transcriptLimits.itemText) {
    const result = await reader.source.item(index, offset, 0);
    if (!result.ok) return { text, detail, isWhole: false, failure: result.error };
    text += result.value.text.page;
    detail += result.value.detail.page;
    const left = Math.max(result.value.text.total - text.length, result.value.detail.total - detail.length);
    if (left <= 0) return { text, detail, isWhole: true, failure: null };
  }
  return { text, detail, isWhole: false, failure: null };
}

/** An item's texts as far as they are to be shown: from its window, or, where that cut them, read for themselves. */
export function useItemTexts(reader: TranscriptReader, item: TranscriptItem, limit: number): ItemTexts {
  const [read, setRead] = useState<Read | null>(null);
  const isNeeded = item.isCut && limit > transcriptLimits.windowText;
  useEffect(() => {
    let isCurrent = true;
    if (!isNeeded) return;
    void readTexts(reader, item.index, limit).then((texts) => {
      if (isCurrent) setRead(texts);
    });
    return () => {
      isCurrent = false;
    };
  }, [reader, item.index, isNeeded, limit]);
  if (!isNeeded || read === null) {
    return { text: item.text, detail: item.detail ?? "", isCut: item.isCut, failure: null };
  }
  return { text: read.text, detail: read.detail, isCut: !read.isWhole, failure: read.failure };
}
