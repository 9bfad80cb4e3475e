import type { ItemKind, TranscriptItem } from "../../../contract/transcripts.ts";
import { asObject, field, isObject, listField, numberField, textField, wellFormed } from "../../json/fields.ts";
import { timeOf } from "../eval-header.ts";
import { eventKind, messageKind } from "./item-kinds.ts";
import { argumentsText, callName, callsText, compact, contentText, longestPart, paragraphs } from "./item-text.ts";

/** Messages, events and scores as plain text, whole. Nothing is interpreted: markup stays the characters that it is. */

/** An item as its JSON alone says it: not yet where it stands, or what else it belongs to. */
export interface Rendered {
  readonly kind: ItemKind;
  readonly role: string | null;
  readonly title: string;
  readonly text: string;
  /** "" for none. */
  readonly detail: string;
  readonly calls: readonly { readonly id: string | null; readonly name: string }[];
  /** Id of the call that it is the output of. */
  readonly answers: string | null;
  readonly tokens: TranscriptItem["tokens"];
  /** Milliseconds since 1970-01-01T00:00Z, null where it does not say. */
  readonly time: number | null;
}

const titleLimit = 300;
const mostCalls = 200;
const idLimit = 200;
/** Of a model call only the end of what it answers is shown: the messages before are items of their own. */
const askedLimit = 4_000;

const nothing = { role: null, calls: [], answers: null, tokens: null, time: null };

function item(parts: Partial<Rendered> & Pick<Rendered, "kind" | "title">): Rendered {
  const { title, text = "", detail = "" } = parts;
  return {
    ...nothing,
    ...parts,
    title: wellFormed(title.slice(0, titleLimit)),
    text: wellFormed(text),
    detail: wellFormed(detail),
  };
}

export function unreadable(what: string): Rendered {
  return item({ kind: "unreadable", title: `A ${what} that cannot be shown` });
}

function callsOf(message: unknown): Rendered["calls"] {
  return listField(message, "tool_calls")
    .slice(0, mostCalls)
    .map((call) => ({ id: textField(call, "id", idLimit), name: callName(call) }));
}

const roleTitles: Readonly<Record<string, string>> = {
  system: "System",
  user: "User",
  assistant: "Assistant",
  tool: "Tool",
};

/** One message of the conversation, its references resolved. Tool calls are in `detail`. */
export function renderMessage(message: unknown): Rendered {
  if (!isObject(message)) return unreadable("message");
  const role = textField(message, "role", 40) ?? "message";
  const called = textField(message, "function", 200);
  const error = textField(field(message, "error"), "message", 20_000) ?? textField(message, "tool_error", 20_000);
  const title = Object.hasOwn(roleTitles, role) ? (roleTitles[role] ?? role) : role;
  return item({
    kind: messageKind(role),
    role,
    title: called === null ? title : `${title} · ${called}`,
    text: contentText(field(message, "content")),
    detail: paragraphs(callsText(message), error === null ? "" : `Error: ${error}`),
    calls: callsOf(message),
    answers: textField(message, "tool_call_id", idLimit),
  });
}

interface EventText {
  readonly title: string;
  readonly text?: string;
  readonly detail?: string;
}
/** `asked`: of a model event, the last message that it answers, where that lies in the pool. */
type EventRenderer = (event: unknown, asked: unknown) => EventText;

function modelDetail(event: unknown, asked: unknown): string {
  const choice: unknown = listField(field(event, "output"), "choices")[0];
  const usage = field(field(event, "output"), "usage");
  const stop = textField(choice, "stop_reason", 100);
  const last = listField(event, "input").at(-1) ?? asked;
  return paragraphs(
    callsText(field(choice, "message")),
    last === undefined
      ? ""
      : `Answering (${textField(last, "role") ?? "message"}): ${contentText(field(last, "content")).slice(0, askedLimit)}`,
    stop === null ? "" : `Stopped: ${stop}`,
    usage === undefined ? "" : `Tokens: ${compact(usage)}`,
    compact(field(event, "error")),
  );
}

const renderers: Readonly<Record<string, EventRenderer>> = {
  model: (event, asked) => {
    const output = field(event, "output");
    const choice: unknown = listField(output, "choices")[0];
    return {
      title: `Model · ${textField(event, "model", 200) ?? ""}`,
      text: contentText(field(field(choice, "message"), "content") ?? field(output, "completion")),
      detail: modelDetail(event, asked),
    };
  },
  tool: (event) => ({
    title: `Tool · ${textField(event, "function", 200) ?? ""}`,
    text: contentText(field(event, "result")),
    detail: paragraphs(argumentsText(field(event, "arguments")), compact(field(event, "error"))),
  }),
  sandbox: (event) => ({
    title: `Sandbox · ${textField(event, "action", 40) ?? ""}`,
    text: compact(field(event, "output")),
    detail: [compact(field(event, "cmd") ?? field(event, "file")), `Result: ${compact(field(event, "result"))}`]
      .filter(Boolean)
      .join("\n"),
  }),
  score: (event) => scoreText("Score", field(event, "score")),
  score_edit: (event) => scoreText("Score edited", field(event, "edit") ?? field(event, "score")),
  error: (event) => ({
    title: "Error",
    text: compact(field(field(event, "error"), "message") ?? field(event, "error")),
  }),
  sample_limit: (event) => ({
    title: `Limit · ${textField(event, "type", 40) ?? ""}`,
    text: textField(event, "message", 20_000) ?? "",
  }),
  input: (event) => ({ title: "Input by a person", text: compact(field(event, "input")) }),
  info: (event) => ({ title: "Info", text: compact(field(event, "data")) }),
  logger: (event) => ({
    title: `Log · ${textField(field(event, "message"), "level", 40) ?? ""}`,
    text: textField(field(event, "message"), "message", longestPart) ?? "",
  }),
  approval: (event) => ({
    title: `Approval · ${textField(event, "decision", 100) ?? ""}`,
    text: textField(event, "explanation", longestPart) ?? "",
    detail: compact(field(event, "call")),
  }),
  sample_init: (event) => ({ title: "Sample begins", text: contentText(field(field(event, "sample"), "input")) }),
  span_begin: (event) => ({ title: `Begin · ${textField(event, "name", 200) ?? ""}` }),
  span_end: () => ({ title: "End" }),
  step: (event) => ({
    title: `${textField(event, "action", 40) === "end" ? "End" : "Begin"} · ${textField(event, "name", 200) ?? ""}`,
  }),
  state: (event) => ({ title: "State changes", detail: compact(field(event, "changes")) }),
  store: (event) => ({ title: "Store changes", detail: compact(field(event, "changes")) }),
};

function tokensOf(event: unknown): TranscriptItem["tokens"] {
  const usage = field(field(event, "output"), "usage");
  if (!isObject(usage)) return null;
  return {
    input: numberField(usage, "input_tokens"),
    output: numberField(usage, "output_tokens"),
    total: numberField(usage, "total_tokens"),
    cacheRead: numberField(usage, "input_tokens_cache_read"),
    cacheWrite: numberField(usage, "input_tokens_cache_write"),
    reasoning: numberField(usage, "reasoning_tokens"),
  };
}

/** One event, its references resolved. `asked`: of a model event, the last message of the pool that it answers. */
export function renderEvent(event: unknown, asked?: unknown): Rendered {
  if (!isObject(event)) return unreadable("event");
  const name = textField(event, "event", 40) ?? "event";
  const renderer = Object.hasOwn(renderers, name) ? renderers[name] : undefined;
  const texts: EventText = renderer?.(event, asked) ?? { title: name, detail: compact(event) };
  const isModel = name === "model";
  return item({
    kind: eventKind(name),
    ...texts,
    calls: isModel ? callsOf(field(listField(field(event, "output"), "choices")[0], "message")) : [],
    answers: name === "tool" ? textField(event, "id", idLimit) : null,
    tokens: isModel ? tokensOf(event) : null,
    time: timeOf(textField(event, "timestamp", 60)),
  });
}

function scoreText(title: string, score: unknown): EventText {
  const value = field(score, "value");
  const shown = value === null || Number.isNaN(value) ? "unscored" : compact(value);
  const answer = textField(score, "answer", longestPart);
  const explanation = textField(score, "explanation", longestPart);
  const history = listField(score, "history");
  return {
    title: `${title} · ${shown.slice(0, 200)}`,
    text: answer === null ? "" : `Answer: ${answer}`,
    detail: paragraphs(
      explanation === null ? "" : `Explanation: ${explanation}`,
      history.length > 1 ? `Edited; before: ${compact(field(history[0], "value"))}` : "",
    ),
  };
}

/** What stands at the end of the row: error, limit, invalidation, scores; `tail` by field of the sample, references resolved. */
export function renderTail(tail: ReadonlyMap<string, unknown>): Rendered[] {
  const items: Rendered[] = [];
  const add = (kind: ItemKind, texts: EventText): void => {
    items.push(item({ kind, ...texts }));
  };
  const error = tail.get("error");
  if (isObject(error)) {
    const traceback = textField(error, "traceback", longestPart);
    add("error", { title: "Error", text: textField(error, "message", longestPart) ?? "", detail: traceback ?? "" });
  }
  const limit = tail.get("limit");
  if (isObject(limit))
    add("limit", { title: `Limit · ${textField(limit, "type", 40) ?? ""}`, text: compact(field(limit, "limit")) });
  const invalidation = tail.get("invalidation");
  if (isObject(invalidation)) add("invalidation", { title: "Invalidated in the log", text: compact(invalidation) });
  for (const [name, score] of Object.entries(asObject(tail.get("scores"))))
    add("final-score", scoreText(`Score · ${name}`, score));
  if (isObject(tail.get("score"))) add("final-score", scoreText("Score", tail.get("score")));
  return items;
}
