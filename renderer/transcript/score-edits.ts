/** One value that a score had: as the scorer gave it, or as somebody changed it. */
export interface ScoreChange {
  readonly value: string;
  readonly author: string | null;
  readonly reason: string | null;
  /** As the log writes it. */
  readonly when: string | null;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value.slice(0, 2_000) : null;
}

function valueWords(value: unknown): string {
  if (value === null || value === undefined) return "unscored";
  return (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 200);
}

function changeOf(entry: unknown, before: string): ScoreChange {
  const provenance = fieldOf(entry, "provenance");
  const value = fieldOf(entry, "value");
  return {
    // An edit that leaves the value alone says so in words (inspect_ai, score edits).
    value: value === "UNCHANGED" ? before : valueWords(value),
    author: textOf(fieldOf(provenance, "author")),
    reason: textOf(fieldOf(provenance, "reason")),
    when: textOf(fieldOf(provenance, "timestamp")),
  };
}

/**
 * What became of a score, oldest first, from its JSON in an Inspect log: a score's `history`, or the `edit` of the event
 * that changed it. Empty where it was never changed, or where the JSON cannot be read (NaN stands bare in some).
 */
export function scoreChanges(json: string): readonly ScoreChange[] {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/(?<=[:[,]\s*)(NaN|-?Infinity)(?=\s*[,\]}])/g, "null"));
  } catch {
    return [];
  }
  const edit = fieldOf(value, "edit");
  if (edit !== undefined) return [changeOf(edit, "unchanged")];
  const history = fieldOf(fieldOf(value, "score") ?? value, "history");
  if (!Array.isArray(history) || history.length < 2) return [];
  const changes: ScoreChange[] = [];
  for (const entry of history.slice(0, 50) as unknown[]) changes.push(changeOf(entry, changes.at(-1)?.value ?? ""));
  return changes;
}
