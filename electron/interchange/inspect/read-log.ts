import type { ByteSource } from "../byte-source.ts";
import type { ReadLogResult, ReadOptions } from "../logged-run.ts";
import { ZipError } from "../zip/zip-error.ts";
import { detectContainer } from "./detect.ts";
import { readEvalLog } from "./read-eval.ts";
import { readJsonLog } from "./read-json.ts";

/**
 * Reads an Inspect log, `.eval` or `.json`, finished, in progress or damaged, in memory that does not grow with the
 * size of its samples.
 *
 * Never throws for what is in the file: that is `not-a-log`, `refused`, or a run with its `lost` filled in.
 * @throws the signal's reason where it is aborted; whatever the source throws
 */
export async function readLog(source: ByteSource, options: ReadOptions = {}): Promise<ReadLogResult> {
  const container = await detectContainer(source);
  if (container.kind === "none") return { kind: "not-a-log", reason: container.reason };
  try {
    return container.kind === "zip" ? await readEvalLog(source, options) : await readJsonLog(source, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof ZipError) return { kind: "refused", code: "log-damaged", reason: error.message };
    throw error;
  }
}
