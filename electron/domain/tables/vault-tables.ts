import { choiceColumn, numberColumn, textColumn, timeColumn, type Table } from "./definition.ts";

/** The vault itself as tables: its members, its journal. */

const roleWords = {
  lead: "lead",
  evaluator: "evaluator",
  custodian: "custodian",
  auditor: "auditor",
  recovery: "recovery",
};

export const membersTable: Table = {
  id: "members",
  base: "member q",
  joins: [{ alias: "p", sql: "LEFT JOIN member p ON p.id = q.added_by" }],
  key: ["q.rowid"],
  rowId: "q.id",
  columns: [
    textColumn("name", "Member", "q.name"),
    textColumn("label", "Label", "q.label"),
    choiceColumn("role", "Role", "q.role", { words: roleWords }),
    choiceColumn("current", "Membership", "CASE q.current WHEN 1 THEN 'current' ELSE 'removed' END", {
      words: { current: "current", removed: "removed" },
    }),
    timeColumn("added", "Added", "q.added_at"),
    choiceColumn("by", "Added by", "p.name"),
    timeColumn("removed", "Removed", "q.removed_at"),
    textColumn("reason", "Reason", "q.removal_reason"),
  ],
  sort: "q.added_at",
  within: () => [],
};

const standing = "CASE WHEN q.sealed = 1 THEN 'sealed' WHEN q.refused IS NOT NULL THEN 'refused' ELSE 'stands' END";

export const journalTable: Table = {
  id: "journal",
  base: "journal q",
  joins: [
    { alias: "p", sql: "LEFT JOIN member p ON p.id = q.by" },
    { alias: "k", sql: "LEFT JOIN compartment k ON k.id = q.compartment" },
  ],
  key: ["q.seq", "q.place"],
  rowId: "q.seq || '/' || q.place",
  columns: [
    numberColumn("entry", "Entry", "q.seq"),
    textColumn("words", "What happened", "q.words"),
    choiceColumn("type", "Kind", "q.type"),
    choiceColumn("by", "By", "p.name", { isSearched: true }),
    choiceColumn("compartment", "Compartment", "k.name"),
    choiceColumn("standing", "Standing", standing, {
      words: { stands: "stands", refused: "refused", sealed: "not for this member" },
    }),
    textColumn("refused", "Why refused", "q.refused"),
    textColumn("clock", "Clock", "q.clock"),
    timeColumn("at", "At", "q.at"),
  ],
  sort: "q.seq DESC, q.place DESC",
  within: () => [],
};
