import type { ParsedInput, RequestName, RequestOutput } from "../contract/index.ts";
import type { Progress } from "../contract/wire.ts";
import type { Host } from "./host.ts";

/** What a request is handled with: the host it runs in, a way to be cancelled, a way to tell how far it is. */
export interface RequestContext {
  readonly host: Host;
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
}

export type Handler<N extends RequestName> = (
  context: RequestContext,
  input: ParsedInput<N>,
) => RequestOutput<N> | Promise<RequestOutput<N>>;

export type Handlers<N extends RequestName> = { readonly [K in N]: Handler<K> };
