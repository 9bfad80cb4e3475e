import { z } from "zod";
import { failureSchema } from "./result.ts";

/** What travels over the port between the page (or the command line) and the service, in both directions. */

const requestId = z.int().min(1);

export const clientMessageSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("request"), id: requestId, name: z.string().max(100), input: z.unknown() }),
  z.strictObject({ kind: z.literal("cancel"), id: requestId }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

/** Progress of long work. `done` and `total` are in `unit`; total null means "not known yet". */
export const progressSchema = z.strictObject({
  step: z.string().max(200),
  done: z.number().nonnegative(),
  total: z.number().nonnegative().nullable(),
  unit: z.enum(["bytes", "entries", "files", "attempts", "steps"]),
});
export type Progress = z.infer<typeof progressSchema>;

export const serviceMessageSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("response"),
    id: requestId,
    result: z.discriminatedUnion("ok", [
      z.strictObject({ ok: z.literal(true), value: z.unknown() }),
      z.strictObject({ ok: z.literal(false), error: failureSchema }),
    ]),
  }),
  z.strictObject({ kind: z.literal("progress"), id: requestId, progress: progressSchema }),
  z.strictObject({ kind: z.literal("event"), name: z.string().max(100), payload: z.unknown() }),
]);
export type ServiceMessage = z.infer<typeof serviceMessageSchema>;
