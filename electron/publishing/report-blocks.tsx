import type { ReactElement } from "react";
import type { FrozenFigure, FrozenReport, FrozenTable } from "../contract/frozen-report.ts";
import type { ChartTable } from "../../renderer/charts/chart-parts.ts";
import { drawFigure, pagePart } from "./figure-charts.tsx";
import type { LaidPiece, NumberedBlock } from "./layout.ts";
import { blockName, provenanceWords } from "./report-words.ts";

/** From this many columns on a table is set smaller. */
const denseFrom = 9;

interface PieceProps {
  readonly piece: LaidPiece;
  readonly report: FrozenReport;
}

/** One piece of a section: text, a figure or table, or a pointer to one. */
export function ReportPiece({ piece, report }: PieceProps): ReactElement {
  switch (piece.kind) {
    case "html":
      // Made by readMarkdown with HTML off: everything in it that a person wrote is escaped text.
      return <div className="prose" dangerouslySetInnerHTML={{ __html: piece.html }} />;
    case "block":
      return <ReportBlock placed={piece.placed} report={report} />;
    case "reference":
      return (
        <p className="pointer">
          See <a href={`#${anchorOf(piece.placed)}`}>{blockName(piece.placed)}</a>.
        </p>
      );
    case "missing":
      return (
        <p className="empty">
          This report holds no {piece.block} named “{piece.id}”.
        </p>
      );
  }
}

export function anchorOf({ kind, block }: NumberedBlock): string {
  return `${kind}-${block.id}`;
}

export function ReportBlock({
  placed,
  report,
}: {
  readonly placed: NumberedBlock;
  readonly report: FrozenReport;
}): ReactElement {
  return placed.kind === "figure" ? (
    <FigureBlock figure={placed.block} name={blockName(placed)} anchor={anchorOf(placed)} report={report} />
  ) : (
    <TableBlock table={placed.block} name={blockName(placed)} anchor={anchorOf(placed)} />
  );
}

interface FigureBlockProps {
  readonly figure: FrozenFigure;
  readonly name: string;
  readonly anchor: string;
  readonly report: FrozenReport;
}

function FigureBlock({ figure, name, anchor, report }: FigureBlockProps): ReactElement {
  const { drawings, table } = drawFigure(figure, report, pagePart);
  const [first, ...others] = drawings;
  return (
    <figure className="block" id={anchor}>
      <div className="keep">
        <figcaption>
          <b className="name">
            {name}. {figure.title}.
          </b>{" "}
          {figure.caption}
        </figcaption>
        {first}
      </div>
      {others}
      <p className="source">{provenanceWords(figure.provenance)}</p>
      {table.rows.length === 0 ? null : (
        <details>
          <summary>The numbers of {name.toLowerCase()} as a table</summary>
          <TwinTable table={table} label={`${name} as a table`} />
        </details>
      )}
    </figure>
  );
}

function TwinTable({ table, label }: { readonly table: ChartTable; readonly label: string }): ReactElement {
  const numeric = (index: number): string | undefined => (table.columns[index]?.numeric === true ? "n" : undefined);
  return (
    <div className={scrollClass(table.columns.length)} role="region" aria-label={label} tabIndex={0}>
      <table className="data">
        <thead>
          <tr>
            {table.columns.map((column, index) => (
              <th key={column.key} scope="col" className={numeric(index)}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((text, place) => (
                <td key={place} className={numeric(place)}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface TableBlockProps {
  readonly table: FrozenTable;
  readonly name: string;
  readonly anchor: string;
}

function TableBlock({ table, name, anchor }: TableBlockProps): ReactElement {
  return (
    <div className="block" id={anchor}>
      <div
        className={scrollClass(table.columns.length)}
        role="region"
        aria-label={`${name}: ${table.title}`}
        tabIndex={0}
      >
        <table className="data">
          <caption>
            <b className="name">
              {name}. {table.title}.
            </b>{" "}
            {table.caption}
          </caption>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column.key} scope="col" className={alignClass(column.align)}>
                  {column.label}
                  {column.unit === null ? null : <small>{column.unit}</small>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, index) => (
              <TableRow key={index} row={row} columns={table.columns} />
            ))}
          </tbody>
        </table>
      </div>
      {table.rows.length === 0 ? <p className="empty">No rows.</p> : null}
      <p className="source">{provenanceWords(table.provenance)}</p>
    </div>
  );
}

function TableRow({
  row,
  columns,
}: {
  readonly row: FrozenTable["rows"][number];
  readonly columns: FrozenTable["columns"];
}): ReactElement {
  return (
    <tr>
      {columns.map((column, index) => {
        // A percent sign stays with its number.
        const text = (row[column.key]?.text ?? "").replaceAll(" %", "\u00a0%");
        return index === 0 ? (
          <th key={column.key} scope="row" className={alignClass(column.align)}>
            {text}
          </th>
        ) : (
          <td key={column.key} className={alignClass(column.align)}>
            {text}
          </td>
        );
      })}
    </tr>
  );
}

function alignClass(align: "start" | "end"): string | undefined {
  return align === "end" ? "n" : undefined;
}

function scrollClass(columns: number): string {
  return columns >= denseFrom ? "scroll dense" : "scroll";
}
