import { z } from "zod";

/**
 * What the service and main say to each other over the printer's own port: a report's pages go out, its PDF comes back.
 * This is plaintext, and the only one that main ever holds: see docs/security.md.
 */

const htmlSchema = z.string().max(64 * 1024 * 1024);

/** A document for paper: HTML without script, and what stands at the head and foot of every page. */
export const paperSchema = z.strictObject({
  html: htmlSchema,
  /** Chromium puts the numbers into elements of the classes `pageNumber` and `totalPages`. */
  header: z.string().max(20_000),
  footer: z.string().max(20_000),
});
export type Paper = z.infer<typeof paperSchema>;

export const toPrinterSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("print"), id: z.int().nonnegative(), paper: paperSchema }),
  z.strictObject({ kind: z.literal("cancel"), id: z.int().nonnegative() }),
]);
export type ToPrinter = z.infer<typeof toPrinterSchema>;

/** Why there are no pages: Chromium would not, its process ended, it took too long, nobody wants them any more. */
export const printFailures = ["refused", "process-ended", "too-long", "cancelled"] as const;
export type PrintFailure = (typeof printFailures)[number];

const pdfSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const fromPrinterSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("printed"), id: z.int().nonnegative(), pdf: pdfSchema }),
  z.strictObject({ kind: z.literal("failed"), id: z.int().nonnegative(), why: z.enum(printFailures) }),
]);
export type FromPrinter = z.infer<typeof fromPrinterSchema>;

/** Milliseconds that one document may take. */
export const printTimeoutMs = 180_000;
