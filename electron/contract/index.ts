import { z } from "zod";
import { handLoggingRequests } from "./hand-logging.ts";
import { handoverRequests } from "./handover.ts";
import { importingRequests } from "./importing.ts";
import { journalRequests } from "./journal.ts";
import { comparingRequests } from "./comparing.ts";
import { drawingRequests } from "./drawing.ts";
import { measuringRequests } from "./evaluation.ts";
import { planningRequests } from "./planning.ts";
import { advisoryRequests } from "./advisories.ts";
import { findingRequests } from "./findings.ts";
import { memberRequests } from "./members.ts";
import { overviewRequests } from "./overview.ts";
import { reportingRequests } from "./reporting.ts";
import { reviewingRequests } from "./reviewing.ts";
import { tableRequests } from "./tables.ts";
import { deadlineRequests } from "./deadlines.ts";
import { determinationRequests } from "./determinations.ts";
import { submissionRequests } from "./submissions.ts";
import { searchingRequests } from "./searching.ts";
import { transcriptRequests } from "./transcripts.ts";
import { twoPersonRequests } from "./two-persons.ts";
import { vaultRequests } from "./vault.ts";

/** Everything that can be asked of the service: name → what goes in, what comes out. Both ends are derived from it. */
export const serviceRequests = {
  ...vaultRequests,
  ...memberRequests,
  ...twoPersonRequests,
  ...journalRequests,
  ...overviewRequests,
  ...planningRequests,
  ...measuringRequests,
  ...comparingRequests,
  ...drawingRequests,
  ...transcriptRequests,
  ...searchingRequests,
  ...importingRequests,
  ...tableRequests,
  ...handLoggingRequests,
  ...reviewingRequests,
  ...findingRequests,
  ...advisoryRequests,
  ...submissionRequests,
  ...determinationRequests,
  ...deadlineRequests,
  ...reportingRequests,
  ...handoverRequests,
} as const;

export type ServiceRequests = typeof serviceRequests;
export type RequestName = keyof ServiceRequests;
export type RequestInput<N extends RequestName> = z.input<ServiceRequests[N]["input"]>;
export type ParsedInput<N extends RequestName> = z.output<ServiceRequests[N]["input"]>;
export type RequestOutput<N extends RequestName> = z.output<ServiceRequests[N]["output"]>;

/** What the service says unasked. `changed`: the read model moved on; a page asks again for what it shows. */
export const serviceEvents = {
  changed: z.strictObject({ entries: z.int().nonnegative() }),
  locked: z.strictObject({}),
} as const;
export type ServiceEvents = typeof serviceEvents;
export type EventName = keyof ServiceEvents;

/** True for a name that the table holds (own keys only, so that "constructor" is none). */
export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(serviceRequests, name);
}
