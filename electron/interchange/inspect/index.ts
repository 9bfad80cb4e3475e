/** Reading Inspect AI logs: what the service uses of this folder. */
export { readLog } from "./read-log.ts";
export { readTranscript, TranscriptError, type TranscriptErrorCode } from "./transcript/read-transcript.ts";
