import type { EvalHeader } from "./eval-header.ts";
import { scorersOf } from "./eval-header.ts";
import type { RecordContext } from "./attempt-record.ts";
import { groupingKeys } from "./recompute/recompute.ts";
import { clusterKeys } from "./sample-facts.ts";

/** What the header says about reading samples: whose score leads, and which metadata is needed. */
export function readingContext(header: EvalHeader): { context: RecordContext; metadataKeys: Set<string> } {
  const keys = groupingKeys(header);
  return {
    context: { scorers: scorersOf(header).map((scorer) => scorer.name), clusterBy: keys.clusterBy },
    metadataKeys: new Set([...clusterKeys, ...challengeKeys, ...keys.all]),
  };
}

/** Metadata by which 3CB's own metric groups. */
const challengeKeys = ["challenge_id", "task_name"];
