import { asObject, field, listField, textField } from "../../json/fields.ts";

/** Parts of messages and events as plain text. Nothing is interpreted: markup stays the characters that it is. */

/** Longest part that is taken in, in UTF-16 units: what JSON of an item can hold. */
export const longestPart = 64 * 1024 * 1024;

/** A value as text: a string as it is, anything else as JSON. */
export function compact(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}

function reasoningText(part: unknown): string {
  const hidden = field(part, "redacted") === true ? " (redacted by the provider)" : "";
  const texts = [textField(part, "reasoning", longestPart), textField(part, "summary", longestPart)];
  return `[reasoning${hidden}]\n${texts.find((text) => text !== null && text !== "") ?? ""}`;
}

/** One part of a message's content as text. */
function partText(part: unknown): string {
  if (typeof part === "string") return part;
  const type = textField(part, "type") ?? "part";
  if (type === "text") return textField(part, "text", longestPart) ?? compact(part);
  if (type === "reasoning") return reasoningText(part);
  if (type === "tool_use") return `[server tool ${textField(part, "name") ?? ""}]\n${compact(part)}`;
  return ["image", "audio", "video", "document"].includes(type) ? `[${type}]` : compact(part);
}

/** What a message says: its parts one below the other. */
export function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  if (Array.isArray(content)) return content.map(partText).join("\n");
  return compact(content);
}

/** A tool call's arguments, one a line. */
export function argumentsText(value: unknown): string {
  const entries = Object.entries(asObject(value));
  if (entries.length === 0) return compact(value);
  return entries.map(([name, argument]) => `${name}: ${compact(argument)}`).join("\n");
}

export function callName(call: unknown): string {
  return textField(call, "function", 200) ?? textField(field(call, "function"), "name", 200) ?? "tool";
}

function callText(call: unknown): string {
  const problem = textField(call, "parse_error");
  const lines = [`→ ${callName(call)}`, argumentsText(field(call, "arguments"))];
  if (problem !== null) lines.push(`(could not be parsed: ${problem})`);
  return lines.filter((line) => line !== "").join("\n");
}

/** A message's tool calls with their arguments. */
export function callsText(message: unknown): string {
  return listField(message, "tool_calls").map(callText).join("\n\n");
}

/** Texts one below the other, those that say nothing left out. */
export function paragraphs(...texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join("\n\n");
}
