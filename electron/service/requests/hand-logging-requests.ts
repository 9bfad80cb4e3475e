import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import type { handLoggingRequests } from "../../contract/hand-logging.ts";
import { flagDigests, flaggedTasks, flagsLoaded } from "../../domain/benchmarks/flags.ts";
import { benchmarkOrigin, listTasks } from "../../domain/benchmarks/queries.ts";
import { Refusal } from "../../domain/refusal.ts";
import { runFacts, type RunFacts } from "../../domain/runs/state.ts";
import { flagBytesLimit, readFlags } from "../../interchange/benchmark-pack/read-flags.ts";
import { readPastedBlock } from "../../interchange/table/pasted-block.ts";
import type { Handlers } from "../handlers.ts";
import type { Host } from "../host.ts";

function facts(host: Host, runId: string): RunFacts {
  const run = runFacts(host.session.model, runId);
  if (run === null) throw new Refusal("not-found", "the run");
  return run;
}

function mustExist(host: Host, benchmarkId: string): void {
  if (benchmarkOrigin(host.session.model, benchmarkId) === null) throw new Refusal("not-found", "the benchmark");
}

function digestOf(key: Uint8Array, task: string, flag: Uint8Array): Buffer {
  return createHmac("sha256", key).update(task, "utf8").update("\0").update(flag).digest();
}

/** The flag without the space that was typed or copied around it. */
function trimmed(flag: Uint8Array): Uint8Array {
  const isSpace = (byte: number | undefined): boolean =>
    byte === 0x20 || (byte !== undefined && byte >= 9 && byte <= 13);
  let [start, end] = [0, flag.length];
  while (start < end && isSpace(flag[start])) start += 1;
  while (end > start && isSpace(flag[end - 1])) end -= 1;
  return flag.subarray(start, end);
}

/** Tasks by what people call them: ids before titles. */
function taskNames(host: Host, benchmarkId: string): (text: string) => string | null {
  const tasks = listTasks(host.session.model, benchmarkId);
  const names = new Map<string, string>();
  for (const { id, title } of tasks) names.set(title.trim().toLowerCase(), id);
  for (const { id } of tasks) names.set(id.toLowerCase(), id);
  return (text) => names.get(text.toLowerCase()) ?? null;
}

export const handLoggingHandlers: Handlers<keyof typeof handLoggingRequests> = {
  "attempts.readBlock": ({ host }, { runId, text, tasks, epoch }) => {
    const run = facts(host, runId);
    const taskOf = taskNames(host, run.benchmarkId);
    const block = readPastedBlock(text, { tasks, epoch, epochs: run.epochs, taskOf });
    if (block.attempts.length > 5_000)
      throw new Refusal("file-too-large", "the block", "At most 5,000 attempts at once.");
    return { ...block, refused: block.refused.slice(0, 1_000) };
  },

  "attempts.checkFlag": ({ host }, { runId, task, flag }) => {
    try {
      const known = flagDigests(host.session.model, facts(host, runId).benchmarkId, task);
      if (known.length === 0) return { verdict: "no-flag" };
      const typed = trimmed(flag);
      const isRight = known
        .map(({ key, digest }) =>
          timingSafeEqual(digestOf(Buffer.from(key, "hex"), task, typed), Buffer.from(digest, "hex")),
        )
        .includes(true);
      return { verdict: isRight ? "right" : "wrong" };
    } finally {
      flag.fill(0);
    }
  },

  "benchmarks.flags": ({ host }, { benchmarkId }) => {
    mustExist(host, benchmarkId);
    return { tasks: flaggedTasks(host.session.model, benchmarkId) };
  },

  "benchmarks.loadFlags": ({ host }, { benchmarkId, file }) => {
    mustExist(host, benchmarkId);
    const path = host.outsidePath(file);
    if (statSync(path).size > flagBytesLimit) throw new Refusal("file-too-large", host.files.name(file));
    const taskOf = taskNames(host, benchmarkId);
    const given = readFlags(new Uint8Array(readFileSync(path))).map(({ task, flag }) => ({
      task,
      own: taskOf(task),
      flag,
    }));
    const known = given.flatMap(({ own, flag }) => (own === null ? [] : [{ task: own, flag }]));
    const unknown = [...new Set(given.filter(({ own }) => own === null).map(({ task }) => task))];
    if (known.length === 0) {
      throw new Refusal("pack-invalid", host.files.name(file), "None of its tasks is one of this benchmark.");
    }
    const key = randomBytes(32);
    const encoder = new TextEncoder();
    const flags = known.map(({ task, flag }) => ({
      task,
      digest: digestOf(key, task, trimmed(encoder.encode(flag))).toString("hex"),
    }));
    host.session.commit([flagsLoaded.draft({ benchmarkId, key: key.toString("hex"), flags })]);
    host.changed();
    const tasks = flaggedTasks(host.session.model, benchmarkId).length;
    return { flags: flags.length, tasks, unknown: unknown.slice(0, 100) };
  },
};
