import { inspectReader } from "./inspect/index.ts";
import { lmEvaluationHarnessReader } from "./lm-evaluation-harness/index.ts";
import type { ReadOptions } from "./logged-run.ts";
import { promptfooReader } from "./promptfoo/index.ts";
import { headBytes, type LogReader, type LogSource, type ReadFileResult } from "./reader.ts";
import { recogniseTable } from "./table/detect.ts";

/** Every reader of harness files. Another one is another folder and another line here. */
export const logReaders: readonly LogReader[] = [inspectReader, lmEvaluationHarnessReader, promptfooReader];

/** Below this a reader says that the bytes could be its own only because nothing speaks against it. */
const certainEnough = 0.5;

/** The reader for a file by its first bytes and its name, null where nobody knows it. */
export function readerFor(head: Uint8Array, fileName: string): LogReader | null {
  let best: { reader: LogReader; confidence: number } | null = null;
  for (const reader of logReaders) {
    const confidence = reader.recognise(head, fileName);
    if (confidence > (best?.confidence ?? 0)) best = { reader, confidence };
  }
  return best?.reader ?? null;
}

/**
 * Reads a file with the reader that knows it. Files that nobody knows are a `table` where they look like one, and
 * otherwise read as an Inspect log, which says what they are not.
 * @throws the signal's reason where it is aborted; whatever the source throws
 */
export async function readLogFile(source: LogSource, options: ReadOptions = {}): Promise<ReadFileResult> {
  const head = await source.bytes.read(0, headBytes);
  const reader = readerFor(head, source.name);
  const confidence = reader?.recognise(head, source.name) ?? 0;
  if (reader !== null && confidence >= certainEnough) return reader.read(source, options);
  const format = recogniseTable(head, source.name);
  if (format !== null) {
    const reason = "The file is a table: choose which column is which, and it can be taken in.";
    return { kind: "table", format, reason };
  }
  return (reader ?? inspectReader).read(source, options);
}
