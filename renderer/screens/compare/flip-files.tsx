import { type ReactNode } from "react";
import { ChartSheet } from "../../charts/chart-sheet.tsx";
import { FlipSquare, flipSquareSize, flipSquareSummary } from "../../charts/flip-square.tsx";
import { printPalette } from "../../charts/palette.ts";
import { pairWords } from "../../charts/pair-rows.ts";
import type { Flip } from "../../../electron/contract/comparing.ts";
import type { RequestInput, RequestOutput } from "../../../electron/contract/index.ts";
import { MenuButton, showToast } from "../../parts/index.ts";
import { connection } from "../../state/service.ts";
import { svgText } from "../../chart-files/chart-file.tsx";
import { useMarking } from "../../chart-files/chart-files.tsx";
import { copyText } from "../../chart-files/copying.ts";
import { csvNumber, csvText } from "../../chart-files/csv.ts";
import { useSaving } from "../../chart-files/saving.ts";
import type { ViewProps } from "./view-props.ts";

type Flips = RequestOutput<"comparisons.flips">;

const page = 500;

/** All tasks that the two share, read in pages; null where that failed, which is said. */
async function readFlips(input: Omit<RequestInput<"comparisons.flips">, "offset" | "limit">): Promise<Flips | null> {
  const rows: Flip[] = [];
  for (;;) {
    const result = await connection.request("comparisons.flips", { ...input, offset: rows.length, limit: page });
    if (!result.ok) {
      showToast({ words: `The tasks could not be read (${result.error.code}).`, tone: "bad" });
      return null;
    }
    rows.push(...result.value.rows);
    if (result.value.rows.length === 0 || rows.length >= result.value.total) return { ...result.value, rows };
  }
}

/** Shared tasks as CSV, a row each. */
export function flipsCsv(rows: readonly Flip[], names: { a: string; b: string }, denominator: string): string {
  const head = [
    "task",
    "category",
    "difficulty",
    "human_minutes",
    "model_version_1",
    "solved_1",
    "n_1",
    "model_version_2",
    "solved_2",
    "n_2",
    "difference",
    "solved_by",
    "denominator",
  ];
  const lines = rows.map(({ task, category, difficulty, humanMinutes, a, b, difference, group }) => [
    task,
    category ?? "",
    difficulty ?? "",
    csvNumber(humanMinutes),
    names.a,
    csvNumber(a.solved),
    csvNumber(a.n),
    names.b,
    csvNumber(b.solved),
    csvNumber(b.n),
    csvNumber(difference),
    group,
    denominator,
  ]);
  return csvText([head, ...lines]);
}

interface FlipFilesProps extends ViewProps {
  readonly a: string;
  readonly b: string;
  readonly names: { readonly a: string; readonly b: string };
}

/** Copies or saves the sums as a picture, and all shared tasks as CSV. */
export function FlipFiles({ state, benchmark, a, b, names, denominator }: FlipFilesProps): ReactNode {
  const marking = useMarking();
  const save = useSaving();
  const { campaignId, policy } = state.scope;
  const read = (): Promise<Flips | null> =>
    readFlips({
      benchmarkId: benchmark.id,
      campaignId,
      policy,
      a,
      b,
      filter: "shared",
      sort: "task",
      descending: false,
    });
  const svg = ({ pair, level }: Flips): string =>
    svgText(
      <ChartSheet
        title={`Who solved the shared tasks of ${benchmark.title}`}
        summary={flipSquareSummary(pair.flips, names.a, names.b)}
        marking={marking}
        notes={[
          flipSquareSummary(pair.flips, names.a, names.b),
          `2 against 1: ${pairWords(pair, level)}.`,
          `Denominator: ${denominator}.`,
        ]}
        width={480}
        height={flipSquareSize.height}
      >
        <FlipSquare id="flips" sums={pair.flips} a={names.a} b={names.b} palette={printPalette} />
      </ChartSheet>,
    );
  const make = async (format: "svg" | "csv"): Promise<string | null> => {
    const flips = await read();
    if (flips === null) return null;
    return format === "svg" ? svg(flips) : flipsCsv(flips.rows, names, denominator);
  };
  const copy = async (format: "svg" | "csv"): Promise<void> => {
    const text = await make(format);
    if (text !== null) await copyText(text, format === "svg" ? "The picture" : "The table");
  };
  const keep = async (format: "svg" | "csv"): Promise<void> => {
    const text = await make(format);
    if (text !== null) await save(format, "flips", text);
  };
  const entry = (id: string, words: string, run: () => Promise<void>) => ({
    id,
    words,
    run: () => {
      void run();
    },
  });
  return (
    <MenuButton
      label="Copy or save the flips"
      entries={[
        entry("copy-svg", "Copy the sums as SVG", () => copy("svg")),
        entry("copy-csv", "Copy all shared tasks as CSV", () => copy("csv")),
        entry("save-svg", "Save the sums as SVG…", () => keep("svg")),
        entry("save-csv", "Save all shared tasks as CSV…", () => keep("csv")),
      ]}
    >
      Copy
    </MenuButton>
  );
}
