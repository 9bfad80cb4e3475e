import type { AdvisoryInvolvement } from "../advisory.ts";
import { present } from "../advisory-values.ts";

const words = (text: string): string => text.replaceAll("-", "_");

/** What was said of one party at one time, as one entry: the standard takes no second (6.1.24). */
function together(entries: readonly AdvisoryInvolvement[]): unknown {
  const last = entries.at(-1);
  if (last === undefined) return undefined;
  const alike = entries.every(({ status }) => status === last.status);
  const summaries = entries.flatMap(({ status, summary }) => {
    const text = present(summary);
    if (text === null) return alike ? [] : [status.replaceAll("-", " ")];
    return [alike ? text : `${status.replaceAll("-", " ")}: ${text}`];
  });
  return {
    party: last.party,
    status: words(last.status),
    ...(last.date === null ? {} : { date: last.date }),
    ...(summaries.length === 0 ? {} : { summary: [...new Set(summaries)].join("\n") }),
  };
}

/** Who was told when. Several of one party at one time become one entry that has the last one's status and all the words. */
export function involvementsOf(involvements: readonly AdvisoryInvolvement[]): unknown[] {
  const groups = new Map<string, AdvisoryInvolvement[]>();
  for (const involvement of involvements) {
    const key = `${involvement.party} ${involvement.date ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), involvement]);
  }
  return [...groups.values()].map(together);
}
