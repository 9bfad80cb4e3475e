import type { RequestName } from "../../contract/index.ts";
import type { Handlers } from "../handlers.ts";
import { measuringHandlers } from "./measuring-requests.ts";
import { overviewHandlers } from "./overview-requests.ts";
import { planningHandlers } from "./planning-requests.ts";
import { reportingHandlers } from "./reporting-requests.ts";
import { vaultHandlers } from "./vault-requests.ts";

/** A handler for each request of the contract; the type makes it whole. */
export const handlers: Handlers<RequestName> = {
  ...vaultHandlers,
  ...overviewHandlers,
  ...planningHandlers,
  ...measuringHandlers,
  ...reportingHandlers,
};
