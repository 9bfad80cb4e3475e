import { logicalTables } from "./logical-time.ts";
import { clockTables } from "./clock.ts";
import type { EventType } from "./event.ts";
import { memberEvents } from "./members/events.ts";
import { memberTables } from "./members/fold.ts";
import { modelEvents } from "./models/events.ts";
import { modelTables } from "./models/fold.ts";
import { benchmarkEvents } from "./benchmarks/events.ts";
import { flagsLoaded, flagTables } from "./benchmarks/flags.ts";
import { benchmarkTables } from "./benchmarks/fold.ts";
import { campaignEvents } from "./campaigns/events.ts";
import { campaignTables } from "./campaigns/fold.ts";
import { runEvents } from "./runs/events.ts";
import { runTables } from "./runs/tables.ts";
import { attemptEvents } from "./attempts/events.ts";
import { attemptTables } from "./attempts/tables.ts";
import { viewEvents, viewTables } from "./views/events.ts";
import { reviewEvents } from "./reviews/events.ts";
import { reviewTables } from "./reviews/tables.ts";
import { deadlineEvents, deadlineTables } from "./deadlines/events.ts";
import { determinationEvents } from "./determinations/events.ts";
import { determinationTables } from "./determinations/record.ts";
import { submissionEvents } from "./submissions/events.ts";
import { submissionTables } from "./submissions/record.ts";
import { recipientEvents } from "./recipients/events.ts";
import { recipientTables } from "./recipients/fold.ts";
import { reportEvents } from "./reports/events.ts";
import { reportTables } from "./reports/fold.ts";
import { findingEvents } from "./findings/events.ts";
import { findingTables } from "./findings/tables.ts";
import { makeActEvents } from "./acts/events.ts";
import { actTables } from "./acts/tables.ts";
import { checkpointEvents, checkpointTables } from "./checkpoints/events.ts";
import { compartmentEvents, compartmentTables } from "./compartments/events.ts";
import { handoverEvents } from "./handovers/events.ts";
import { handoverTables } from "./handovers/tables.ts";

/** Every event type there is, and the tables that they are folded into. */

/** The event type of a name and version; undefined for one that this EvalVault does not know. */
export function findType(type: string, v: number): EventType | undefined {
  return types.get(`${type}@${String(v)}`);
}

export const { actProposed, actConfirmed, actDeclined, actWithdrawn } = makeActEvents(findType);

const types = new Map<string, EventType>(
  [
    ...memberEvents,
    ...compartmentEvents,
    ...checkpointEvents,
    actProposed,
    actConfirmed,
    actDeclined,
    actWithdrawn,
    ...modelEvents,
    ...benchmarkEvents,
    flagsLoaded,
    ...campaignEvents,
    ...runEvents,
    ...attemptEvents,
    ...reviewEvents,
    ...viewEvents,
    ...submissionEvents,
    ...determinationEvents,
    ...deadlineEvents,
    ...recipientEvents,
    ...reportEvents,
    ...findingEvents,
    ...handoverEvents,
  ].map((type) => [`${type.type}@${String(type.v)}`, type]),
);

const journalTables = [
  `CREATE TABLE journal (seq INTEGER NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL,
     at INTEGER NOT NULL, by TEXT NOT NULL, words TEXT NOT NULL, about TEXT, refused TEXT,
     compartment INTEGER NOT NULL, sealed INTEGER NOT NULL, clock TEXT, stamp INTEGER NOT NULL,
     PRIMARY KEY (seq, place)) STRICT, WITHOUT ROWID`,
  // What the frame of every screen shows of the journal, without the list itself being at hand.
  `CREATE TABLE journal_count (compartment INTEGER PRIMARY KEY, entries INTEGER NOT NULL, refused INTEGER NOT NULL,
     sealed INTEGER NOT NULL) STRICT`,
  "CREATE UNIQUE INDEX journal_by_id ON journal (id) WHERE refused IS NULL",
  "CREATE INDEX journal_refused ON journal (seq) WHERE refused IS NOT NULL",
  "CREATE INDEX journal_by_compartment ON journal (compartment, seq)",
  "CREATE INDEX journal_clock ON journal (seq) WHERE clock IS NOT NULL",
  "CREATE INDEX journal_by_about ON journal (about) WHERE about IS NOT NULL",
];

/** Statements that make the empty read model. */
export const readModelTables: readonly string[] = [
  ...journalTables,
  ...clockTables,
  ...memberTables,
  ...compartmentTables,
  ...checkpointTables,
  ...actTables,
  ...modelTables,
  ...benchmarkTables,
  ...flagTables,
  ...campaignTables,
  ...runTables,
  ...attemptTables,
  ...reviewTables,
  ...viewTables,
  ...submissionTables,
  ...determinationTables,
  ...deadlineTables,
  ...recipientTables,
  ...reportTables,
  ...findingTables,
  ...logicalTables,
  ...handoverTables,
];
