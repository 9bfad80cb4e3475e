import { useState, type ReactNode } from "react";
import {
  tableFields,
  timeUnits,
  type TableColumn,
  type TableField,
  type TableMapping,
} from "../../../electron/contract/importing.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { Button, Select, type Option } from "../../parts/index.ts";
import { visibleText } from "../../transcript/visible-text.ts";
import { fieldWords, unitWords, withField, withUnit } from "./mapping.ts";

const leftOut = "left-out";

const fieldOptions: readonly Option<TableField | typeof leftOut>[] = [
  { id: leftOut, label: "Left out" },
  ...tableFields.map((id) => ({ id, label: fieldWords[id] })),
];
const unitOptions = timeUnits.map((id) => ({ id, label: unitWords[id] }));

/** So many columns are drawn at first; a table may have 500. */
const firstColumns = 60;

interface RowProps {
  readonly mapping: TableMapping;
  readonly place: number;
  readonly column: TableColumn | undefined;
  readonly onChange: (mapping: TableMapping) => void;
}

/** "proposed" where the service chose the field, and how sure it was. */
function sureWords(field: TableField | null, column: TableColumn | undefined): string {
  if (field === null || column === undefined || column.confidence === 0) return "";
  return column.confidence >= 0.9 ? "" : "a guess";
}

function ColumnRow({ mapping, place, column, onChange }: RowProps): ReactNode {
  const mapped = mapping.columns[place];
  if (mapped === undefined) return null;
  const name = visibleText(mapped.name) || `column ${String(place + 1)}`;
  const examples = (column?.examples ?? []).map((one) => visibleText(one)).join(" · ");
  return (
    <tr>
      <td>
        <div className="map-field">
          <Select
            label={`What ${name} is`}
            hideLabel
            low
            options={fieldOptions}
            value={mapped.field ?? leftOut}
            onChange={(field) => {
              onChange(withField(mapping, place, field === leftOut ? null : field));
            }}
          />
          {mapped.unit === null ? null : (
            <Select
              label={`Unit of ${name}`}
              hideLabel
              low
              options={unitOptions}
              value={mapped.unit}
              onChange={(unit) => {
                onChange(withUnit(mapping, place, unit));
              }}
            />
          )}
        </div>
      </td>
      <td className="map-arrow ink3" aria-hidden="true">
        ←
      </td>
      <th scope="row" className="map-name">
        <span className="mono cut" title={name}>
          {name}
        </span>
        <span className="small ink3">{sureWords(mapped.field, column)}</span>
      </th>
      <td className="map-examples">
        <span className="ink2 cut" title={examples}>
          {examples === "" ? <span className="ink3">empty</span> : examples}
        </span>
      </td>
    </tr>
  );
}

interface MapColumnsProps {
  readonly mapping: TableMapping;
  readonly columns: readonly TableColumn[];
  readonly onChange: (mapping: TableMapping) => void;
}

/** Our field ← their column, with its first values; each field is a select. */
export function MapColumns({ mapping, columns, onChange }: MapColumnsProps): ReactNode {
  const [all, setAll] = useState(false);
  const shown = all ? mapping.columns : mapping.columns.slice(0, firstColumns);
  const more = mapping.columns.length - shown.length;
  return (
    <div className="map-columns">
      <table>
        <caption className="visually-hidden">What each column of the table is</caption>
        <thead>
          <tr>
            <th scope="col">Our field</th>
            <th>
              <span className="visually-hidden">is taken from</span>
            </th>
            <th scope="col">Their column</th>
            <th scope="col">First values</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((_, place) => (
            <ColumnRow
              key={String(place)}
              mapping={mapping}
              place={place}
              column={columns[place]}
              onChange={onChange}
            />
          ))}
        </tbody>
      </table>
      {more === 0 ? null : (
        <div className="map-more">
          <Button
            size="small"
            onPress={() => {
              setAll(true);
            }}
          >
            Show {formatCount(more)} more columns
          </Button>
        </div>
      )}
    </div>
  );
}
