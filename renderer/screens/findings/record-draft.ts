import type { Affected } from "../../../electron/contract/finding-fields.ts";
import type { FindingKind } from "../../../electron/contract/finding-states.ts";
import type { RequestInput } from "../../../electron/contract/index.ts";
import type { Params } from "../../state/view.ts";

/** A finding as it is typed before it is recorded. */
export interface RecordDraft {
  /** Null: not chosen yet. */
  readonly kind: FindingKind | null;
  readonly title: string;
  readonly summary: string;
  readonly modelVersionId: string | null;
  readonly run: {
    readonly id: string;
    readonly attempt: { readonly task: string; readonly epoch: number } | null;
  } | null;
  readonly vendor: string;
  readonly product: string;
  readonly component: string;
  /** "1.2.0, 1.2.1". */
  readonly versions: string;
  readonly sink: string;
}

const emptyRecord: RecordDraft = {
  ...{ kind: null, title: "", summary: "", modelVersionId: null, run: null },
  ...{ vendor: "", product: "", component: "", versions: "", sink: "" },
};

/** What the form begins with: where the finding was seen, where another screen said so. */
export function recordOf({ run, task, epoch }: Params): RecordDraft {
  if (run === undefined) return emptyRecord;
  const attempt = task === undefined ? null : { task, epoch: Number(epoch ?? 1) || 1 };
  return { ...emptyRecord, run: { id: run, attempt } };
}

/** Single versions out of a line, without repeats. */
export function versionsOf(line: string): string[] {
  const versions = line.split(/[,;\n]/).map((part) => part.trim());
  return [...new Set(versions.filter((part) => part !== ""))];
}

function affectedOf({ vendor, product, component, versions }: RecordDraft): Affected[] {
  const one = { vendor: vendor.trim(), product: product.trim(), component: component.trim() };
  const isEmpty = one.vendor === "" && one.product === "" && one.component === "" && versionsOf(versions).length === 0;
  return isEmpty ? [] : [{ ...one, ecosystem: "", package: "", ranges: [], versions: versionsOf(versions) }];
}

export type RecordFaults = Readonly<Partial<Record<"kind" | "title" | "modelVersionId", string>>>;

/** What keeps the finding from being recorded, by field. */
export function recordFaults({ kind, title, modelVersionId, run }: RecordDraft): RecordFaults {
  const lacksModel = kind === "model-weakness" && modelVersionId === null && run === null;
  return {
    ...(kind === null ? { kind: "Choose the kind first: it decides to whom the finding can go." } : {}),
    ...(title.trim() === "" ? { title: "Say in a line what it is." } : {}),
    ...(lacksModel ? { modelVersionId: "Say whose weakness it is." } : {}),
  };
}

/** The request that records it; null while something is missing. Of a weakness the service names the model as product. */
export function recordInput(draft: RecordDraft): RequestInput<"findings.record"> | null {
  const { kind, run } = draft;
  if (kind === null || Object.keys(recordFaults(draft)).length > 0) return null;
  const affected = kind === "model-weakness" ? [] : affectedOf(draft);
  return {
    kind,
    source: { modelVersionId: draft.modelVersionId, runId: run?.id ?? null, attempt: run?.attempt ?? null },
    fields: {
      title: draft.title.trim(),
      summary: draft.summary.trim(),
      ...(affected.length === 0 ? {} : { affected }),
      ...(draft.sink.trim() === "" ? {} : { sink: draft.sink.trim() }),
    },
  };
}
