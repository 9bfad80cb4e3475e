import { findingKindWords, findingStates, findingStateWords } from "../../contract/finding-states.ts";
import type { TableScope } from "../../contract/tables.ts";
import {
  choiceColumn,
  numberColumn,
  setColumn,
  sql,
  textColumn,
  timeColumn,
  type Column,
  type Sql,
  type Table,
} from "./definition.ts";
import { modelVersionSql } from "./plan-tables.ts";

/** Findings: weaknesses of models, vulnerabilities that models found. */

const severityWords = { none: "none", low: "low", medium: "medium", high: "high", critical: "critical" };
const priorityWords = { unset: "not set", low: "low", normal: "normal", high: "high", urgent: "urgent" };
const validationWords = { unvalidated: "not validated", reproduced: "reproduced", refuted: "refuted" };
const exploitWords = {
  unknown: "not known",
  unreported: "unreported",
  "proof-of-concept": "proof of concept",
  attacked: "attacked",
};
const remediationWords = {
  unknown: "not known",
  "not-planned": "not planned",
  planned: "planned",
  "in-progress": "in progress",
  workaround: "workaround",
  fixed: "fixed",
};
const distributionWords = {
  unknown: "not known",
  "not-started": "not started",
  partial: "partial",
  complete: "complete",
};

function rank(column: string, words: readonly string[]): string {
  const cases = words.map((word, place) => `WHEN '${word}' THEN ${String(place)}`).join(" ");
  return `CASE ${column} ${cases} END`;
}

function words(id: string, title: string, kind: string): Column {
  const source = `(SELECT finding, word FROM finding_word WHERE kind = '${kind}') ${id}_words`;
  return { ...setColumn(id, title, source, `${id}_words.finding = q.id`), isSearched: true };
}

function within(scope: TableScope): Sql[] {
  const parts: [string, string | undefined][] = [
    ["q.run", scope.runId],
    ["r.campaign_id", scope.campaignId],
    ["q.model_version_id", scope.modelVersionId],
    ["r.benchmark_id", scope.benchmarkId],
  ];
  return parts.flatMap(([column, value]) => (value === undefined ? [] : [sql(`${column} = ?`, value)]));
}

export const findingsTable: Table = {
  id: "findings",
  base: "finding q",
  joins: [
    { alias: "r", sql: "LEFT JOIN run r ON r.id = q.run" },
    { alias: "c", sql: "LEFT JOIN campaign c ON c.id = r.campaign_id" },
    { alias: "b", sql: "LEFT JOIN benchmark b ON b.id = r.benchmark_id" },
    { alias: "v", sql: "LEFT JOIN model_version v ON v.id = q.model_version_id" },
    { alias: "m", sql: "LEFT JOIN model m ON m.id = v.model_id" },
    { alias: "p", sql: "LEFT JOIN member p ON p.id = q.recorded_by" },
    { alias: "d", sql: "LEFT JOIN finding d ON d.id = q.duplicate_of" },
  ],
  key: ["q.number"],
  rowId: "q.id",
  columns: [
    { ...textColumn("code", "Finding", "q.code"), order: "q.number" },
    textColumn("title", "Title", "q.title"),
    choiceColumn("kind", "Kind", "q.kind", { words: findingKindWords }),
    {
      ...choiceColumn("state", "State", "q.state", { words: findingStateWords }),
      order: rank("q.state", findingStates),
    },
    { ...choiceColumn("severity", "Severity", "q.severity", { words: severityWords }), order: "q.severity_rank" },
    numberColumn("score", "CVSS", "q.score"),
    {
      ...choiceColumn("priority", "Priority", "q.priority", { words: priorityWords }),
      order: rank("q.priority", Object.keys(priorityWords)),
    },
    choiceColumn("vendor", "Vendor", "q.vendor", { isSearched: true }),
    choiceColumn("product", "Product", "q.product", { isSearched: true }),
    choiceColumn("component", "Component", "q.component", { isSearched: true }),
    words("cwe", "Weakness", "cwe"),
    words("alias", "Other names", "alias"),
    choiceColumn("validation", "Validation", "q.validation", { words: validationWords }),
    choiceColumn("exploit", "Exploit", "q.exploit", { words: exploitWords }),
    words("routedTo", "Routed to", "route"),
    choiceColumn("remediation", "Remediation", "q.remediation", { words: remediationWords }),
    choiceColumn("distribution", "Distribution", "q.distribution", { words: distributionWords }),
    timeColumn("embargo", "Embargo until", "q.embargo_until"),
    choiceColumn("model", "Model version", modelVersionSql, { isSearched: true }),
    choiceColumn("run", "Run", "r.code", { isSearched: true }),
    choiceColumn("benchmark", "Benchmark", "b.title", { isSearched: true }),
    choiceColumn("campaign", "Campaign", "c.name"),
    textColumn("task", "Task", "q.task"),
    textColumn("duplicateOf", "Duplicate of", "d.code"),
    choiceColumn("marking", "Marking", "q.marking_level"),
    timeColumn("recorded", "Recorded", "q.recorded_at"),
    choiceColumn("by", "Recorded by", "p.name"),
    timeColumn("changed", "Changed", "q.changed_at"),
    textColumn("summary", "Summary", "substr(q.summary, 1, 2000)"),
  ],
  sort: "q.number DESC",
  within,
};
