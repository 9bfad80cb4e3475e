import { z } from "zod";
import { attemptRecordSchema, type AttemptRecord } from "../../contract/attempt.ts";

/**
 * Attempts in columns: how an imported run keeps its attempts in its one journal entry. Each field of `AttemptRecord`
 * is one column: an array with a value an attempt, or, where all are alike, `{ all: value }`.
 */
const { shape } = attemptRecordSchema;
export type AttemptField = keyof AttemptRecord;
const fields = Object.keys(shape).filter((name): name is AttemptField => Object.hasOwn(shape, name));

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

/** Unpacks and checks them again. Throws a ZodError where a column is missing, short, or holds a wrong value. */
export function fromColumns(packed: AttemptColumns): AttemptRecord[] {
  const attempts: AttemptRecord[] = [];
  for (let place = 0; place < packed.n; place += 1) {
    const record: Record<string, unknown> = {};
    for (const field of fields) {
      const column = packed.columns[field];
      record[field] = Array.isArray(column) ? column[place] : column?.all;
    }
    attempts.push(attemptRecordSchema.parse(record));
  }
  return attempts;
}
