import type { Report } from "../contract/reporting.ts";
import { compareAhead } from "../domain/reports/comparison-blocks.ts";
import { inSteps } from "./comparing/in-steps.ts";
import type { RequestContext } from "./handlers.ts";
import { sha256 } from "./text-hash.ts";

/**
 * Computes the comparisons that a draft places, letting other requests in between: composing it then takes no longer than
 * without them. What is frozen has its numbers already.
 * @throws Refusal `cancelled`
 */
export async function compareBefore({ host, signal, progress }: RequestContext, report: Report): Promise<void> {
  if (report.state !== "draft") return;
  await inSteps(compareAhead(host.session, report, { sha256 }), signal, () => {
    progress({ step: "Comparing for the report", done: 0, total: null, unit: "steps" });
  });
}
