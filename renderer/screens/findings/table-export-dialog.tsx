import type { ReactNode } from "react";
import { findingKinds, type FindingKind } from "../../../electron/contract/finding-states.ts";
import { plainView } from "../../../electron/contract/tables.ts";
import { useQuery } from "../../state/service.ts";
import { ExportDialog } from "./export-dialog.tsx";

/** As many as one export takes. */
const mostFindings = 500;

interface TableExportDialogProps {
  /** Null: both kinds, which only a table can hold together. */
  readonly kind: FindingKind | null;
  readonly onClose: () => void;
}

/** Exports the findings of a kind, or of both: the newest first where there are more than one export takes. */
export function TableExportDialog({ kind, onClose }: TableExportDialogProps): ReactNode {
  const filters = kind === null ? [] : [{ test: "any-of" as const, column: "kind", values: [kind] }];
  const view = { ...plainView, filters };
  const page = useQuery("tables.page", { table: "findings", scope: {}, view, offset: 0, limit: mostFindings });
  if (page.status !== "ready") return null;
  const findings = page.data.rows.map(({ id, cells }) => ({
    id,
    code: String(cells["code"]),
    kind: findingKinds.find((one) => one === cells["kind"]) ?? "model-weakness",
  }));
  return findings.length === 0 ? null : <ExportDialog findings={findings} onClose={onClose} />;
}
