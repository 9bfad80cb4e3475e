import { tableIds, tableViewSchema, type SavedView, type TableId } from "../../contract/tables.ts";
import { memberName } from "../members/queries.ts";
import { number, oneOf, text, type ReadModel, type Row } from "../read-model.ts";

function savedView(model: ReadModel, row: Row, memberId: string): SavedView {
  const by = text(row, "by");
  return {
    id: text(row, "id"),
    table: oneOf(row, "tab", tableIds),
    name: text(row, "name"),
    view: tableViewSchema.parse(JSON.parse(text(row, "view"))),
    forEveryone: number(row, "for_everyone") === 1,
    by,
    byName: memberName(model, by),
    mine: by === memberId,
  };
}

/** The views of a table that a member sees: their own and those for everyone, by name. */
export function listViews(model: ReadModel, table: TableId, memberId: string): SavedView[] {
  const sql =
    "SELECT * FROM saved_view WHERE tab = ? AND (by = ? OR for_everyone = 1) ORDER BY name COLLATE NOCASE, id";
  return model.all(sql, table, memberId).map((row) => savedView(model, row, memberId));
}

/** One view as a member sees it; null where there is none for them. */
export function getView(model: ReadModel, id: string, memberId: string): SavedView | null {
  const row = model.get("SELECT * FROM saved_view WHERE id = ? AND (by = ? OR for_everyone = 1)", id, memberId);
  return row === undefined ? null : savedView(model, row, memberId);
}
