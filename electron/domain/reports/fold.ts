import type { Marking } from "../../contract/marking.ts";
import type { ReportScope } from "../../contract/reporting.ts";
import type { FoldContext } from "../event.ts";
import { newReportCode } from "./state.ts";
import { count } from "../read-model.ts";

export const reportTables = [
  `CREATE TABLE report (id TEXT PRIMARY KEY, code TEXT NOT NULL, compartment INTEGER NOT NULL, revision INTEGER NOT NULL, title TEXT NOT NULL,
     template TEXT NOT NULL, scope_kind TEXT NOT NULL, scope_id TEXT, marking_level TEXT NOT NULL,
     marking_suffix TEXT NOT NULL, state TEXT NOT NULL, author TEXT NOT NULL, created_at INTEGER NOT NULL,
     changed_at INTEGER NOT NULL, content_hash TEXT, blob TEXT) STRICT`,
  `CREATE TABLE report_section (report_id TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL,
     heading TEXT NOT NULL, guidance TEXT NOT NULL, portion TEXT NOT NULL, markdown TEXT NOT NULL,
     PRIMARY KEY (report_id, id)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE report_signature (report_id TEXT NOT NULL, revision INTEGER NOT NULL, by TEXT NOT NULL,
     at INTEGER NOT NULL, key_id TEXT NOT NULL, signature TEXT NOT NULL) STRICT`,
  `CREATE TABLE report_sealing (id INTEGER PRIMARY KEY, report_id TEXT NOT NULL, revision INTEGER NOT NULL,
     at INTEGER NOT NULL, by TEXT NOT NULL, file_name TEXT NOT NULL, sha256 TEXT NOT NULL, checkpoint TEXT NOT NULL,
     pdf INTEGER NOT NULL, withheld TEXT NOT NULL) STRICT`,
  `CREATE TABLE report_release (sealing INTEGER NOT NULL, report_id TEXT NOT NULL, name TEXT NOT NULL,
     key TEXT NOT NULL) STRICT`,
];

interface DraftedBody {
  readonly id: string;
  readonly template: string;
  readonly scope: ReportScope;
  readonly title: string;
  readonly marking: Marking;
  readonly sections: readonly { id: string; heading: string; guidance: string; markdown: string }[];
}

export function foldDrafted({ model, event, compartment }: FoldContext, body: DraftedBody): void {
  model.run(
    "INSERT INTO report VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, 'draft', ?, ?, ?, NULL, NULL)",
    body.id,
    newReportCode(model, compartment, event.at),
    compartment,
    body.title,
    body.template,
    body.scope.kind,
    body.scope.kind === "vault" ? null : body.scope.id,
    body.marking.level,
    body.marking.suffix,
    event.by,
    event.at,
    event.at,
  );
  body.sections.forEach((section, position) => {
    model.run(
      "INSERT INTO report_section VALUES (?, ?, ?, ?, ?, '', ?)",
      body.id,
      position,
      section.id,
      section.heading,
      section.guidance,
      section.markdown,
    );
  });
}

function changed({ model, event }: FoldContext, reportId: string): void {
  model.run("UPDATE report SET changed_at = ? WHERE id = ?", event.at, reportId);
}

export function foldWritten(
  context: FoldContext,
  body: { reportId: string; sectionId: string; markdown: string; portion: string | null },
): void {
  context.model.run(
    "UPDATE report_section SET markdown = ?, portion = coalesce(?, portion) WHERE report_id = ? AND id = ?",
    body.markdown,
    body.portion,
    body.reportId,
    body.sectionId,
  );
  changed(context, body.reportId);
}

export function foldRetitled(context: FoldContext, body: { reportId: string; title: string }): void {
  context.model.run("UPDATE report SET title = ? WHERE id = ?", body.title, body.reportId);
  changed(context, body.reportId);
}

export function foldFrozen(context: FoldContext, body: { reportId: string; contentHash: string; blob: string }): void {
  context.model.run(
    "UPDATE report SET state = 'frozen', content_hash = ?, blob = ? WHERE id = ?",
    body.contentHash,
    body.blob,
    body.reportId,
  );
  changed(context, body.reportId);
}

export function foldRevised(context: FoldContext, body: { reportId: string }): void {
  context.model.run(
    "UPDATE report SET state = 'draft', revision = revision + 1, content_hash = NULL, blob = NULL WHERE id = ?",
    body.reportId,
  );
  changed(context, body.reportId);
}

export function foldSigned(context: FoldContext, body: { reportId: string; signature: string; keyId: string }): void {
  const { model, event } = context;
  model.run(
    "INSERT INTO report_signature SELECT id, revision, ?, ?, ?, ? FROM report WHERE id = ?",
    event.by,
    event.at,
    body.keyId,
    body.signature,
    body.reportId,
  );
  model.run("UPDATE report SET state = 'signed' WHERE id = ? AND state = 'frozen'", body.reportId);
  changed(context, body.reportId);
}

export function foldSealed(
  context: FoldContext,
  body: {
    reportId: string;
    fileName: string;
    sha256: string;
    recipients: readonly { name: string; key: string }[];
    checkpoint: string;
    pdf: boolean;
    withheld: readonly string[];
  },
): void {
  const { model, event } = context;
  const sealing = count(model, "SELECT coalesce(max(id), 0) + 1 AS n FROM report_sealing");
  model.run(
    "INSERT INTO report_sealing SELECT ?, id, revision, ?, ?, ?, ?, ?, ?, ? FROM report WHERE id = ?",
    sealing,
    event.at,
    event.by,
    body.fileName,
    body.sha256,
    body.checkpoint,
    body.pdf ? 1 : 0,
    body.withheld.join(","),
    body.reportId,
  );
  for (const { name, key } of body.recipients) {
    model.run("INSERT INTO report_release VALUES (?, ?, ?, ?)", sealing, body.reportId, name, key);
  }
  model.run("UPDATE report SET state = 'sealed' WHERE id = ?", body.reportId);
  changed(context, body.reportId);
}
