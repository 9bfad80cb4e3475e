import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import Database from "better-sqlite3";

/**
 * Every step by which this process changes a disk, by name: each file call, each writing statement of SQLite. The process
 * can be told to kill itself (SIGKILL) before its n-th step. Import it before what is watched.
 */

const writeLine = fs.writeSync;
const kill = process.kill.bind(process);
/** Steps since {@link watchSteps}; null: not watching. */
let steps: string[] | null = null;
let dieBefore: number | null = null;

/** From here on steps count; with a number, the process dies before the step of that number (from 0). */
export function watchSteps(deadly: number | null): void {
  steps = [];
  dieBefore = deadly;
}

/** The steps so far; none are counted any more. */
export function stepsSeen(): readonly string[] {
  const seen = steps ?? [];
  steps = null;
  return seen;
}

/** A line straight to standard output, past what is watched: when it is out, what it says was so. */
export function say(line: string): void {
  writeLine(1, `${line}\n`);
}

function step(name: string): void {
  if (steps === null) return;
  if (steps.length === dieBefore) {
    say(`dying before ${name}`);
    kill(process.pid, "SIGKILL");
  }
  steps.push(name);
}

/** The end of a path, without what is different in each run. */
function shortPath(path: unknown): string {
  const name = typeof path === "string" ? (path.split("/").at(-1) ?? "") : "";
  return name.replace(/[0-9a-f]{12,16}/g, "…");
}

type Call = (this: unknown, ...args: unknown[]) => unknown;

/** Puts a step before a method of an object. `name` answers null where a call changes nothing. */
function watch(owner: object, method: string, name: (args: readonly unknown[], self: unknown) => string | null): void {
  const original: unknown = Reflect.get(owner, method);
  if (typeof original !== "function") throw new Error(`there is no ${method} to be watched`);
  const watched: Call = function (...args) {
    const named = name(args, this);
    if (named !== null) step(named);
    return Reflect.apply(original, this, args);
  };
  Reflect.set(owner, method, watched);
}

const onPaths =
  (method: string) =>
  (args: readonly unknown[]): string =>
    `${method} ${args
      .filter((one) => typeof one === "string")
      .map(shortPath)
      .join(" → ")}`;

const opensForWriting = (args: readonly unknown[]): string | null =>
  typeof args[1] === "string" && /[wa+x]/.test(args[1]) ? `open ${shortPath(args[0])}` : null;

for (const method of ["renameSync", "linkSync", "unlinkSync", "mkdirSync", "rmSync", "writeFileSync"]) {
  watch(fs, method, onPaths(method.replace("Sync", "")));
}
watch(fs, "openSync", opensForWriting);
watch(fs, "writeSync", (args) => (args[0] === 1 ? null : "write"));
watch(fs, "fsyncSync", () => "fsync");
for (const method of ["rename", "link", "unlink", "mkdir", "rm", "writeFile"]) {
  watch(fs.promises, method, onPaths(method));
}
watch(fs.promises, "open", opensForWriting);

/** File handles have a class of their own, which only an open one shows. */
const handle = await fs.promises.open(new URL(import.meta.url), "r");
const handles: unknown = Object.getPrototypeOf(handle);
await handle.close();
if (typeof handles !== "object" || handles === null) throw new Error("a file handle has no class");
watch(handles, "write", () => "write");
watch(handles, "sync", () => "fsync");
syncBuiltinESMExports();

const writes =
  /^\s*(BEGIN|COMMIT|INSERT|UPDATE|DELETE|REPLACE|CREATE|VACUUM)|wal_checkpoint|schema_version =|user_version =/i;

/** A statement's first words, where it is of a database on a disk and writes. */
function statementName(source: unknown, database: unknown): string | null {
  if (!(database instanceof Database) || database.memory || typeof source !== "string" || !writes.test(source))
    return null;
  return `SQLite: ${source.trim().split(/\s+/).slice(0, 3).join(" ")}`;
}

const memory = new Database(":memory:");
const statements: unknown = Object.getPrototypeOf(memory.prepare("SELECT 1"));
memory.close();
if (typeof statements !== "object" || statements === null) throw new Error("a statement has no class");
watch(statements, "run", (_, self) =>
  typeof self === "object" && self !== null
    ? statementName(Reflect.get(self, "source"), Reflect.get(self, "database"))
    : null,
);
watch(Database.prototype, "exec", (args, self) => statementName(args[0], self));
watch(Database.prototype, "pragma", (args, self) => statementName(args[0], self));
watch(Database.prototype, "close", (_, self) =>
  self instanceof Database && !self.memory && self.open ? "SQLite: close" : null,
);
