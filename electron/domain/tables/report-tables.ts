import { choiceColumn, numberColumn, setColumn, textColumn, timeColumn, type Table } from "./definition.ts";

/** What is told, and to whom, as tables: reports, recipients. */

const stateWords = { draft: "draft", frozen: "frozen", signed: "signed", sealed: "sealed" };
const keyKindWords = { classic: "classic", "post-quantum": "post-quantum" };
const comparedWords = { compared: "compared", never: "never compared" };
const releases = "FROM report_release x WHERE x.key = q.key";

export const reportsTable: Table = {
  id: "reports",
  base: "report q",
  joins: [
    { alias: "p", sql: "LEFT JOIN member p ON p.id = q.author" },
    { alias: "c", sql: "LEFT JOIN campaign c ON c.id = q.scope_id" },
    { alias: "r", sql: "LEFT JOIN run r ON r.id = q.scope_id" },
  ],
  key: ["q.rowid"],
  rowId: "q.id",
  columns: [
    textColumn("code", "Report", "q.code"),
    textColumn("title", "Title", "q.title"),
    choiceColumn("template", "Template", "q.template"),
    choiceColumn("scope", "Scope", "coalesce(c.name, r.code, 'everything')", { isSearched: true }),
    {
      ...choiceColumn("state", "State", "q.state", { words: stateWords }),
      order: "CASE q.state WHEN 'draft' THEN 0 WHEN 'frozen' THEN 1 WHEN 'signed' THEN 2 ELSE 3 END",
    },
    choiceColumn("marking", "Marking", "q.marking_level"),
    numberColumn("revision", "Revision", "q.revision"),
    choiceColumn("author", "Author", "p.name", { isSearched: true }),
    {
      ...setColumn(
        "sealedTo",
        "Sealed to",
        "(SELECT DISTINCT report_id, name AS word FROM report_release) released",
        "released.report_id = q.id",
      ),
      isSearched: true,
    },
    timeColumn("created", "Created", "q.created_at"),
    timeColumn("changed", "Changed", "q.changed_at"),
  ],
  sort: "q.changed_at DESC",
  within: () => [],
};

export const recipientsTable: Table = {
  id: "recipients",
  base: "recipient q",
  joins: [{ alias: "p", sql: "LEFT JOIN member p ON p.id = q.compared_by" }],
  key: ["q.rowid"],
  rowId: "q.id",
  columns: [
    textColumn("name", "Recipient", "q.name"),
    choiceColumn("organisation", "Organisation", "q.organisation", { isSearched: true }),
    choiceColumn("keyKind", "Key", "q.key_kind", { words: keyKindWords }),
    choiceColumn("compared", "Compared", "CASE WHEN q.compared_at IS NULL THEN 'never' ELSE 'compared' END", {
      words: comparedWords,
    }),
    choiceColumn("comparedBy", "Compared by", "p.name"),
    timeColumn("comparedAt", "Compared on", "q.compared_at"),
    textColumn("fingerprint", "Fingerprint", "q.fingerprint_hex"),
    textColumn("fingerprintWords", "Fingerprint in words", "q.fingerprint_words"),
    choiceColumn("retired", "In use", "CASE WHEN q.retired_at IS NULL THEN 'in-use' ELSE 'retired' END", {
      words: { "in-use": "in use", retired: "retired" },
    }),
    numberColumn("reports", "Reports", `(SELECT count(DISTINCT x.report_id) ${releases})`),
    timeColumn("added", "Added", "q.added_at"),
  ],
  sort: "q.retired_at IS NOT NULL, q.name COLLATE NOCASE",
  within: () => [],
};
