import type { ByteSource } from "../byte-source.ts";
import { JsonProjector, JsonStreamError } from "../json/json-projector.ts";
import { field } from "../json/fields.ts";
import { parseLenientJsonBytes } from "../json/lenient-json.ts";
import type { LoggedRun, ReadLogResult, ReadOptions } from "../logged-run.ts";
import { LossLedger } from "../loss-ledger.ts";
import { readDirectory } from "../zip/directory.ts";
import { readMember, readWholeMember } from "../zip/read-member.ts";
import { walkLocalHeaders } from "../zip/salvage.ts";
import { ZipError, type ZipMember } from "../zip/zip-error.ts";
import {
  boundPlan,
  isEvalHeader,
  runFromHeader,
  sampleIdsOf,
  unsupportedVersion,
  type EvalHeader,
} from "./eval-header.ts";
import { SampleCollection } from "./population-builder.ts";
import { noteAbsent, noteParts, readingContext } from "./read-samples.ts";
import { recomputeMetrics } from "./recompute/recompute.ts";
import { SampleProjection } from "./sample-facts.ts";

/** The `.eval` container: a ZIP with one member a sample, or a folder of members for a chunked one. */

const headerMember = "header.json";
const startMember = "_journal/start.json";
const headerLimit = 256 * 1024 * 1024;
const summariesLimit = 64 * 1024 * 1024;
/** Most bytes that one log may have after decompression. */
const totalLimit = 1024 ** 4;

interface Archive {
  readonly source: ByteSource;
  /** By name; of two members with one name the last. */
  readonly members: ReadonlyMap<string, ZipMember>;
  readonly duplicates: number;
  readonly salvaged: boolean;
}

/** Opens the archive by its directory, or by walking it where that is damaged. */
export async function openArchive(source: ByteSource, signal?: AbortSignal): Promise<Archive> {
  let list: ZipMember[];
  let salvaged = false;
  try {
    list = await readDirectory(source, signal);
  } catch (error) {
    if (!(error instanceof ZipError) || error.code !== "no-directory") throw error;
    list = await walkLocalHeaders(source, signal);
    salvaged = true;
  }
  const members = new Map<string, ZipMember>();
  for (const member of list) {
    // Moved to the end, so that the order is that of the newest versions.
    members.delete(member.name);
    members.set(member.name, member);
  }
  return { source, members, duplicates: list.length - members.size, salvaged };
}

/** Members that hold a whole sample, or the shell of a chunked one. */
export function sampleMembers(members: ReadonlyMap<string, ZipMember>): ZipMember[] {
  const shells = [...members.keys()].filter((name) => /^samples\/.*_epoch_\d+\/sample\.json$/s.test(name));
  const folders = new Set(shells.map((name) => name.slice(0, -"sample.json".length)));
  const shellNames = new Set(shells);
  return [...members.values()].filter(({ name }) => {
    if (shellNames.has(name)) return true;
    if (!name.startsWith("samples/") || !name.endsWith(".json")) return false;
    return !insideFolder(name, folders);
  });
}

/**
 * True where the member is a chunk of a chunked sample. Ids may hold slashes, so every prefix is tried, and a whole sample
 * whose id begins like a chunked one's folder lies in that folder too.
 */
function insideFolder(name: string, folders: ReadonlySet<string>): boolean {
  if (/_epoch_\d+\.json$/.test(name)) return false;
  for (let slash = name.indexOf("/", 8); slash >= 0; slash = name.indexOf("/", slash + 1)) {
    if (folders.has(name.slice(0, slash + 1))) return true;
  }
  return false;
}

interface FoundHeader {
  readonly header: EvalHeader;
  readonly json: Uint8Array;
  readonly finished: boolean;
}

async function tryHeader(archive: Archive, name: string, signal?: AbortSignal): Promise<FoundHeader | string | null> {
  const member = archive.members.get(name);
  if (member === undefined) return null;
  try {
    const json = await readWholeMember(archive.source, member, { signal, maxBytes: headerLimit });
    const header = parseLenientJsonBytes(json);
    if (!isEvalHeader(header)) return "it does not describe an evaluation";
    return { header, json, finished: name === headerMember };
  } catch (error) {
    signal?.throwIfAborted();
    return damageOf(error);
  }
}

/** One sentence on why a part could not be read; errors that are not about the data go on. */
function damageOf(error: unknown): string {
  if (error instanceof ZipError) return error.message;
  if (error instanceof JsonStreamError) return "The JSON is malformed or ends too early.";
  if (error instanceof SyntaxError) return "The JSON is malformed.";
  throw error;
}

async function findHeader(archive: Archive, losses: LossLedger, signal?: AbortSignal): Promise<FoundHeader | null> {
  for (const name of [headerMember, startMember]) {
    const found = await tryHeader(archive, name, signal);
    if (typeof found === "string") losses.add(name, found);
    else if (found !== null) return found;
  }
  return null;
}

async function readSample(
  archive: Archive,
  member: ZipMember,
  projection: SampleProjection,
  signal?: AbortSignal,
): Promise<number> {
  projection.reset();
  const projector = new JsonProjector(projection);
  let bytes = 0;
  for await (const piece of readMember(archive.source, member, { signal })) {
    bytes += piece.length;
    projector.push(piece);
  }
  projector.end();
  return bytes;
}

async function readSamples(
  archive: Archive,
  header: EvalHeader,
  losses: LossLedger,
  options: ReadOptions,
): Promise<SampleCollection> {
  const { context, metadataKeys } = readingContext(header);
  const samples = new SampleCollection(context, losses);
  const projection = new SampleProjection(0, metadataKeys);
  let compressed = 0;
  let total = 0;
  for (const member of sampleMembers(archive.members)) {
    options.signal?.throwIfAborted();
    try {
      total += await readSample(archive, member, projection, options.signal);
      if (projection.facts.id === null) losses.add("sample", "the sample has no id");
      else samples.add(await withChunkedMetadata(archive, member, projection, options.signal), member.name);
    } catch (error) {
      options.signal?.throwIfAborted();
      losses.add("sample", damageOf(error));
    }
    if (total > totalLimit) throw new ZipError("too-large", "The log is larger than 1 TiB after decompression.");
    compressed += member.compressedSize;
    options.progress?.(Math.min(compressed, archive.source.size), archive.source.size);
  }
  return samples;
}

/** A chunked sample keeps its metadata in a member of its own. */
async function withChunkedMetadata(
  archive: Archive,
  member: ZipMember,
  projection: SampleProjection,
  signal?: AbortSignal,
): Promise<SampleProjection["facts"]> {
  if (!member.name.endsWith("/sample.json")) return projection.facts;
  const metadata = archive.members.get(member.name.replace(/sample\.json$/, "metadata.json"));
  if (metadata === undefined) return projection.facts;
  try {
    const json = await readWholeMember(archive.source, metadata, { signal, maxBytes: summariesLimit });
    projection.kept(["metadata"], json);
  } catch (error) {
    signal?.throwIfAborted();
    damageOf(error);
    projection.facts.unread.push("metadata");
  }
  return projection.facts;
}

/** The key of a summary's sample, null where it has none. */
function summaryKey(summary: unknown): string | null {
  const id = field(summary, "id");
  const epoch = field(summary, "epoch") ?? 1;
  if (typeof id !== "string" && typeof id !== "number") return null;
  return typeof epoch === "number" ? JSON.stringify([String(id), epoch]) : null;
}

/** While a log is in progress, changes of its settings stand in the journal, one member each, in their order. */
async function withJournalledUpdates(archive: Archive, header: EvalHeader, signal?: AbortSignal): Promise<EvalHeader> {
  const numbered = [...archive.members].flatMap(([name, member]) => {
    const [, number] = /^_journal\/config_updates\/(\d{1,9})\.json$/.exec(name) ?? [];
    return number === undefined ? [] : [{ number: Number(number), member }];
  });
  const updates: unknown[] = [];
  for (const { member } of numbered.sort((a, b) => a.number - b.number)) {
    try {
      const json = await readWholeMember(archive.source, member, { signal, maxBytes: summariesLimit });
      updates.push(parseLenientJsonBytes(json));
    } catch (error) {
      signal?.throwIfAborted();
      damageOf(error);
    }
  }
  return updates.length === 0 ? header : { ...header, config_updates: updates };
}

/** Keys of the finished samples that the summaries list; summaries that cannot be read list nothing. */
async function journalled(archive: Archive, signal?: AbortSignal): Promise<Set<string>> {
  const listed = new Set<string>();
  for (const [name, member] of archive.members) {
    if (!/^_journal\/summaries\/\d+\.json$/.test(name) && name !== "summaries.json") continue;
    try {
      const json = await readWholeMember(archive.source, member, { signal, maxBytes: summariesLimit });
      const summaries = parseLenientJsonBytes(json);
      const keys = (Array.isArray(summaries) ? summaries : []).map(summaryKey);
      for (const key of keys) if (key !== null) listed.add(key);
    } catch (error) {
      signal?.throwIfAborted();
      damageOf(error);
    }
  }
  return listed;
}

function lostSamples(losses: LossLedger): number {
  return losses.list.reduce((sum, loss) => sum + (loss.what === "sample" ? loss.count : 0), 0);
}

/** The journal is written ahead of the samples: what it lists and the file does not hold is lost to this reader. */
function noteMissing(run: LoggedRun, listed: Set<string>, losses: LossLedger): void {
  for (const { task, epoch } of run.attempts) {
    listed.delete(JSON.stringify([task, epoch]));
    // An integer beyond 2^53 lost digits when the journal was parsed; an attempt's id has them all.
    if (/^-?\d{16,}$/.test(task)) listed.delete(JSON.stringify([String(Number(task)), epoch]));
  }
  const missing = listed.size - lostSamples(losses);
  if (missing <= 0) return;
  const reason =
    "the journal lists it as finished, but it is not in the file; the machine that ran it may still have it";
  losses.add("sample", reason, missing);
}

/** In a file that was cut, planned samples that are neither read nor counted as lost yet. */
function noteUnread(run: LoggedRun, losses: LossLedger): void {
  const missing = (run.planned ?? 0) - run.attempts.length - lostSamples(losses);
  if (missing > 0) losses.add("sample", "it was planned and is not in what is left of the file", missing);
}

/**
 * Reads a `.eval` log. Whatever of it can be read is taken; what cannot is in `lost`.
 * Ids and epochs come from inside the samples, never from the names of members.
 */
export async function readEvalLog(source: ByteSource, options: ReadOptions): Promise<ReadLogResult> {
  const archive = await openArchive(source, options.signal);
  const losses = new LossLedger();
  const found = await findHeader(archive, losses, options.signal);
  if (found === null) return withoutHeader(archive, losses);
  const unsupported = unsupportedVersion(found.header);
  if (unsupported !== null) return { kind: "refused", code: "log-unsupported", reason: unsupported };

  const samples = await readSamples(archive, found.header, losses, options);
  const header = found.finished ? found.header : await withJournalledUpdates(archive, found.header, options.signal);
  const run = runFromHeader(header, sampleIdsOf(found.header, found.json, ["eval"]));
  run.attempts = samples.attempts;
  boundPlan(run);
  run.metrics = recomputeMetrics(found.header, samples.population);
  noteParts(run);
  // Without the last member nobody can say whether the run went on, unless the file is whole.
  if (!found.finished) run.status = archive.salvaged || archive.members.has(headerMember) ? "unknown" : "started";
  if (archive.salvaged)
    losses.add("directory of the archive", "the file was cut or damaged, its members were found one by one");
  const salvaged = losses.list.some((loss) => loss.what !== "older sample");
  noteMissing(run, await journalled(archive, options.signal), losses);
  if (archive.salvaged) noteUnread(run, losses);
  if (archive.duplicates > 0) {
    run.notes.push(`${String(archive.duplicates)} members were replaced by newer versions in the same file.`);
  }
  run.lost = losses.list.filter((loss) => loss.what !== "older sample");
  noteAbsent(run, header);
  run.complete = found.finished && run.lost.length === 0;
  return { kind: "run", run, salvaged };
}

function withoutHeader(archive: Archive, losses: LossLedger): ReadLogResult {
  const looksLikeLog = [...archive.members.keys()].some(
    (name) => name === headerMember || name === startMember || name.startsWith("samples/"),
  );
  if (!looksLikeLog) return { kind: "not-a-log", reason: "The archive holds no evaluation log." };
  const [loss] = losses.list;
  const why = loss === undefined ? "it is not in the file" : loss.reason;
  return { kind: "refused", code: "log-damaged", reason: `The head of the log cannot be read: ${why}` };
}
