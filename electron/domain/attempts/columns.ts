import { z } from "zod";
import { attemptRecordSchema, outcomeStates, type AttemptRecord } from "../../contract/attempt.ts";

/**
 * Attempts in columns: how an imported run keeps its attempts in its one journal entry. Each field of `AttemptRecord`
 * is one column: an array with a value an attempt, or, where all are alike, `{ all: value }`.
 */
const { shape } = attemptRecordSchema;
export type AttemptField = keyof AttemptRecord;
const fields = Object.keys(shape).filter((name): name is AttemptField => Object.hasOwn(shape, name));

/** What entries from before a field was kept say of it. */
const absent: Partial<AttemptRecord> = { metadata: {}, file: 0 };

// What the values are is checked by field: to look at each of them here too would take as long again.
const valuesSchema = z.custom<unknown[]>((column) => Array.isArray(column));
const columnSchema = z.union([valuesSchema, z.strictObject({ all: z.unknown() })]);
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

type Test = (value: unknown) => boolean;
const orNull =
  (test: Test): Test =>
  (value) =>
    value === null || test(value);
const text =
  (most: number, least = 0): Test =>
  (value) =>
    typeof value === "string" && value.length >= least && value.length <= most;
const finite: Test = Number.isFinite;
const positive: Test = (value) => typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY;
const whole =
  (least: number, most = Number.MAX_SAFE_INTEGER): Test =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
const states: ReadonlySet<unknown> = new Set(outcomeStates);

/** Structured values are few different ones: each text is held against the schema once. */
function oneOfFew(schema: z.ZodType): Test {
  const known = new Set<string>();
  return (value) => {
    const json = JSON.stringify(value);
    if (known.has(json)) return true;
    if (!schema.safeParse(value).success) return false;
    // Several things that are no JSON are written as null, and would pass for it.
    if (!json.includes("null")) known.add(json);
    return true;
  };
}

/**
 * A column of a field. What a short test says is right is right; only what it does not is held against the schema, which
 * takes some ten times as long. `begin` gives the test of one column.
 */
function columnOf<S extends z.ZodType>(schema: S, begin: () => Test): z.ZodType<z.output<S>[]> {
  const isRight = (column: unknown): boolean => Array.isArray(column) && column.every(begin());
  return z.union([z.custom<z.output<S>[]>(isRight), z.array(schema)]);
}

const plain = <S extends z.ZodType>(schema: S, test: Test): z.ZodType<z.output<S>[]> => columnOf(schema, () => test);

const columnSchemas = z.object({
  task: plain(shape.task, text(2_000, 1)),
  epoch: plain(shape.epoch, whole(1, 1_000_000)),
  outcome: plain(shape.outcome, (value) => states.has(value)),
  score: plain(shape.score, orNull(finite)),
  scores: columnOf(shape.scores, () => oneOfFew(shape.scores)),
  inputTokens: plain(shape.inputTokens, orNull(positive)),
  outputTokens: plain(shape.outputTokens, orNull(positive)),
  totalTokens: plain(shape.totalTokens, orNull(positive)),
  cost: plain(shape.cost, orNull(positive)),
  totalMs: plain(shape.totalMs, orNull(positive)),
  workingMs: plain(shape.workingMs, orNull(positive)),
  startedAt: plain(shape.startedAt, orNull(finite)),
  limit: plain(shape.limit, orNull(text(100))),
  error: plain(shape.error, orNull(text(4_000))),
  invalidation: plain(shape.invalidation, orNull(text(4_000))),
  messages: plain(shape.messages, orNull(whole(0))),
  retries: plain(shape.retries, whole(0)),
  member: plain(shape.member, orNull(text(4_000))),
  cluster: plain(shape.cluster, orNull(text(2_000))),
  note: plain(shape.note, text(20_000)),
  metadata: columnOf(shape.metadata, () => oneOfFew(shape.metadata)),
  file: plain(shape.file, whole(0, 10_000)),
} satisfies Record<AttemptField, z.ZodType>);

/** Columns whose values are what their fields may hold. */
export interface CheckedColumns {
  /** How many attempts they are of. */
  readonly n: number;
  /** Fields of which all attempts have the same: their arrays hold it once (and nothing for no attempts). */
  readonly alike: ReadonlySet<AttemptField>;
  readonly values: { readonly [F in AttemptField]: readonly AttemptRecord[F][] };
}

/** Checks columns, each by itself. Throws a ZodError where one is missing or holds a wrong value, an Error where one is short. */
export function checkedColumns(packed: AttemptColumns): CheckedColumns {
  const given = fields.map((field) => {
    const column = givenColumn(packed, field);
    // Of no attempts nothing is said, whatever they all have.
    return [field, Array.isArray(column) ? column : packed.n === 0 ? [] : [column?.all]] as const;
  });
  const values = columnSchemas.parse(Object.fromEntries(given));
  const alike = new Set(fields.filter((field) => !Array.isArray(givenColumn(packed, field))));
  if (fields.some((field) => !alike.has(field) && values[field].length !== packed.n)) {
    throw new Error("a column of attempts is short");
  }
  return { n: packed.n, alike, values };
}

/** Unpacks and checks attempts again; throws as {@link checkedColumns} does. */
export function fromColumns(packed: AttemptColumns): AttemptRecord[] {
  const { n, alike, values } = checkedColumns(packed);
  const own = fields.filter((field) => !alike.has(field));
  const first = record(values, 0, [...alike]);
  return Array.from({ length: n }, (_, place) => ({ ...first, ...record(values, place, own) }) as AttemptRecord);
}

function givenColumn({ columns }: AttemptColumns, field: AttemptField): AttemptColumns["columns"][string] | undefined {
  if (Object.hasOwn(columns, field)) return columns[field];
  return Object.hasOwn(absent, field) ? { all: absent[field] } : undefined;
}

function record(columns: CheckedColumns["values"], place: number, of: readonly AttemptField[]): Partial<AttemptRecord> {
  const row: Partial<Record<AttemptField, unknown>> = {};
  for (const field of of) row[field] = columns[field][place];
  // Every column was held against the schema of its field, so each row is a record once all fields are in it.
  return row as Partial<AttemptRecord>;
}
