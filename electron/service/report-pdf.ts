import { createHash } from "node:crypto";
import type { FrozenReport } from "../contract/frozen-report.ts";
import { Refusal } from "../domain/refusal.ts";
import type { PublishedFile } from "../publishing/publish.ts";
import { PublishingError } from "../publishing/publishing-error.ts";
import { reportPaper } from "../publishing/report-paper.tsx";
import { settlePdf } from "../publishing/settled-pdf.ts";
import type { RequestContext } from "./handlers.ts";

/**
 * report.pdf: the report's pages, printed by the app. The same report gives the same bytes on one workstation and version;
 * fonts are the workstation's.
 * @throws Refusal `print-failed`, `cancelled`
 */
export async function reportPdf(context: RequestContext, report: FrozenReport): Promise<PublishedFile> {
  const { host, signal } = context;
  if (host.printer === null) throw new Refusal("print-failed", report.code, "Nothing prints here; the app does.");
  context.progress({ step: "Printing", done: 0, total: null, unit: "steps" });
  const paper = reportPaper(report);
  const pdf = await host.printer.print(paper, report.code, signal);
  const identity = createHash("sha256").update(JSON.stringify(paper)).digest("hex");
  try {
    return { path: "report.pdf", bytes: settlePdf(pdf, { at: report.generatedAt, identity }) };
  } catch (error) {
    if (error instanceof PublishingError) throw new Refusal("print-failed", report.code, error.message);
    throw error;
  }
}
