import { type OutcomeState, outcomeStates } from "../../contract/attempt.ts";
import type { OutcomeMeaning } from "../../contract/importing.ts";

/** What words in a table mean for an attempt. */
export interface Meaning {
  readonly outcome: OutcomeState;
  readonly score: number | null;
}

const words: readonly (readonly [Meaning, readonly string[]])[] = [
  [
    { outcome: "scored", score: 1 },
    [
      "solved",
      "success",
      "succeeded",
      "successful",
      "pass",
      "passed",
      "correct",
      "c",
      "true",
      "yes",
      "y",
      "ok",
      "✓",
      "✔",
    ],
  ],
  [
    { outcome: "scored", score: 0 },
    [
      ...["not solved", "unsolved", "fail", "failed", "failure", "incorrect", "wrong", "i", "false", "no"],
      ...["not passed", "✗", "✘"],
    ],
  ],
  [{ outcome: "scored", score: 0.5 }, ["partial", "partially", "partially solved", "p"]],
  [{ outcome: "refused", score: 0 }, ["n", "refusal", "declined"]],
  [
    { outcome: "limit-reached", score: null },
    [
      "limit",
      "timeout",
      "timed out",
      "time out",
      "time limit",
      "token limit",
      "message limit",
      "turn limit",
      "cost limit",
    ],
  ],
  [{ outcome: "model-error", score: null }, ["api error", "provider error"]],
  [
    { outcome: "infrastructure-fault", score: null },
    [
      ...["error", "errored", "crash", "crashed", "infrastructure error", "infra error", "environment error"],
      ...["sandbox error", "env error"],
    ],
  ],
  [{ outcome: "invalidated", score: null }, ["invalid", "void"]],
  [{ outcome: "withheld", score: null }, ["redacted"]],
  [{ outcome: "not-run", score: null }, ["skipped", "pending", "todo", "missing", "planned"]],
  [{ outcome: "unscored", score: null }, ["nan", "n/a", "na", "none", "null", "-", "–", "?"]],
];

/** One text for all its spellings: "Not_Solved " → "not solved". */
export function plainWord(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/(?<=\S)[\s_-]+(?=\S)/g, " ");
}

const known: ReadonlyMap<string, Meaning> = new Map([
  ...outcomeStates.map((outcome): [string, Meaning] => [plainWord(outcome), { outcome, score: null }]),
  ...words.flatMap(([meaning, texts]) => texts.map((text): [string, Meaning] => [text, meaning])),
]);

/** The words of a mapping before the ones that are known anyway. */
export function outcomeWords(own: readonly OutcomeMeaning[]): (text: string) => Meaning | null {
  const given = new Map(own.map(({ text, outcome, score }) => [plainWord(text), { outcome, score }]));
  return (text) => {
    const word = plainWord(text);
    return given.get(word) ?? known.get(word) ?? null;
  };
}
