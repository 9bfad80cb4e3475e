import { z } from "zod";
import { tableIdSchema, tableViewSchema } from "../../contract/tables.ts";
import { idSchema } from "../../contract/values.ts";
import { defineEvent, denied, type FoldContext } from "../event.ts";
import { text, type ReadModel } from "../read-model.ts";

/** Ways of looking at a table that people keep. They stay in this vault. */

export const viewTables = [
  `CREATE TABLE saved_view (id TEXT PRIMARY KEY, tab TEXT NOT NULL, name TEXT NOT NULL, view TEXT NOT NULL,
     for_everyone INTEGER NOT NULL, by TEXT NOT NULL) STRICT`,
];

/** Who saved a view; null where there is none. */
export function viewOwner(model: ReadModel, id: string): string | null {
  const row = model.get("SELECT by FROM saved_view WHERE id = ?", id);
  return row === undefined ? null : text(row, "by");
}

export function viewName(model: ReadModel, id: string): string | null {
  const row = model.get("SELECT name FROM saved_view WHERE id = ?", id);
  return row === undefined ? null : text(row, "name");
}

function notOwn({ model, actor }: FoldContext, id: string): ReturnType<typeof denied> | null {
  const owner = viewOwner(model, id);
  return owner === null || owner === actor ? null : denied("somebody else saved this view");
}

export const viewSaved = defineEvent({
  type: "view.saved",
  v: 1,
  body: z.strictObject({
    id: idSchema,
    table: tableIdSchema,
    name: z.string().min(1).max(200),
    view: tableViewSchema,
    forEveryone: z.boolean(),
  }),
  roles: ["lead", "evaluator"],
  home: "shared",
  refusal: (context, body) => notOwn(context, body.id),
  fold: ({ model, event }, body) => {
    model.run(
      "INSERT OR REPLACE INTO saved_view VALUES (?, ?, ?, ?, ?, ?)",
      body.id,
      body.table,
      body.name,
      JSON.stringify(body.view),
      body.forEveryone ? 1 : 0,
      event.by,
    );
  },
  words: (_, body) => `View ${body.name} of ${body.table} saved`,
  about: (body) => body.id,
});

export const viewRemoved = defineEvent({
  type: "view.removed",
  v: 1,
  body: z.strictObject({ id: idSchema, name: z.string().max(200) }),
  roles: ["lead", "evaluator"],
  home: "shared",
  refusal: (context, body) =>
    viewOwner(context.model, body.id) === null ? "there is no such view" : notOwn(context, body.id),
  fold: ({ model }, body) => {
    model.run("DELETE FROM saved_view WHERE id = ?", body.id);
  },
  words: (_, body) => `View ${body.name} removed`,
  about: (body) => body.id,
});

export const viewEvents = [viewSaved, viewRemoved];
