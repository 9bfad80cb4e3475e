import type { ReactNode } from "react";
import { reportStates, type Report } from "../../../electron/contract/reporting.ts";
import { IconSign } from "../../parts/index.ts";
import { peopleWords } from "../reports/report-words.ts";

const titles: Readonly<Record<Report["state"], string>> = {
  draft: "Draft",
  frozen: "Frozen",
  signed: "Signed",
  sealed: "Sealed",
};

function signedWords(report: Report): string {
  const { signatures, signaturesRequired: required } = report;
  if (signatures.length === 0) return required === 1 ? "Vouched for with a key" : "Vouched for by two people’s keys";
  if (signatures.length < required) return `${String(signatures.length)} of ${String(required)} people signed`;
  return `Vouched for by ${peopleWords(signatures.length)}`;
}

function meaning(step: Report["state"], report: Report): string {
  switch (step) {
    case "draft":
      return "Words and numbers may change";
    case "frozen":
      return report.contentHash === null
        ? "Fixed under one content hash"
        : `Fixed: content ${report.contentHash.slice(0, 8)}…`;
    case "signed":
      return signedWords(report);
    case "sealed":
      return report.sealed.length === 0
        ? "Encrypted to its readers"
        : `Sealed ${report.sealed.length === 1 ? "once" : `${String(report.sealed.length)} times`}`;
  }
}

/** How far the report is on its way out, and what each step means. */
export function Stepper({ report }: { readonly report: Report }): ReactNode {
  const now = reportStates.indexOf(report.state);
  return (
    <ol className="panel report-steps" aria-label="State of the report">
      {reportStates.map((step, index) => (
        <li
          key={step}
          className={index < now ? "done" : index === now ? "now" : "ahead"}
          {...(index === now ? { "aria-current": "step" as const } : {})}
        >
          <span className="report-step-sign">{index < now ? <IconSign name="ok" /> : String(index + 1)}</span>
          <span className="report-step-words">
            <b>{titles[step]}</b>
            <span className="small ink3">{meaning(step, report)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
