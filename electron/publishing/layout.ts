import { placedBlocks, type FrozenFigure, type FrozenReport, type FrozenTable } from "../contract/frozen-report.ts";
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
  const placeOne = (block: Block): LaidPiece => {
    const key = `${block.kind}:${block.block.id}`;
    const before = placed.get(key);
    if (before !== undefined) return { kind: "reference", placed: before };
    const number = [...placed.values()].filter((other) => other.kind === block.kind).length + 1;
    const numbered = { ...block, number };
    placed.set(key, numbered);
    return { kind: "block", placed: numbered };
  };
  const place = (kind: "figure" | "table", id: string): LaidPiece[] => {
    const blocks = blocksOf(report, kind, id);
    return blocks.length === 0 ? [{ kind: "missing", block: kind, id }] : blocks.map(placeOne);
  };
  const layPiece = (piece: MarkdownPiece): LaidPiece[] =>
    piece.kind === "html" ? [piece] : place(piece.kind, piece.id);
  const sections = report.sections.map(({ id, heading, portion, markdown }, index) => ({
    id,
    number: index + 1,
    heading,
    portion,
    pieces: readMarkdown(markdown).flatMap(layPiece),
  }));
  const all = [
    ...report.figures.map((block) => placeOne({ kind: "figure", block })),
    ...report.tables.map((block) => placeOne({ kind: "table", block })),
  ];
  return { sections, rest: all.flatMap((piece) => (piece.kind === "block" ? [piece.placed] : [])) };
}

type Block =
  { readonly kind: "figure"; readonly block: FrozenFigure } | { readonly kind: "table"; readonly block: FrozenTable };

function blocksOf({ figures, tables }: FrozenReport, kind: "figure" | "table", id: string): Block[] {
  if (kind === "figure") return placedBlocks(figures, id).map((block) => ({ kind, block }));
  return placedBlocks(tables, id).map((block) => ({ kind, block }));
}
