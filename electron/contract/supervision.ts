import { z } from "zod";
import { fileHandleSchema } from "./values.ts";

/**
 * What main and the service say to each other over the service's parent port. No content of a vault passes here; a report's
 * pages go to the printer by a port of their own (`printing.ts`).
 */

const path = z.string().min(1).max(32_768);

/** What a person granted by choosing a file: to read it, to write it, or to use a whole folder. */
export const grantModeSchema = z.enum(["open", "save", "folder"]);
export type GrantMode = z.infer<typeof grantModeSchema>;

export const toServiceSchema = z.discriminatedUnion("kind", [
  /**
   * First of all, with one MessagePort: to the printer. `profileFolder`: where the service may keep what is not secret.
   * `nativeBinding`: SQLite's, or null for the default.
   */
  z.strictObject({
    kind: z.literal("start"),
    profileFolder: path,
    nativeBinding: path.nullable(),
    version: z.string().max(100),
  }),
  /** Comes with one MessagePort: the service's end of a conversation with a page. */
  z.strictObject({ kind: z.literal("connect") }),
  z.strictObject({ kind: z.literal("grant"), handle: fileHandleSchema, path, mode: grantModeSchema }),
  /** Snapshot, close, wipe, say "lock-done", exit. Main ends the process if that takes longer than `lockTimeoutMs`. */
  z.strictObject({ kind: z.literal("lock") }),
]);
export type ToService = z.infer<typeof toServiceSchema>;

export const fromServiceSchema = z.discriminatedUnion("kind", [
  /** Answer to "start": requests may come. */
  z.strictObject({ kind: z.literal("ready") }),
  /** A vault was opened or closed. `marking` as in the banner, `name` the outer-safe label: they stand in the window title. */
  z.strictObject({
    kind: z.literal("vault"),
    open: z.boolean(),
    marking: z.string().max(300).nullable(),
    name: z.string().max(300).nullable(),
  }),
  /** Long work began (`fraction` null or 0 to 1) or nothing is going on any more (`job` null). */
  z.strictObject({
    kind: z.literal("busy"),
    job: z.string().max(100).nullable(),
    fraction: z.number().min(0).max(1).nullable().default(null),
  }),
  /** The service wrote this file or folder, or knows it (a recent vault): main may reveal it by its handle. */
  z.strictObject({ kind: z.literal("produced"), handle: fileHandleSchema, path }),
  z.strictObject({ kind: z.literal("lock-done") }),
]);
export type FromService = z.infer<typeof fromServiceSchema>;

/** Milliseconds that the service has to lock before it is killed. */
export const lockTimeoutMs = 10_000;
