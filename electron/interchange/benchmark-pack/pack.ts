import { z } from "zod";

/**
 * A benchmark pack: the facts of a benchmark that a team may write down. A JSON object with `id`, `title`, `source`,
 * `scoring`, `notes` and `tasks`; never prompts, flags or answers.
 */

const idText = z.string().trim().min(1).max(500);
const line = z.string().max(2_000);

/** One name or several, as packs write CWE ids and ATT&CK techniques: always a list here. */
const names = z
  .union([line.transform((name) => [name]), z.array(line).max(200)])
  .nullish()
  .transform((list) => list ?? []);

export const packTaskSchema = z
  .object({
    id: idText,
    title: z.string().max(1_000).nullish(),
    category: line.nullish().transform((value) => value ?? null),
    difficulty: z
      .union([line, z.number().transform(String)])
      .nullish()
      .transform((value) => value ?? null),
    humanMinutes: z
      .number()
      .nonnegative()
      .nullish()
      .transform((value) => value ?? null),
    cve: line.nullish().transform((value) => value ?? null),
    cwe: names,
    attack: names,
    points: z
      .number()
      .nullish()
      .transform((value) => value ?? null),
    cluster: line.nullish().transform((value) => value ?? null),
  })
  .transform((task) => ({ ...task, title: task.title ?? task.id }));
export type PackTask = z.infer<typeof packTaskSchema>;

const source = z.object({
  repo: line.nullish().transform((value) => value ?? null),
  commit: line.nullish().transform((value) => value ?? null),
  commitDate: line.nullish().transform((value) => value ?? null),
  version: line.nullish(),
  licence: z
    .string()
    .max(500)
    .nullish()
    .transform((value) => value ?? null),
  paper: z
    .union([line, z.array(line).transform((papers) => papers.join(", "))])
    .nullish()
    .transform((value) => value ?? null),
});

/** What a pack file must be. Fields that are not named here are facts that no screen needs; they are left out. */
export const packFileSchema = z.object({
  id: z.string().trim().min(1).max(100),
  title: z.string().trim().min(1).max(300),
  version: line.nullish(),
  source: source.nullish(),
  scoring: z
    .object({ rule: z.string().max(10_000).nullish() })
    .nullish()
    .transform((value) => ({ rule: value?.rule ?? null })),
  notes: z
    .array(z.string().max(10_000))
    .max(200)
    .nullish()
    .transform((value) => value ?? []),
  tasks: z.array(packTaskSchema).min(1).max(100_000),
});

export interface BenchmarkPack {
  id: string;
  title: string;
  /** What the pack itself says, else commit and date of its source, else "unversioned". */
  version: string;
  source: { repo: string | null; commit: string | null; licence: string | null; paper: string | null };
  scoring: { rule: string | null };
  notes: string[];
  tasks: PackTask[];
}

/** The version of a pack in words: "2.1.0", "6c3702c8 (2024-11-20)", "2024-11-20" or "unversioned". */
export function packVersion(file: z.infer<typeof packFileSchema>): string {
  const { version, commit, commitDate } = file.source ?? {};
  const named = [file.version, version].find((text) => typeof text === "string" && text !== "");
  if (typeof named === "string") return named;
  const short = (commit ?? "").slice(0, 8);
  const date = commitDate ?? "";
  if (short !== "" && date !== "") return `${short} (${date})`;
  return [short, date].find((text) => text !== "") ?? "unversioned";
}
