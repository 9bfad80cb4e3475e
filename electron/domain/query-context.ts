import type { EventSource } from "./event.ts";
import type { ReadModel } from "./read-model.ts";

/** What a query asks from: the read model, and the journal for what is too large to stay in it. */
export interface QueryContext {
  readonly model: ReadModel;
  readonly source: EventSource;
}
