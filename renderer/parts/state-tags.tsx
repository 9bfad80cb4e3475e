import type { ReactNode } from "react";
import type { RunState } from "../../electron/contract/evaluation.ts";
import type { ImportedFile } from "../../electron/contract/importing.ts";
import type { Report } from "../../electron/contract/reporting.ts";
import type { SignName } from "./icon-sign.tsx";
import { Tag } from "./tag.tsx";
import type { Tone } from "./tone.ts";

interface Look {
  readonly words: string;
  readonly tone: Tone;
  readonly sign?: SignName;
}

const runLooks: Readonly<Record<RunState, Look>> = {
  planned: { words: "planned", tone: "plain", sign: "open" },
  running: { words: "running", tone: "accent", sign: "limit" },
  logged: { words: "logged", tone: "accent", sign: "saved" },
  "in-review": { words: "in review", tone: "review", sign: "eye" },
  accepted: { words: "accepted", tone: "ok", sign: "ok" },
  rejected: { words: "rejected", tone: "bad", sign: "invalid" },
  withdrawn: { words: "withdrawn", tone: "plain", sign: "invalid" },
};

const reportLooks: Readonly<Record<Report["state"], Look>> = {
  draft: { words: "draft", tone: "plain", sign: "open" },
  frozen: { words: "frozen", tone: "accent", sign: "withheld" },
  signed: { words: "signed", tone: "review", sign: "ok" },
  sealed: { words: "sealed", tone: "ok", sign: "withheld" },
};

const importLooks: Readonly<Record<ImportedFile["status"], Look>> = {
  imported: { words: "imported", tone: "ok", sign: "ok" },
  salvaged: { words: "salvaged", tone: "warn", sign: "warn" },
  duplicate: { words: "known already", tone: "plain", sign: "none" },
  merged: { words: "merged", tone: "ok", sign: "ok" },
  "part-of": { words: "part of another", tone: "plain", sign: "none" },
  table: { words: "needs mapping", tone: "accent", sign: "open" },
  "not-a-log": { words: "no log", tone: "plain", sign: "none" },
  refused: { words: "refused", tone: "bad", sign: "fault" },
};

function LookTag({ look }: { readonly look: Look }): ReactNode {
  return (
    <Tag tone={look.tone} sign={look.sign}>
      {look.words}
    </Tag>
  );
}

/** How far a run has come. */
export function RunStateTag({ state }: { readonly state: RunState }): ReactNode {
  return <LookTag look={runLooks[state]} />;
}

/** How far a report has come. */
export function ReportStateTag({ state }: { readonly state: Report["state"] }): ReactNode {
  return <LookTag look={reportLooks[state]} />;
}

/** What became of a file that was imported. */
export function ImportStatusTag({ status }: { readonly status: ImportedFile["status"] }): ReactNode {
  return <LookTag look={importLooks[status]} />;
}
