import type { OutcomeState } from "../../../electron/contract/attempt.ts";
import type { ExportFormat } from "../../../electron/contract/importing.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";

/** What attempts are written out as, and what a file of each holds, in words. Pure. */

export interface FormatChoice {
  readonly id: ExportFormat;
  readonly label: string;
  readonly extension: string;
  /** What is in it, and who reads it. */
  readonly what: string;
}

export const exportChoices: readonly FormatChoice[] = [
  {
    id: "csv",
    label: "CSV",
    extension: "csv",
    what: "A row an attempt, a column a field, in UTF-8: for spreadsheets and statistics programs. Scores and metadata are JSON in their columns.",
  },
  {
    id: "jsonl",
    label: "JSON Lines",
    extension: "jsonl",
    what: "An object an attempt, one a line, scores and metadata as they are: for programs. EvalVault reads it back.",
  },
  {
    id: "parquet",
    label: "Parquet",
    extension: "parquet",
    what: "The same columns with their types, much smaller: for data frames (pandas, Polars, DuckDB, R).",
  },
  {
    id: "precomputed-scores",
    label: "Precomputed scores",
    extension: "jsonl",
    what: "A line a scored attempt of one run: Inspect scores its own log again with these judgements. Attempts without a score have no place in it and are counted.",
  },
];

export type ExportScope = "run" | "campaign" | "all";

export interface ScopeChoice {
  readonly id: ExportScope;
  readonly label: string;
  readonly runId: string | null;
  readonly campaignId: string | null;
  /** What the file's name begins with. */
  readonly name: string;
}

export interface ExportAbout {
  readonly run: { readonly id: string; readonly code: string } | null;
  readonly campaign: { readonly id: string; readonly name: string } | null;
}

/** Safe in a file name, and short: "Autumn baseline" → "autumn-baseline". */
export function fileStem(name: string): string {
  const stem = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return stem === "" ? "attempts" : stem;
}

/** What may be written: the run and the campaign that the dialog was opened on, and everything. */
export function scopeChoices({ run, campaign }: ExportAbout, format: ExportFormat): readonly ScopeChoice[] {
  const ofRun: ScopeChoice[] =
    run === null
      ? []
      : [{ id: "run", label: `This run, ${run.code}`, runId: run.id, campaignId: null, name: run.code }];
  // One file of scores belongs to one log.
  if (format === "precomputed-scores") return ofRun;
  const ofCampaign: ScopeChoice[] =
    campaign === null
      ? []
      : [
          {
            id: "campaign",
            label: `Its campaign, ${campaign.name}`,
            runId: null,
            campaignId: campaign.id,
            name: fileStem(campaign.name),
          },
        ];
  const all: ScopeChoice = {
    id: "all",
    label: "All runs that you read",
    runId: null,
    campaignId: null,
    name: "all-runs",
  };
  return [...ofRun, ...ofCampaign, all];
}

/** "R-0017-attempts.parquet". */
export function suggestedName(scope: ScopeChoice, format: FormatChoice): string {
  const what = format.id === "precomputed-scores" ? "scores" : "attempts";
  return `${scope.name}-${what}.${format.extension}`;
}

/** "3 not run and 1 withheld have no place in this format"; "" where nothing was left out. */
export function leftOutWords(leftOut: readonly { outcome: OutcomeState; count: number }[]): string {
  const total = leftOut.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return "";
  const states = leftOut.map(({ outcome, count }) => `${formatCount(count)} ${outcome.replaceAll("-", " ")}`);
  return `${formatCounted(total, "attempt has", "attempts have")} no place in this format and ${total === 1 ? "is" : "are"} not in it: ${states.join(", ")}.`;
}
