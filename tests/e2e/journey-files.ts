import { mkdirSync, writeFileSync } from "node:fs";
import { catalog } from "../../electron/interchange/catalog/catalog.ts";
import { evalLog, jsonLog, resultRow, solvedLog, type LogToWrite } from "../fixtures/inspect/generate.ts";
import type { Journey } from "./journey-steps.ts";
import { giveToApp } from "./launch.ts";

/** Writes a file that the app's user may read. */
export function writeForApp(journey: Journey, name: string, content: string | Uint8Array): string {
  const path = journey.path(name);
  writeFileSync(path, content);
  giveToApp(path);
  return path;
}

/** A pack file of three tasks. */
export function writePack(journey: Journey): string {
  const { pack, packTask } = journey.words;
  const tasks = ["one", "two", "three"].map((name, place) => ({
    id: `${packTask}/${name}`,
    title: `${packTask} ${name}`,
    category: "crypto",
    difficulty: "medium",
    humanMinutes: 10 * (place + 1),
  }));
  const file = { id: "harbour", title: pack, version: "1.0", scoring: { rule: "1 for the flag" }, notes: [], tasks };
  return writeForApp(journey, "harbour.json", JSON.stringify(file));
}

/** One flag for every task of Cybench. */
export function writeFlags(journey: Journey): string {
  const tasks = catalog().find(({ id }) => id === "cybench")?.tasks ?? [];
  const flags = Object.fromEntries(tasks.map(({ id }) => [id, journey.words.flag]));
  return writeForApp(journey, "flags.json", JSON.stringify(flags));
}

const solved = [
  [1, 1],
  [1, 0],
  [0, 0],
  [0, 1],
  [1, 1],
] as const;

/** Five tasks of two epochs whose transcripts hold the journey's words. */
function describedLog(journey: Journey, task: string, accuracy: number): LogToWrite {
  const { transcript, logTask } = journey.words;
  // Task means 1, 0.5, 0, 0.5, 1: mean 0.6, sample standard deviation 0.4183…, standard error 0.1870….
  const row = resultRow("includes", { accuracy, stderr: Math.sqrt(0.175 / 5) }, { reducer: "mean" });
  const log = solvedLog(solved, [row]);
  const timestamp = "2026-03-02T09:30:02+00:00";
  const input = [{ role: "user", content: `Find it. ${transcript}` }];
  const output = { completion: transcript, choices: [{ message: { role: "assistant", content: transcript } }] };
  const fields = { input: `Find it. ${transcript}`, messages: input, output };
  const events = [
    { event: "sample_init", timestamp, sample: { input: `Find it. ${transcript}` } },
    { event: "model", timestamp, model: "m", input, output },
  ];
  const samples = log.samples.map((sample) => ({ ...sample, fields, events }));
  return { ...log, samples, spec: { task: `${logTask}/${task}` } };
}

export const logNames = ["deflate.eval", "zstd.eval", "plain.json", "other.eval", "notes.json"] as const;

/** Logs of every container, one whose own metric is wrong, and a file that is no log. */
export function writeLogs(journey: Journey): readonly string[] {
  mkdirSync(journey.path("logs"));
  const [deflate, zstd, plain, other, notes] = logNames;
  return [
    writeForApp(journey, `logs/${deflate}`, evalLog(describedLog(journey, "deflated", 0.6), { method: "deflate" })),
    writeForApp(journey, `logs/${zstd}`, evalLog(describedLog(journey, "zstandard", 0.6), { method: "zstd" })),
    writeForApp(journey, `logs/${plain}`, jsonLog(describedLog(journey, "plain", 0.6))),
    writeForApp(journey, `logs/${other}`, evalLog(describedLog(journey, "wrong", 0.9))),
    writeForApp(journey, `logs/${notes}`, JSON.stringify({ note: journey.words.transcript })),
  ];
}
