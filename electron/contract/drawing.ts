import { z } from "zod";
import { countSchema, fileHandleSchema } from "./values.ts";

/** Charts as files: the page draws them, the service writes them where a person chose. */
export const drawingRequests = {
  /** The text as it is given, as UTF-8, readable by anyone: what it holds bears the marking itself. */
  "exports.drawing": {
    input: z.discriminatedUnion("format", [
      z.strictObject({
        format: z.literal("svg"),
        text: z.string().max(5_000_000).startsWith("<svg "),
        destination: fileHandleSchema,
      }),
      z.strictObject({
        format: z.literal("csv"),
        text: z.string().min(1).max(5_000_000),
        destination: fileHandleSchema,
      }),
    ]),
    output: z.strictObject({ bytes: countSchema }),
  },
} as const;
