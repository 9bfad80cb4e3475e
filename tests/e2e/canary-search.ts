import { lstatSync, readFileSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** Bytes that are looked for, and what they are. */
export interface Needle {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * A word as it would lie on a disk: as it is, as UTF-16, as hex, and in base64 at each of the three places where it can
 * begin (without the characters at its ends, which its neighbours decide).
 */
export function formsOf(name: string, word: string): readonly Needle[] {
  const raw = Buffer.from(word, "utf8");
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), raw])
      .toString("base64")
      .replace(/=+$/, "");
    return text.slice(shift === 0 ? 0 : shift + 1, -2);
  });
  return [
    { name: `${name} as it is`, bytes: raw },
    { name: `${name} in UTF-16`, bytes: Buffer.from(word, "utf16le") },
    { name: `${name} in hex`, bytes: Buffer.from(raw.toString("hex"), "latin1") },
    ...base64.map((text, shift) => ({ name: `${name} in base64, at ${shift}`, bytes: Buffer.from(text, "latin1") })),
  ];
}

/** A piece from the middle of a file's bytes: enough to know it again, whatever it is. */
export function pieceOf(name: string, file: string): Needle {
  const bytes = readFileSync(file);
  const middle = Math.floor(bytes.length / 2);
  return { name: `a piece of ${name}`, bytes: Buffer.from(bytes.subarray(middle, middle + 24)) };
}

/** What a search went through and what it found. */
export interface Search {
  readonly files: number;
  readonly processes: number;
  readonly found: readonly string[];
}

function read(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    // It went away between being listed and being read, or it is no file that can be read.
    return null;
  }
}

function hits(where: string, bytes: Buffer, needles: readonly Needle[]): readonly string[] {
  return needles.filter((needle) => bytes.includes(needle.bytes)).map(({ name }) => `${name} in ${where}`);
}

function filesUnder(folder: string, skip: ReadonlySet<string>, isWanted: (path: string) => boolean): string[] {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const path = join(folder, name);
    if (skip.has(path)) return [];
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory() === true) return filesUnder(path, skip, isWanted);
    return stat?.isFile() === true && isWanted(path) ? [path] : [];
  });
}

export interface Place {
  readonly folder: string;
  /** Only files of this user that were written since then (milliseconds); left out: every file. */
  readonly of?: { readonly uid: number; readonly since: number };
}

function isOf({ of }: Place, path: string): boolean {
  if (of === undefined) return true;
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.uid === of.uid && stat.mtimeMs >= of.since;
}

/** Searches the files of these places. */
export function searchFiles(places: readonly Place[], skip: readonly string[], needles: readonly Needle[]): Search {
  const skipped = new Set(skip);
  const paths = new Set(places.flatMap((place) => filesUnder(place.folder, skipped, (path) => isOf(place, path))));
  const found = [...paths].flatMap((path) => {
    const bytes = read(path);
    return [
      ...hits("a file's name", Buffer.from(path), needles),
      ...(bytes === null ? [] : hits(path, bytes, needles)),
    ];
  });
  return { files: paths.size, processes: 0, found };
}

/** The process and all that it started, and all that these did. */
export function processTree(pid: number): readonly number[] {
  let tasks: string[] = [];
  try {
    tasks = readdirSync(`/proc/${String(pid)}/task`);
  } catch {
    return [];
  }
  const children = tasks.flatMap((task) =>
    (read(`/proc/${String(pid)}/task/${task}/children`)?.toString("latin1") ?? "")
      .split(" ")
      .filter((word) => word.trim() !== "")
      .map(Number),
  );
  return [pid, ...children.flatMap(processTree)];
}

/** Files that a process still holds open after they were deleted from a disk. Shared memory is no disk. */
function deletedFiles(pid: number): readonly string[] {
  let names: string[] = [];
  try {
    names = readdirSync(`/proc/${String(pid)}/fd`);
  } catch {
    return [];
  }
  return names
    .map((name) => `/proc/${String(pid)}/fd/${name}`)
    .filter((path) => {
      try {
        const target = readlinkSync(path);
        return target.endsWith("(deleted)") && !/^\/(dev\/shm|memfd)/.test(target);
      } catch {
        return false;
      }
    });
}

/** Searches the arguments, the environment and the deleted but open files of a process and its children. */
export function searchProcesses(pid: number, needles: readonly Needle[]): Search {
  const pids = processTree(pid);
  const paths = pids.flatMap((one) => [
    `/proc/${String(one)}/cmdline`,
    `/proc/${String(one)}/environ`,
    ...deletedFiles(one),
  ]);
  const found = paths.flatMap((path) => hits(path, read(path) ?? Buffer.alloc(0), needles));
  return { files: 0, processes: pids.length, found };
}
