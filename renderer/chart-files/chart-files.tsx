import { type ReactNode } from "react";
import type { DrawnChart } from "../charts/drawn-chart.ts";
import { defaultMarking, type Marking } from "../../electron/contract/marking.ts";
import { MenuButton } from "../parts/index.ts";
import { useQuery } from "../state/service.ts";
import { chartSvg } from "./chart-file.tsx";
import { copyText } from "./copying.ts";
import { twinCsv } from "./csv.ts";
import { useSaving } from "./saving.ts";

/** The marking of what is open: it stands on every file that leaves. */
export function useMarking(): Marking {
  const state = useQuery("vault.state", {});
  return state.status === "ready" && state.data.open ? state.data.marking : defaultMarking;
}

interface ChartFilesProps {
  readonly chart: DrawnChart;
  /** How the numbers were counted; null: they are not of a denominator. */
  readonly denominator: string | null;
  /** What its file of numbers holds; left out: its table twin. */
  readonly numbers?: () => string;
}

/** Copies a chart as SVG or its numbers as CSV, or saves them. */
export function ChartFiles({ chart, denominator, numbers }: ChartFilesProps): ReactNode {
  const marking = useMarking();
  const save = useSaving();
  const svg = (): string => chartSvg(chart, marking, denominator);
  const csv = numbers ?? ((): string => twinCsv(chart.twin, denominator));
  return (
    <MenuButton
      label="Copy or save the chart"
      entries={[
        {
          id: "copy-svg",
          words: "Copy as SVG",
          run: () => {
            void copyText(svg(), "The chart");
          },
        },
        {
          id: "copy-csv",
          words: "Copy as CSV",
          run: () => {
            void copyText(csv(), "The table");
          },
        },
        {
          id: "save-svg",
          words: "Save as SVG…",
          run: () => {
            void save("svg", chart.slug, svg());
          },
        },
        {
          id: "save-csv",
          words: "Save as CSV…",
          run: () => {
            void save("csv", chart.slug, csv());
          },
        },
      ]}
    >
      Copy
    </MenuButton>
  );
}
