import type { CombineProblem, ShareName, ShareProblem } from "../recovery/index.ts";
import { Refusal } from "../domain/refusal.ts";

/** What is wrong with recovery shares, for people who stand around a table with paper in their hands. */

const listed = (numbers: readonly number[]): string => numbers.map(String).join(", ");

/** Why one share cannot be used. */
export function shareProblemWords(problem: ShareProblem): string {
  switch (problem.code) {
    case "not-a-share":
      return "It is no recovery share.";
    case "newer-form":
      return "It was made by a newer version of EvalVault.";
    case "code-mixed":
      return "Its code lines are of different shares.";
    case "incomplete":
      return "It is cut off: its code or its end is missing.";
    case "altered":
      return "It was changed after it was made.";
    case "header-damaged":
      return problem.fields.length === 0
        ? "The text above its code is not as it was made."
        : `Its code says otherwise than: ${problem.fields.join(", ")}.`;
    case "code-damaged": {
      const damaged =
        problem.damaged.length === 0 ? [] : [`mistyped or damaged code lines: ${listed(problem.damaged)}`];
      const missing = problem.missing.length === 0 ? [] : [`missing code lines: ${listed(problem.missing)}`];
      const words = [...damaged, ...missing].join("; ");
      return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
    }
  }
}

export const changedShare = "It was changed after it was made.";

function shareNames(shares: readonly ShareName[]): string {
  return shares
    .map(({ number, holder }) => `share ${String(number)}${holder === null ? "" : ` (${holder})`}`)
    .join(", ");
}

/** Why shares together open nothing. */
export function combineRefusal(problem: CombineProblem): Refusal {
  switch (problem.code) {
    case "too-few": {
      const subject = `${String(problem.present)} of ${String(problem.threshold)}`;
      return new Refusal("shares-too-few", subject, `${String(problem.missing)} more are needed.`);
    }
    case "altered":
      return new Refusal("share-damaged", shareNames(problem.shares), changedShare);
    case "mismatch":
      return new Refusal("share-damaged", shareNames(problem.shares), "Together they open nothing.");
    case "repeated":
      return new Refusal("shares-mixed", shareNames([problem.share]), "It was brought twice.");
    case "different-sets":
      return new Refusal("shares-mixed", problem.sets.map(shareNames).join(" and "), "They were not made together.");
  }
}
