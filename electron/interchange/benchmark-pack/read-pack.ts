import type { z } from "zod";
import { packFileSchema, packVersion, type BenchmarkPack } from "./pack.ts";

export type PackErrorCode = "pack-invalid" | "pack-duplicate-task";

/** Why a file is no benchmark pack. `subject` is the task id or the place in the file that it is about. */
export class PackError extends Error {
  readonly code: PackErrorCode;
  readonly params: { readonly subject: string };
  constructor(code: PackErrorCode, subject: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "PackError";
    this.code = code;
    this.params = { subject };
  }
}

export const packBytesLimit = 32 * 1024 * 1024;

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new PackError("pack-invalid", "file", "The file is not JSON.", { cause: error });
  }
}

/** Where in the file the first problem is, as a person would say it: "tasks[3].humanMinutes". */
function placeOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined || issue.path.length === 0) return "the file";
  return issue.path.reduce<string>(
    (place, key) =>
      typeof key === "number" ? `${place}[${String(key)}]` : `${place}${place === "" ? "" : "."}${String(key)}`,
    "",
  );
}

function problemOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.path.length === 1 && issue.path[0] === "tasks" && issue.code === "too_small") return "There are no tasks.";
  return issue?.message ?? "It does not fit.";
}

function refuseDuplicates(pack: BenchmarkPack): void {
  const seen = new Set<string>();
  for (const { id } of pack.tasks) {
    if (seen.has(id)) throw new PackError("pack-duplicate-task", id, `Two tasks have the id “${id.slice(0, 200)}”.`);
    seen.add(id);
  }
}

/** A pack from the value of its JSON. @throws PackError */
export function packFrom(value: unknown): BenchmarkPack {
  const result = packFileSchema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new PackError("pack-invalid", placeOf(issue), `${placeOf(issue)}: ${problemOf(issue)}`);
  }
  const file = result.data;
  const pack: BenchmarkPack = {
    id: file.id,
    title: file.title,
    version: packVersion(file),
    source: {
      repo: file.source?.repo ?? null,
      commit: file.source?.commit ?? null,
      licence: file.source?.licence ?? null,
      paper: file.source?.paper ?? null,
    },
    scoring: file.scoring,
    notes: file.notes,
    tasks: file.tasks,
  };
  refuseDuplicates(pack);
  return pack;
}

/**
 * Reads a benchmark pack from the bytes of its file. Fields that the format does not name are left out, so prompts,
 * flags and answers that somebody put there never reach a vault.
 * @throws PackError `pack-invalid` (not JSON, too large, wrong types, no tasks), `pack-duplicate-task` (names the id)
 */
export function readBenchmarkPack(bytes: Uint8Array): BenchmarkPack {
  if (bytes.length > packBytesLimit) {
    throw new PackError("pack-invalid", "file", `The file is larger than ${String(packBytesLimit)} bytes.`);
  }
  return packFrom(parsed(bytes));
}
