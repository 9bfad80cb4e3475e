import { setImmediate } from "node:timers/promises";
import type { tableRequests, TableId, TableScope } from "../../contract/tables.ts";
import { describeTable } from "../../domain/tables/queries.ts";
import { readiness } from "../../domain/tables/readiness.ts";
import { Refusal } from "../../domain/refusal.ts";
import { viewRemoved, viewSaved } from "../../domain/views/events.ts";
import { getView, listViews } from "../../domain/views/queries.ts";
import type { SavedView } from "../../contract/tables.ts";
import type { Handlers, RequestContext } from "../handlers.ts";
import type { Host } from "../host.ts";
import { pageOf } from "../listing/pages.ts";
import { newId } from "../new-id.ts";

/** How long the service works on before it lets others in, in ms. */
const turn = 30;

async function getReady(context: RequestContext, table: TableId, scope: TableScope): Promise<void> {
  let since = performance.now();
  for (const { words, done, total } of readiness(context.host.session, table, scope)) {
    if (performance.now() - since < turn) continue;
    context.progress({ step: words, done, total, unit: "steps" });
    await setImmediate();
    context.signal.throwIfAborted();
    since = performance.now();
  }
}

function savedView(host: Host, id: string): SavedView {
  const { model, vault } = host.session;
  const found = getView(model, id, vault.memberId);
  if (found === null) throw new Refusal("not-found", "the view");
  return found;
}

export const tableHandlers: Handlers<keyof typeof tableRequests> = {
  "tables.describe": async (context, { table, scope }) => {
    await getReady(context, table, scope);
    return describeTable(context.host.session, table, scope);
  },

  "tables.page": async (context, { table, scope, view, offset, limit }) => {
    await getReady(context, table, scope);
    return pageOf(context.host.session, table, { scope, view, offset, limit });
  },

  "views.list": ({ host }, { table }) => listViews(host.session.model, table, host.session.vault.memberId),

  "views.save": ({ host }, { id, ...view }) => {
    if (id !== null) savedView(host, id);
    const own = id ?? newId();
    host.session.commit([viewSaved.draft({ id: own, ...view })]);
    host.changed();
    return savedView(host, own);
  },

  "views.remove": ({ host }, { id }) => {
    const was = savedView(host, id);
    host.session.commit([viewRemoved.draft({ id, name: was.name })]);
    host.changed();
    return was;
  },
};
