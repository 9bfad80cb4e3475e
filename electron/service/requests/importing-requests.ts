import type { importingRequests } from "../../contract/importing.ts";
import { recentImports, undoImport } from "../../domain/runs/imports.ts";
import { exportAttempts } from "../export-attempts.ts";
import type { Handlers } from "../handlers.ts";
import { importLogs } from "../importing/import-logs.ts";
import { importTable, preview } from "../importing/import-table.ts";

export const importingHandlers: Handlers<keyof typeof importingRequests> = {
  "imports.logs": (context, { files, campaignId }) => importLogs(context, files, campaignId),

  "imports.previewTable": (context, input) => preview(context, input),

  "imports.table": (context, input) => importTable(context, input),

  "imports.undo": ({ host }, { importId }) => {
    const { drafts, runs } = undoImport(host.session.model, importId);
    host.session.commit(drafts);
    host.changed();
    return { withdrawn: runs.map(({ id, code }) => ({ id, code })) };
  },

  "imports.recent": ({ host }) => recentImports(host.session.model, 50),

  "exports.attempts": (context, input) => exportAttempts(context, input),
};
