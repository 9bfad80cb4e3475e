import type { Params } from "../../state/view.ts";
import type { HitPlace } from "../../transcript/reader.ts";
import { transcriptSearch } from "../../transcript/transcript-search.ts";
import type { TranscriptStart } from "../../transcript/use-transcript.ts";

/**
 * Where an attempt's transcript is to be opened. Places hold ids and numbers only, never what was looked for: that would
 * outlive the search. So a hit is named by its field, offset and length, and what was looked for by the search's id.
 */
export function hitParams(hit: HitPlace, searchId: string): Params {
  const { index, field, offset, length } = hit;
  return { search: searchId, item: String(index), field, offset: String(offset), length: String(length) };
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** @returns null for a transcript that is opened at its beginning. */
export function startOf(params: Params): TranscriptStart | null {
  const index = numberOf(params["item"]);
  if (index === null) return null;
  const offset = numberOf(params["offset"]);
  const length = numberOf(params["length"]);
  const field = (["title", "text", "detail"] as const).find((name) => name === params["field"]);
  const isHit = offset !== null && length !== null && field !== undefined;
  const find = transcriptSearch.textOf(params["search"] ?? "");
  return { index, hit: isHit ? { index, field, offset, length } : null, find };
}
