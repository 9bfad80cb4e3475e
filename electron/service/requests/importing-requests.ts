import type { importingRequests } from "../../contract/importing.ts";
import { Refusal } from "../../domain/refusal.ts";
import { recentImports } from "../../domain/runs/imports.ts";
import { runOfLog } from "../../domain/runs/queries.ts";
import { openFileSource } from "../../interchange/byte-source.ts";
import { previewTable } from "../../interchange/table/index.ts";
import { sha256OfFile } from "../evidence.ts";
import { exportAttempts } from "../export-attempts.ts";
import type { Handlers } from "../handlers.ts";
import { importLogs } from "../import-logs.ts";

export const importingHandlers: Handlers<keyof typeof importingRequests> = {
  "imports.logs": (context, { files, campaignId }) => importLogs(context, files, campaignId),

  "imports.previewTable": async ({ host, signal }, { file, mapping }) => {
    const path = host.outsidePath(file);
    const known = runOfLog(host.session, await sha256OfFile(path, signal));
    const source = await openFileSource(path);
    try {
      const preview = await previewTable({ name: host.files.name(file), bytes: source }, mapping, { signal });
      return { ...preview, unfit: null, known };
    } finally {
      await source.close();
    }
  },

  "imports.table": ({ host }, { file }) => {
    throw new Refusal("mapping-unfit", host.files.name(file));
  },

  "imports.undo": () => {
    throw new Refusal("not-found", "the import");
  },

  "imports.recent": ({ host }) => recentImports(host.session.model, 50),

  "exports.attempts": (context, input) => exportAttempts(context, input),
};
