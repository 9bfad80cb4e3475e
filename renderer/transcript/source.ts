import type { RequestInput, RequestOutput } from "../../electron/contract/index.ts";
import type { Result } from "../../electron/contract/result.ts";
import type { SearchState } from "../../electron/contract/searching.ts";
import type { TranscriptItem, TranscriptOutline } from "../../electron/contract/transcripts.ts";
import { connection } from "../state/service.ts";
import type { RequestOptions } from "../state/connection.ts";

export type WholeItem = RequestOutput<"transcripts.item">;
export type FoundHits = RequestOutput<"search.hits">;

export interface FindText {
  readonly text: string;
  readonly caseSensitive: boolean;
  readonly wholeWord: boolean;
}

/** Where a transcript is read from. The viewer knows nothing of attempts: whoever shows one says how it is asked for. */
export interface TranscriptSource {
  readonly outline: (options: RequestOptions) => Promise<Result<TranscriptOutline>>;
  readonly items: (offset: number, limit: number) => Promise<Result<{ readonly items: readonly TranscriptItem[] }>>;
  /** One item whole, its texts and its JSON in pages from these offsets. */
  readonly item: (index: number, textOffset: number, rawOffset: number) => Promise<Result<WholeItem>>;
  readonly find: (id: string, text: FindText, options: RequestOptions) => Promise<Result<SearchState>>;
  readonly hits: (id: string, offset: number, limit: number) => Promise<Result<FoundHits>>;
  readonly dropFind: (id: string) => void;
  /** Nobody looks at it any more. */
  readonly close: () => void;
}

type Address = RequestInput<"transcripts.outline">;

/** The transcript of one attempt, from the service. */
export function attemptTranscript(address: Address): TranscriptSource {
  const scope = { kind: "attempt", ...address } as const;
  return {
    outline: (options) => connection.request("transcripts.outline", address, options),
    items: (offset, limit) => connection.request("attempts.transcript", { ...address, offset, limit }),
    item: (index, textOffset, rawOffset) =>
      connection.request("transcripts.item", { ...address, index, textOffset, rawOffset }),
    find: (searchId, text, options) => connection.request("search.transcripts", { searchId, scope, ...text }, options),
    hits: (searchId, offset, limit) => connection.request("search.hits", { searchId, offset, limit }),
    dropFind: (searchId) => void connection.request("search.drop", { searchId }),
    close: () => void connection.request("transcripts.close", address),
  };
}
