import type { Confidence, LogReader, LogSource, ReadFileResult } from "../reader.ts";
import type { ReadOptions } from "../logged-run.ts";
import { evaluationOf } from "./evaluation-key.ts";
import { readLog } from "./read-log.ts";

/** Reading Inspect AI logs: what the service uses of this folder. */
export { readLog } from "./read-log.ts";
export { Needle } from "./transcript/needle.ts";
export { sampleWeight } from "./transcript/open-sample.ts";
export { searchSample, type SampleHits, type SampleSearch } from "./transcript/search-sample.ts";
export { hitsInItem, TextMatcher, type ItemHit, type TextSearch } from "./transcript/text-matcher.ts";
export { outlineOf } from "./transcript/outline.ts";
export {
  findSample,
  openContainer,
  openTranscript,
  readTranscript,
  TranscriptError,
  type SampleContainer,
  type TranscriptErrorCode,
} from "./transcript/read-transcript.ts";
export { SampleReader } from "./transcript/sample-reader.ts";
export { itemOf, windowOf } from "./transcript/window.ts";

/** An archive can be nothing else; of JSON the members of an EvalLog tell it. */
function recognise(head: Uint8Array): Confidence {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString("latin1");
  if (/^PK[\u0003\u0005]/.test(text)) return 0.9;
  if (!/^(?:\u00ef\u00bb\u00bf)?\s*\{/.test(text)) return 0;
  if (/"eval"\s*:\s*\{/.test(text) && /"(?:status|version|plan)"\s*:/.test(text)) return 0.9;
  return 0.2;
}

async function read(source: LogSource, options: ReadOptions): Promise<ReadFileResult> {
  const result = await readLog(source.bytes, options);
  if (result.kind !== "run") return result;
  const { run, salvaged } = result;
  return { kind: "runs", runs: [{ part: "", files: [source.name], run, salvaged }] };
}

/** Reads `.eval` and `.json` logs of Inspect AI. */
export const inspectReader: LogReader = {
  id: "inspect",
  title: "Inspect AI log",
  recognise,
  evaluation: evaluationOf,
  read,
};
