import type { TableId } from "../../contract/tables.ts";
import { attemptsTable } from "./attempts-table.ts";
import type { Table } from "./definition.ts";
import { benchmarksTable, campaignsTable, modelsTable, tasksTable } from "./plan-tables.ts";
import { findingsTable } from "./findings-table.ts";
import { recipientsTable, reportsTable } from "./report-tables.ts";
import { runsTable } from "./runs-table.ts";
import { journalTable, membersTable } from "./vault-tables.ts";

/** Every table of the app. */
export const tables: Readonly<Record<TableId, Table>> = {
  attempts: attemptsTable,
  runs: runsTable,
  tasks: tasksTable,
  models: modelsTable,
  benchmarks: benchmarksTable,
  campaigns: campaignsTable,
  reports: reportsTable,
  recipients: recipientsTable,
  findings: findingsTable,
  members: membersTable,
  journal: journalTable,
};
