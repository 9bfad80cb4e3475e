import type { TranscriptItem } from "../../../contract/evaluation.ts";
import { asObject, field, isObject, listField, textField, wellFormed } from "../../json/fields.ts";
import { timeOf } from "../eval-header.ts";
import { lastReferenced, resolveReferences, type SamplePage } from "./sample-page.ts";

/** Messages, events and scores as plain text. Nothing is interpreted: markup stays the characters that it is. */

export type Rendered = Omit<TranscriptItem, "index">;

const textLimit = 100_000;
const titleLimit = 300;

function cut(text: string, limit = textLimit): string {
  const whole = wellFormed(text);
  if (whole.length <= limit) return whole;
  return `${whole.slice(0, limit)}\n… (${String(whole.length - limit)} more characters)`;
}

function compact(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}

function reasoningText(part: unknown): string {
  const hidden = field(part, "redacted") === true ? " (redacted by the provider)" : "";
  const texts = [textField(part, "reasoning", 10_000_000), textField(part, "summary", 10_000_000)];
  return `[reasoning${hidden}]\n${texts.find((text) => text !== null && text !== "") ?? ""}`;
}

/** One part of a message's content as text. */
function partText(part: unknown): string {
  if (typeof part === "string") return part;
  const type = textField(part, "type") ?? "part";
  if (type === "text") return textField(part, "text", 10_000_000) ?? compact(part);
  if (type === "reasoning") return reasoningText(part);
  if (type === "tool_use") return `[server tool ${textField(part, "name") ?? ""}]\n${compact(part)}`;
  return ["image", "audio", "video", "document"].includes(type) ? `[${type}]` : compact(part);
}

export function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  if (Array.isArray(content)) return content.map(partText).join("\n");
  return compact(content);
}

function argumentsText(value: unknown): string {
  const entries = Object.entries(asObject(value));
  if (entries.length === 0) return compact(value);
  return entries.map(([name, argument]) => `${name}: ${compact(argument)}`).join("\n");
}

function callText(call: unknown): string {
  const name = textField(call, "function") ?? textField(field(call, "function"), "name") ?? "tool";
  const problem = textField(call, "parse_error");
  const lines = [`→ ${name}`, argumentsText(field(call, "arguments"))];
  if (problem !== null) lines.push(`(could not be parsed: ${problem})`);
  return lines.filter((line) => line !== "").join("\n");
}

function callsText(message: unknown): string {
  return listField(message, "tool_calls").map(callText).join("\n\n");
}

const roleTitles: Readonly<Record<string, string>> = {
  system: "System",
  user: "User",
  assistant: "Assistant",
  tool: "Tool",
};

/** One message of the conversation. Tool calls are in `detail`. */
export function renderMessage(message: unknown): Rendered {
  if (!isObject(message)) return unreadable("message");
  const role = textField(message, "role", 40) ?? "message";
  const called = textField(message, "function", 200);
  const error = textField(field(message, "error"), "message", 20_000) ?? textField(message, "tool_error", 20_000);
  const title = roleTitles[role] ?? role;
  const calls = callsText(message);
  const detail = [calls, error === null ? "" : `Error: ${error}`].filter((text) => text !== "").join("\n\n");
  return {
    at: null,
    kind: Object.hasOwn(roleTitles, role) ? role : "message",
    title: cut(called === null ? title : `${title} · ${called}`, titleLimit),
    text: cut(contentText(field(message, "content"))),
    detail: detail === "" ? null : cut(detail),
  };
}

export function unreadable(what: string): Rendered {
  return { at: null, kind: "unreadable", title: `A ${what} that cannot be shown`, text: "", detail: null };
}

interface EventText {
  readonly title: string;
  readonly text: string;
  readonly detail?: string;
}
type EventRenderer = (event: unknown, page: SamplePage) => EventText;

function modelDetail(event: unknown, page: SamplePage): string {
  const choice: unknown = listField(field(event, "output"), "choices")[0];
  const usage = field(field(event, "output"), "usage");
  const stop = textField(choice, "stop_reason", 100);
  const inline = listField(event, "input");
  const last = lastReferenced(field(event, "input_refs"));
  const asked = inline.at(-1) ?? (last === null ? undefined : resolveReferences(page.pool.get(last), page.attachments));
  return [
    callsText(field(choice, "message")),
    asked === undefined
      ? ""
      : `Answering (${textField(asked, "role") ?? "message"}): ${cut(contentText(field(asked, "content")), 4_000)}`,
    stop === null ? "" : `Stopped: ${stop}`,
    usage === undefined ? "" : `Tokens: ${compact(usage)}`,
    compact(field(event, "error")),
  ]
    .filter((text) => text !== "")
    .join("\n\n");
}

const renderers: Readonly<Record<string, EventRenderer>> = {
  model: (event, page) => {
    const output = field(event, "output");
    const choice: unknown = listField(output, "choices")[0];
    return {
      title: `Model · ${textField(event, "model", 200) ?? ""}`,
      text: contentText(field(field(choice, "message"), "content") ?? field(output, "completion")),
      detail: modelDetail(event, page),
    };
  },
  tool: (event) => ({
    title: `Tool · ${textField(event, "function", 200) ?? ""}`,
    text: contentText(field(event, "result")),
    detail: [argumentsText(field(event, "arguments")), compact(field(event, "error"))].filter(Boolean).join("\n\n"),
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
    text: textField(field(event, "message"), "message", 1_000_000) ?? "",
  }),
  approval: (event) => ({
    title: `Approval · ${textField(event, "decision", 100) ?? ""}`,
    text: textField(event, "explanation", 100_000) ?? "",
    detail: compact(field(event, "call")),
  }),
  sample_init: (event) => ({ title: "Sample begins", text: contentText(field(field(event, "sample"), "input")) }),
  span_begin: (event) => ({ title: `Begin · ${textField(event, "name", 200) ?? ""}`, text: "" }),
  span_end: () => ({ title: "End", text: "" }),
  step: (event) => ({
    title: `${textField(event, "action", 40) === "end" ? "End" : "Begin"} · ${textField(event, "name", 200) ?? ""}`,
    text: "",
  }),
  state: (event) => ({ title: "State changes", text: "", detail: compact(field(event, "changes")) }),
  store: (event) => ({ title: "Store changes", text: "", detail: compact(field(event, "changes")) }),
};

/** One event, with its time counted from the start of the attempt. */
export function renderEvent(event: unknown, page: SamplePage): Rendered {
  if (!isObject(event)) return unreadable("event");
  const kind = textField(event, "event", 40) ?? "event";
  const resolved = resolveReferences(event, page.attachments);
  const renderer = Object.hasOwn(renderers, kind) ? renderers[kind] : undefined;
  const {
    title,
    text,
    detail = "",
  } = renderer?.(resolved, page) ?? {
    title: kind,
    text: "",
    detail: compact(resolved),
  };
  const time = timeOf(textField(event, "timestamp", 60));
  return {
    at: time === null || page.startedAt === null ? null : Math.max(0, time - page.startedAt),
    kind,
    title: cut(title, titleLimit),
    text: cut(text),
    detail: detail === "" ? null : cut(detail),
  };
}

function scoreText(title: string, score: unknown): EventText {
  const value = field(score, "value");
  const shown = value === null || Number.isNaN(value) ? "unscored" : compact(value);
  const answer = textField(score, "answer", 1_000_000);
  const explanation = textField(score, "explanation", 1_000_000);
  const history = listField(score, "history");
  const detail = [
    explanation === null ? "" : `Explanation: ${explanation}`,
    history.length > 1 ? `Edited; before: ${compact(field(history[0], "value"))}` : "",
  ].filter((text) => text !== "");
  return {
    title: `${title} · ${shown.slice(0, 200)}`,
    text: answer === null ? "" : `Answer: ${answer}`,
    detail: detail.join("\n\n"),
  };
}

/** What stands at the end of the timeline: error, limit, invalidation, scores. */
export function renderTail(page: SamplePage): Rendered[] {
  const items: Rendered[] = [];
  const add = (kind: string, { title, text, detail = "" }: EventText): void => {
    items.push({
      at: null,
      kind,
      title: cut(title, titleLimit),
      text: cut(text),
      detail: detail === "" ? null : cut(detail),
    });
  };
  const tail = new Map([...page.tail].map(([name, value]) => [name, resolveReferences(value, page.attachments)]));
  const error = tail.get("error");
  if (isObject(error)) {
    const traceback = textField(error, "traceback", 1_000_000);
    add("error", { title: "Error", text: textField(error, "message", 100_000) ?? "", detail: traceback ?? "" });
  }
  const limit = tail.get("limit");
  if (isObject(limit))
    add("limit", { title: `Limit · ${textField(limit, "type", 40) ?? ""}`, text: compact(field(limit, "limit")) });
  const invalidation = tail.get("invalidation");
  if (isObject(invalidation)) add("invalidation", { title: "Invalidated in the log", text: compact(invalidation) });
  for (const [name, score] of Object.entries(asObject(tail.get("scores"))))
    add("score", scoreText(`Score · ${name}`, score));
  if (isObject(tail.get("score"))) add("score", scoreText("Score", tail.get("score")));
  return items;
}
