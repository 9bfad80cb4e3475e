import type { ItemKind } from "../../electron/contract/transcripts.ts";
import type { SignName, Tone } from "../parts/index.ts";

/** How items of a kind look. */
export interface KindLook {
  readonly words: string;
  readonly tone: Tone;
  readonly sign?: SignName;
  /** said: what a person or a model wrote. machine: what programs wrote. */
  readonly type: "said" | "machine";
  /** The detail is what went in and stands before the text, which came out. */
  readonly inputFirst?: boolean;
  /** Small: one line that marks a place. */
  readonly isMinor?: boolean;
}

const machine = { tone: "plain", type: "machine" } as const;
const said = { tone: "plain", type: "said" } as const;

const looks: Readonly<Record<ItemKind, KindLook>> = {
  system: { ...said, words: "system" },
  user: { ...said, words: "user" },
  assistant: { ...said, words: "assistant" },
  "tool-output": { ...machine, words: "tool output" },
  message: { ...said, words: "message" },
  model: { ...said, words: "model" },
  tool: { ...machine, words: "tool call", tone: "accent", inputFirst: true },
  sandbox: { ...machine, words: "sandbox", inputFirst: true },
  approval: { ...said, words: "approval", tone: "review" },
  input: { ...said, words: "input by a person" },
  "sample-init": { ...said, words: "sample begins" },
  "sample-limit": { ...said, words: "limit", tone: "warn", sign: "limit" },
  state: { ...machine, words: "state" },
  store: { ...machine, words: "store" },
  "span-begin": { ...machine, words: "begin", isMinor: true },
  "span-end": { ...machine, words: "end", isMinor: true },
  step: { ...machine, words: "step", isMinor: true },
  subtask: { ...machine, words: "subtask", inputFirst: true },
  info: { ...machine, words: "info" },
  logger: { ...machine, words: "log" },
  compaction: { ...machine, words: "compaction", tone: "warn", sign: "none" },
  checkpoint: { ...machine, words: "checkpoint" },
  interrupt: { ...machine, words: "interrupt", tone: "warn", sign: "warn" },
  anchor: { ...machine, words: "anchor", isMinor: true },
  branch: { ...machine, words: "branch" },
  score: { ...said, words: "score", tone: "review", sign: "ok" },
  "score-edit": { ...said, words: "score edited", tone: "review", sign: "warn" },
  error: { ...machine, words: "error", tone: "bad", sign: "fault" },
  event: { ...machine, words: "event" },
  limit: { ...said, words: "ended by a limit", tone: "warn", sign: "limit" },
  invalidation: { ...said, words: "invalidated", tone: "bad", sign: "invalid" },
  "final-score": { ...said, words: "final score", tone: "review", sign: "ok" },
  unreadable: { ...machine, words: "unreadable", tone: "bad", sign: "unknown" },
};

export function kindLook(kind: ItemKind): KindLook {
  return looks[kind];
}
