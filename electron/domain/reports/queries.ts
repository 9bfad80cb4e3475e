import type { Report, ReportScope } from "../../contract/reporting.ts";
import { reportStates, reportTemplateIds } from "../../contract/reporting.ts";
import { readProfile } from "../../contract/release-profile.ts";
import { campaignName } from "../campaigns/queries.ts";
import { memberName, personsRequired } from "../members/queries.ts";
import { number, oneOf, text, textOrNull, type ReadModel, type Row } from "../read-model.ts";
import { runCode } from "../runs/state.ts";
import { offeredBlocks } from "./compared-benchmarks.ts";
import { reportCode } from "./state.ts";

export function scopeOfRow(row: Row): ReportScope {
  const kind = oneOf(row, "scope_kind", ["vault", "campaign", "run"]);
  return kind === "vault" ? { kind } : { kind, id: text(row, "scope_id") };
}

/** "Campaign Autumn round", "Run R-0017", "Everything in this vault". */
export function scopeWords(model: ReadModel, scope: ReportScope): string {
  switch (scope.kind) {
    case "vault":
      return "Everything in this vault";
    case "campaign":
      return `Campaign ${campaignName(model, scope.id) ?? scope.id}`;
    case "run":
      return `Run ${runCode(model, scope.id)}`;
  }
}

function sections(model: ReadModel, id: string): Report["sections"] {
  return model.all("SELECT * FROM report_section WHERE report_id = ? ORDER BY position", id).map((row) => ({
    id: text(row, "id"),
    heading: text(row, "heading"),
    guidance: text(row, "guidance"),
    portion: text(row, "portion"),
    markdown: text(row, "markdown"),
  }));
}

function sealings(model: ReadModel, id: string): Report["sealed"] {
  return model.all("SELECT * FROM report_sealing WHERE report_id = ? ORDER BY id", id).map((row) => ({
    at: number(row, "at"),
    by: memberName(model, text(row, "by")),
    fileName: text(row, "file_name"),
    recipients: model
      .all("SELECT name FROM report_release WHERE sealing = ? ORDER BY rowid", number(row, "id"))
      .map((release) => text(release, "name")),
    sha256: text(row, "sha256"),
    checkpoint: text(row, "checkpoint"),
    pdf: number(row, "pdf") === 1,
    withheld: readProfile(text(row, "withheld")),
  }));
}

function report(model: ReadModel, row: Row): Report {
  const id = text(row, "id");
  const scope = scopeOfRow(row);
  const signatures = model.all(
    "SELECT * FROM report_signature WHERE report_id = ? AND revision = ? ORDER BY rowid",
    id,
    number(row, "revision"),
  );
  return {
    id,
    code: reportCode(model, id),
    revision: number(row, "revision"),
    title: text(row, "title"),
    template: oneOf(row, "template", reportTemplateIds),
    scope,
    scopeWords: scopeWords(model, scope),
    marking: { level: text(row, "marking_level"), suffix: text(row, "marking_suffix") },
    state: oneOf(row, "state", reportStates),
    author: memberName(model, text(row, "author")),
    createdAt: number(row, "created_at"),
    changedAt: number(row, "changed_at"),
    sections: sections(model, id),
    blocks: offeredBlocks(model, { id, scope }),
    contentHash: textOrNull(row, "content_hash"),
    signaturesRequired: personsRequired(model),
    signatures: signatures.map((one) => ({
      by: text(one, "by"),
      byName: memberName(model, text(one, "by")),
      at: number(one, "at"),
      keyId: text(one, "key_id"),
    })),
    sealed: sealings(model, id),
  };
}

export function listReports(model: ReadModel): Report[] {
  return model.all("SELECT * FROM report ORDER BY changed_at DESC, code DESC").map((row) => report(model, row));
}

export function getReport(model: ReadModel, id: string): Report | null {
  const row = model.get("SELECT * FROM report WHERE id = ?", id);
  return row === undefined ? null : report(model, row);
}

/** The id of a report by its code ("EV-2026-0003") or id. */
export function findReport(model: ReadModel, codeOrId: string): string | null {
  const wanted = codeOrId.toUpperCase();
  const found = model
    .all("SELECT id FROM report")
    .map((row) => text(row, "id"))
    .find((id) => id === codeOrId || reportCode(model, id) === wanted);
  return found ?? null;
}
