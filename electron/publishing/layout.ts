import type { FrozenFigure, FrozenReport, FrozenTable } from "../contract/frozen-report.ts";
import { type MarkdownPiece, readMarkdown } from "./markdown.ts";

/** A figure or table with the number that it goes by in this report. */
export type NumberedBlock =
  | { readonly kind: "figure"; readonly number: number; readonly block: FrozenFigure }
  | { readonly kind: "table"; readonly number: number; readonly block: FrozenTable };

export type LaidPiece =
  | { readonly kind: "html"; readonly html: string }
  | { readonly kind: "block"; readonly placed: NumberedBlock }
  /** A block that stands elsewhere already. */
  | { readonly kind: "reference"; readonly placed: NumberedBlock }
  /** A block that this report does not hold. */
  | { readonly kind: "missing"; readonly block: "figure" | "table"; readonly id: string };

export interface LaidSection {
  readonly id: string;
  readonly number: number;
  readonly heading: string;
  readonly portion: string;
  readonly pieces: readonly LaidPiece[];
}

export interface ReportLayout {
  readonly sections: readonly LaidSection[];
  /** Figures and tables that no section places, in the report's order. */
  readonly rest: readonly NumberedBlock[];
}

/** Numbers figures and tables in the order in which they are met; each stands once, later mentions refer to it. */
export function layOutReport(report: FrozenReport): ReportLayout {
  const placed = new Map<string, NumberedBlock>();
  const place = (kind: "figure" | "table", id: string): LaidPiece => {
    const key = `${kind}:${id}`;
    const before = placed.get(key);
    if (before !== undefined) return { kind: "reference", placed: before };
    const numbered = numberBlock(report, placed, kind, id);
    if (numbered === null) return { kind: "missing", block: kind, id };
    placed.set(key, numbered);
    return { kind: "block", placed: numbered };
  };
  const layPiece = (piece: MarkdownPiece): LaidPiece => (piece.kind === "html" ? piece : place(piece.kind, piece.id));
  const sections = report.sections.map(({ id, heading, portion, markdown }, index) => ({
    id,
    number: index + 1,
    heading,
    portion,
    pieces: readMarkdown(markdown).map(layPiece),
  }));
  const all = [
    ...report.figures.map((figure) => place("figure", figure.id)),
    ...report.tables.map((table) => place("table", table.id)),
  ];
  return { sections, rest: all.flatMap((piece) => (piece.kind === "block" ? [piece.placed] : [])) };
}

function numberBlock(
  report: FrozenReport,
  placed: ReadonlyMap<string, NumberedBlock>,
  kind: "figure" | "table",
  id: string,
): NumberedBlock | null {
  const number = [...placed.values()].filter((other) => other.kind === kind).length + 1;
  if (kind === "figure") {
    const block = report.figures.find((figure) => figure.id === id);
    return block === undefined ? null : { kind, number, block };
  }
  const block = report.tables.find((table) => table.id === id);
  return block === undefined ? null : { kind, number, block };
}
