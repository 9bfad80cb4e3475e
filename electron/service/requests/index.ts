import type { RequestName } from "../../contract/index.ts";
import type { Handlers } from "../handlers.ts";
import { comparingHandlers } from "./comparing-requests.ts";
import { drawingHandlers } from "./drawing-requests.ts";
import { findingHandlers } from "./findings-requests.ts";
import { handLoggingHandlers } from "./hand-logging-requests.ts";
import { handoverHandlers } from "./handover-requests.ts";
import { importingHandlers } from "./importing-requests.ts";
import { journalHandlers } from "./journal-requests.ts";
import { measuringHandlers } from "./measuring-requests.ts";
import { memberHandlers } from "./member-requests.ts";
import { overviewHandlers } from "./overview-requests.ts";
import { planningHandlers } from "./planning-requests.ts";
import { reportingHandlers } from "./reporting-requests.ts";
import { reviewingHandlers } from "./reviewing-requests.ts";
import { deadlineHandlers } from "./deadline-requests.ts";
import { determinationHandlers } from "./determination-requests.ts";
import { submissionHandlers } from "./submission-requests.ts";
import { tableHandlers } from "./table-requests.ts";
import { searchingHandlers } from "./searching-requests.ts";
import { transcriptHandlers } from "./transcript-requests.ts";
import { twoPersonHandlers } from "./two-person-requests.ts";
import { vaultHandlers } from "./vault-requests.ts";

/** A handler for each request of the contract; the type makes it whole. */
export const handlers: Handlers<RequestName> = {
  ...vaultHandlers,
  ...memberHandlers,
  ...twoPersonHandlers,
  ...journalHandlers,
  ...overviewHandlers,
  ...planningHandlers,
  ...measuringHandlers,
  ...comparingHandlers,
  ...drawingHandlers,
  ...transcriptHandlers,
  ...searchingHandlers,
  ...importingHandlers,
  ...tableHandlers,
  ...handLoggingHandlers,
  ...reviewingHandlers,
  ...findingHandlers,
  ...submissionHandlers,
  ...determinationHandlers,
  ...deadlineHandlers,
  ...reportingHandlers,
  ...handoverHandlers,
};
