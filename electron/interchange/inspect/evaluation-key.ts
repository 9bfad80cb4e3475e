import { piecesOf, type ByteSource } from "../byte-source.ts";
import { field, textField } from "../json/fields.ts";
import { JsonProjector, JsonStreamError } from "../json/json-projector.ts";
import { parseLenientJsonBytes } from "../json/lenient-json.ts";
import { evaluationKey } from "../merge-logs.ts";
import { ZipError } from "../zip/zip-error.ts";
import { readWholeMember } from "../zip/read-member.ts";
import { detectContainer } from "./detect.ts";
import { openArchive } from "./read-eval.ts";

/** Which evaluation a log is of, told from its head alone: retries write new logs of one evaluation. */

const headLimit = 64 * 1024 * 1024;

function keyOf(spec: unknown): string | null {
  const text = (name: string): string | null => textField(spec, name, 500);
  const [task, model] = [text("task"), text("model")];
  if (task === null || model === null) return null;
  return evaluationKey({ taskId: text("task_id"), evalSetId: text("eval_set_id"), task, model });
}

async function zippedSpec(source: ByteSource, signal?: AbortSignal): Promise<unknown> {
  const archive = await openArchive(source, signal);
  for (const name of ["header.json", "_journal/start.json"]) {
    const member = archive.members.get(name);
    if (member === undefined) continue;
    const json = await readWholeMember(archive.source, member, { signal, maxBytes: headLimit });
    return field(parseLenientJsonBytes(json), "eval");
  }
  return null;
}

/** `eval` of a JSON log; it stands before the samples, so that a few kilobytes are read. */
async function plainSpec(source: ByteSource, signal?: AbortSignal): Promise<unknown> {
  const found: { spec: unknown; isOver: boolean } = { spec: null, isOver: false };
  const projector = new JsonProjector({
    choose: (path) => {
      if (path.length === 0) return "enter";
      if (path[0] === "samples") found.isOver = true;
      return path[0] === "eval" ? "keep" : "skip";
    },
    kept: (_path, json) => {
      found.spec = parseLenientJsonBytes(json);
      found.isOver = true;
    },
  });
  for await (const piece of piecesOf(source, 0, source.size)) {
    signal?.throwIfAborted();
    projector.push(piece);
    if (found.isOver) break;
  }
  return found.spec;
}

/**
 * The evaluation of a file, null where it is no readable log. Reads little more than its head.
 * @throws the signal's reason where it is aborted; whatever the source throws
 */
export async function evaluationOf(source: ByteSource, signal?: AbortSignal): Promise<string | null> {
  const container = await detectContainer(source);
  if (container.kind === "none") return null;
  try {
    return keyOf(container.kind === "zip" ? await zippedSpec(source, signal) : await plainSpec(source, signal));
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ZipError || error instanceof JsonStreamError || error instanceof SyntaxError) return null;
    throw error;
  }
}
