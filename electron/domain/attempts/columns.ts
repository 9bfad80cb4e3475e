import { z } from "zod";
import { attemptRecordSchema, type AttemptRecord } from "../../contract/attempt.ts";

/**
 * Attempts in columns: how an imported run keeps its attempts in its one journal entry. Each field of `AttemptRecord`
 * is one column: an array with a value an attempt, or, where all are alike, `{ all: value }`.
 */
const { shape } = attemptRecordSchema;
export type AttemptField = keyof AttemptRecord;
const fields = Object.keys(shape).filter((name): name is AttemptField => Object.hasOwn(shape, name));

/** What entries from before a field was kept say of it. */
const absent: Partial<AttemptRecord> = { metadata: {}, file: 0 };

const columnSchema = z.union([z.strictObject({ all: z.unknown() }), z.array(z.unknown())]);
export const attemptColumnsSchema = z.strictObject({
  n: z.int().nonnegative(),
  columns: z.record(z.string().max(50), columnSchema),
});
export type AttemptColumns = z.infer<typeof attemptColumnsSchema>;

/** Packs attempts into columns; order is kept. */
export function toColumns(attempts: readonly AttemptRecord[]): AttemptColumns {
  const columns: AttemptColumns["columns"] = {};
  for (const field of fields) {
    const values = attempts.map((attempt) => attempt[field]);
    const first = JSON.stringify(values[0]);
    columns[field] =
      values.length > 1 && values.every((value) => JSON.stringify(value) === first) ? { all: values[0] } : values;
  }
  return { n: attempts.length, columns };
}

const arrays = z.object(
  Object.fromEntries(fields.map((field) => [field, z.array(shape[field])])) as {
    [F in AttemptField]: z.ZodArray<(typeof shape)[F]>;
  },
);

/**
 * Unpacks and checks them again, a column at a time, and a value that all have once: a row at a time costs many times as
 * much. Throws a ZodError where a column is missing or holds a wrong value, an Error where one is short.
 */
export function fromColumns(packed: AttemptColumns): AttemptRecord[] {
  const given = fields.map((field) => {
    const column = columnOf(packed, field);
    // Of no attempts nothing is said, whatever they all have.
    return [field, Array.isArray(column) ? column : packed.n === 0 ? [] : [column?.all]] as const;
  });
  const columns = arrays.parse(Object.fromEntries(given));
  const isAlike = (field: AttemptField): boolean => !Array.isArray(columnOf(packed, field));
  const alike = fields.filter(isAlike);
  const own = fields.filter((field) => !isAlike(field));
  if (own.some((field) => columns[field].length !== packed.n)) throw new Error("a column of attempts is short");
  const first = record(columns, 0, alike);
  return Array.from(
    { length: packed.n },
    (_, place) => ({ ...first, ...record(columns, place, own) }) as AttemptRecord,
  );
}

function columnOf({ columns }: AttemptColumns, field: AttemptField): AttemptColumns["columns"][string] | undefined {
  if (Object.hasOwn(columns, field)) return columns[field];
  return Object.hasOwn(absent, field) ? { all: absent[field] } : undefined;
}

function record(
  columns: { [F in AttemptField]: readonly AttemptRecord[F][] },
  place: number,
  of: readonly AttemptField[],
): Partial<AttemptRecord> {
  const row: Partial<Record<AttemptField, unknown>> = {};
  for (const field of of) row[field] = columns[field][place];
  // Every column was held against the schema of its field, so each row is a record once all fields are in it.
  return row as Partial<AttemptRecord>;
}
