import { parse } from "csv-parse/sync";
import { z } from "zod";
import { PackError } from "./read-pack.ts";

/** A flag as a file gives it. */
export interface TaskFlag {
  readonly task: string;
  readonly flag: string;
}

export const flagBytesLimit = 32 * 1024 * 1024;
const mostFlags = 200_000;

const taskText = z.string().trim().min(1).max(2_000);
const flagText = z.string().trim().min(1).max(1_024);
const flagFileSchema = z.union([
  z
    .array(z.looseObject({ task: taskText, flag: z.union([flagText, z.array(flagText).max(100)]) }))
    .transform((list) => list.map(({ task, flag }) => [task, flag] as const)),
  z.record(taskText, z.union([flagText, z.array(flagText).max(100)])).transform((byTask) => Object.entries(byTask)),
]);

function invalid(message: string, cause?: unknown): PackError {
  return new PackError("pack-invalid", "file", message, { cause });
}

function fromJson(text: string): TaskFlag[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid("The file is neither JSON nor CSV.", error);
  }
  const read = flagFileSchema.safeParse(value);
  if (!read.success) throw invalid("It should name a flag, or several, for each task.");
  return read.data.flatMap(([task, flags]) => [flags].flat().map((flag) => ({ task, flag })));
}

function fromCsv(text: string): TaskFlag[] {
  let lines: string[][];
  try {
    lines = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw invalid("The file cannot be read as CSV.", error);
  }
  const [head = [], ...rest] = lines;
  const names = head.map((name) => name.toLowerCase());
  const [task, flag] = [names.findIndex((name) => ["task", "id", "sample"].includes(name)), names.indexOf("flag")];
  if (task < 0 || flag < 0) throw invalid("Its first line should name the columns “task” and “flag”.");
  return rest.map((line, place) => {
    const [id, value] = [taskText.safeParse(line[task]), flagText.safeParse(line[flag])];
    if (!id.success || !value.success) throw invalid(`Line ${String(place + 2)} lacks a task or a flag.`);
    return { task: id.data, flag: value.data };
  });
}

/**
 * Reads flags by task: JSON (`{"task": "flag"}` or `[{"task": …, "flag": …}]`, a flag or a list of them) or CSV with the
 * columns task and flag. Space around a flag does not count.
 * @throws PackError `pack-invalid` where it is neither, is empty, or names too many
 */
export function readFlags(bytes: Uint8Array): TaskFlag[] {
  if (bytes.length > flagBytesLimit) throw invalid("The file is larger than 32 MB.");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw invalid("The file is not text in UTF-8.", error);
  }
  const flags = /^\s*[{[]/.test(text) ? fromJson(text) : fromCsv(text);
  if (flags.length === 0) throw invalid("The file holds no flag.");
  if (flags.length > mostFlags) throw invalid(`The file holds more than ${String(mostFlags)} flags.`);
  return flags;
}
