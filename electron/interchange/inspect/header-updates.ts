import { field, listField, textField, wellFormed, type JsonObject } from "../json/fields.ts";

/** What was changed of a log and of its settings after it began: `log_updates` and `config_updates`, each in order. */

const tagLength = 500;
const shownChanges = 20;

function textsOf(value: unknown, name: string): string[] {
  return listField(value, name)
    .filter((text) => typeof text === "string")
    .map((text) => wellFormed(text.slice(0, tagLength)));
}

/**
 * The tags of a log: those of its start with every edit since, removals of an edit before its additions. The header's own
 * `tags` are a copy of that, and stand in only where the log says neither.
 *
 * @source inspect_ai, log/_log.py, recompute_tags_and_metadata (0.3.285)
 */
export function tagsOf(header: JsonObject): string[] {
  const updates = listField(header, "log_updates");
  const spec = field(header, "eval");
  if (updates.length === 0) return textsOf(header, "tags").length > 0 ? textsOf(header, "tags") : textsOf(spec, "tags");
  const tags = new Set(textsOf(spec, "tags"));
  for (const edit of updates.flatMap((update) => listField(update, "edits"))) {
    for (const tag of textsOf(edit, "tags_remove")) tags.delete(tag);
    for (const tag of textsOf(edit, "tags_add")) tags.add(tag);
  }
  return [...tags].sort();
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "none";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return wellFormed(text.slice(0, 100));
}

/** "token_limit from 5000 to 10000". */
function changeWords(change: unknown): string | null {
  const name = textField(change, "name", 100);
  if (name === null) return null;
  if (field(change, "cleared") === true) return `${name} back to what it was launched with`;
  return `${name} from ${shown(field(change, "previous"))} to ${shown(field(change, "value"))}`;
}

function lastAuthor(updates: readonly unknown[]): string {
  const provenance = field(updates.at(-1), "provenance");
  const [author, reason] = [textField(provenance, "author", 100), textField(provenance, "reason", 300)];
  return `${author === null ? "" : ` by ${author}`}${reason === null ? "" : ` (${reason})`}`;
}

/** One sentence each on settings that changed while it ran (limits can be raised in flight), and on later edits of the log. */
export function updateNotes(header: JsonObject): string[] {
  const configUpdates = listField(header, "config_updates");
  const changes = configUpdates
    .flatMap((update) => listField(update, "changes"))
    .map(changeWords)
    .filter((words) => words !== null);
  const more = changes.length > shownChanges ? `, and ${String(changes.length - shownChanges)} more` : "";
  const edits = listField(header, "log_updates");
  const times = edits.length === 1 ? "once" : `${String(edits.length)} times`;
  return [
    ...(changes.length === 0
      ? []
      : [`Settings were changed during the run: ${changes.slice(0, shownChanges).join("; ")}${more}.`]),
    ...(edits.length === 0
      ? []
      : [`Tags or metadata of the log were edited ${times}, last${lastAuthor(edits) || " by nobody named"}.`]),
  ];
}
