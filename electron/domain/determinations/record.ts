import { z } from "zod";
import { consultationSchema, decisions, determinationKinds, layerSchema } from "../../contract/determinations.ts";
import { countSchema, daySchema, idSchema, timeSchema } from "../../contract/values.ts";
import { text, type ReadModel } from "../read-model.ts";

/** A determination as the journal tells it. */

const said = { at: timeSchema, by: z.string() };

const layerRecordSchema = layerSchema.omit({ state: true });
export type LayerRecord = z.infer<typeof layerRecordSchema>;

const consultationRecordSchema = consultationSchema.omit({ state: true });
export type ConsultationRecord = z.infer<typeof consultationRecordSchema>;

export const determinationRecordSchema = z.strictObject({
  id: idSchema,
  /** Which one of its compartment it is, from 1. */
  place: countSchema,
  compartment: z.int(),
  kind: z.enum(determinationKinds),
  modelVersionId: idSchema,
  submissionId: idSchema.nullable(),
  thresholdProfile: z.string(),
  evidence: z.strictObject({ reportId: idSchema, hash: z.string().nullable() }).nullable(),
  layers: z.array(layerRecordSchema).min(1),
  consultations: z.array(consultationRecordSchema),
  decision: z
    .strictObject({
      decision: z.enum(decisions),
      official: z.string(),
      on: daySchema,
      rationale: z.string(),
      ...said,
      outstanding: countSchema,
    })
    .nullable(),
  supersedes: idSchema.nullable(),
  supersededBy: idSchema.nullable(),
  ...said,
  history: z.array(z.strictObject({ ...said, words: z.string() })),
});
export type DeterminationRecord = z.infer<typeof determinationRecordSchema>;

export const determinationTables = [
  `CREATE TABLE determination (id TEXT PRIMARY KEY, compartment INTEGER NOT NULL, place INTEGER NOT NULL,
     record TEXT NOT NULL) STRICT`,
];

export function keepDetermination(model: ReadModel, record: DeterminationRecord): void {
  const { id, compartment, place } = record;
  const row = JSON.stringify(record);
  model.run("INSERT OR REPLACE INTO determination VALUES (?, ?, ?, ?)", id, compartment, place, row);
}

/** A determination by its id; null where there is none. */
export function determinationRecord(model: ReadModel, id: string): DeterminationRecord | null {
  const row = model.get("SELECT record FROM determination WHERE id = ?", id);
  return row === undefined ? null : determinationRecordSchema.parse(JSON.parse(text(row, "record")));
}

export function determinationRecords(model: ReadModel): DeterminationRecord[] {
  return model
    .all("SELECT record FROM determination ORDER BY compartment, place")
    .map((row) => determinationRecordSchema.parse(JSON.parse(text(row, "record"))));
}

/** Whether a layer is behind: reviewed, or left out with a second person's word. */
export function isPassed({ review, skip }: LayerRecord): boolean {
  return review !== null || (skip !== null && skip.confirmedBy !== null);
}

/** The layer whose turn it is; as many as there are when all are behind. */
export function nextLayer({ layers }: DeterminationRecord): number {
  const next = layers.findIndex((layer) => !isPassed(layer));
  return next === -1 ? layers.length : next;
}
