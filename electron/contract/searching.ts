import { z } from "zod";
import { itemKindSchema } from "./transcripts.ts";
import { attemptAddressSchema } from "./evaluation.ts";
import { countSchema, idSchema } from "./values.ts";

/**
 * Searching transcripts for a text. There are no patterns: one that backtracks could hold the search for hours, and what is
 * looked for in transcripts (flags, paths, commands, names) is text. Results are in the service's memory alone, until the
 * vault is locked; there is no index.
 */

export const searchScopeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("vault") }),
  z.strictObject({ kind: z.literal("campaign"), id: idSchema }),
  z.strictObject({ kind: z.literal("run"), id: idSchema }),
  z.strictObject({ kind: z.literal("attempt"), ...attemptAddressSchema.shape }),
]);
export type SearchScope = z.infer<typeof searchScopeSchema>;

export const searchLimits = {
  /** Longest text that is looked for, UTF-16 units. */
  text: 200,
  /** Characters shown on either side of a hit. */
  context: 80,
  /** Hits that are kept of one search; more are counted. */
  hits: 50_000,
  /** Searches that are kept; of more the oldest goes. */
  searches: 8,
} as const;

export const searchTextSchema = z.strictObject({
  text: z.string().min(1).max(searchLimits.text),
  /** False: letters match whatever their case, by Unicode's simple folding of single UTF-16 units. */
  caseSensitive: z.boolean(),
  /** Neither a letter, a digit nor an underscore before or after. */
  wholeWord: z.boolean(),
  /** Only items of these kinds; absent: all. */
  kinds: z.array(itemKindSchema).min(1).max(40).optional(),
});
export type SearchText = z.infer<typeof searchTextSchema>;

/** Something that was in the scope and was not searched, or not to its end. */
export const notSearchedSchema = z.strictObject({
  what: z.enum(["compartment", "run", "attempt"]),
  /** Which one, where it can be named: a run's code, a task and epoch. */
  name: z.string().max(2_100).nullable(),
  count: countSchema,
  reason: z.string().max(300),
});
export type NotSearched = z.infer<typeof notSearchedSchema>;

export const searchHitSchema = z.strictObject({
  /** Its place among the hits of the search, from 0. Hits keep their places while more are found. */
  place: countSchema,
  /** Its attempt's place among the attempts with hits. */
  attempt: countSchema,
  runId: idSchema,
  runCode: z.string(),
  task: z.string(),
  epoch: z.int(),
  /** The item of the transcript. */
  index: countSchema,
  kind: itemKindSchema,
  title: z.string(),
  /** Which of its texts, and where in the whole of it, in UTF-16 units. */
  field: z.enum(["title", "text", "detail"]),
  offset: countSchema,
  /** Up to 80 characters before, what was found, up to 80 after. */
  before: z.string(),
  match: z.string(),
  after: z.string(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

export const searchedAttemptSchema = z.strictObject({
  runId: idSchema,
  runCode: z.string(),
  model: z.string(),
  benchmark: z.string(),
  task: z.string(),
  title: z.string(),
  epoch: z.int(),
  /** All hits in it, also those that are counted only. */
  hits: countSchema,
  /** Place of its first hit that is kept, null where none is. */
  firstHit: countSchema.nullable(),
});
export type SearchedAttempt = z.infer<typeof searchedAttemptSchema>;

export const searchStateSchema = z.strictObject({
  /** "stopped": cancelled, or failed on the way; what was found until then is there. */
  state: z.enum(["running", "done", "stopped"]),
  /** All that were found, kept ones, attempts that have any. */
  hits: countSchema,
  kept: countSchema,
  attemptsWithHits: countSchema,
  /** Attempts and bytes of transcript (after decompression) that were searched. */
  attempts: countSchema,
  bytes: countSchema,
  notSearched: z.array(notSearchedSchema),
});
export type SearchState = z.infer<typeof searchStateSchema>;

const searchIdSchema = idSchema;
const pageSchema = z.strictObject({ searchId: searchIdSchema, offset: countSchema, limit: z.int().min(1).max(500) });

export const searchingRequests = {
  /**
   * Answers when all of the scope was searched; can be cancelled. `searchId` is the asker's own choice: with it the hits so far
   * can be asked for while it goes on. A search of the same id is replaced.
   */
  "search.transcripts": {
    input: searchTextSchema.extend({ searchId: searchIdSchema, scope: searchScopeSchema }),
    output: searchStateSchema,
  },
  /** Hits in the order of runs, tasks, epochs and items, of all attempts or of one (its place). */
  "search.hits": {
    input: pageSchema.extend({ attempt: countSchema.optional() }),
    output: z.strictObject({ search: searchStateSchema, total: countSchema, hits: z.array(searchHitSchema) }),
  },
  /** Attempts with hits, in the order in which their hits stand. */
  "search.attempts": {
    input: pageSchema,
    output: z.strictObject({ search: searchStateSchema, total: countSchema, attempts: z.array(searchedAttemptSchema) }),
  },
  /** Forgets a search. One that is still going on is stopped by cancelling its request. */
  "search.drop": { input: z.strictObject({ searchId: searchIdSchema }), output: z.strictObject({}) },
} as const;
