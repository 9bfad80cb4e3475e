import { field, isObject, textField, wellFormed, type JsonObject } from "../json/fields.ts";
import { plainJson } from "../json/plain-json.ts";
import type { JsonValue } from "../logged-run.ts";

/** The model that was evaluated, and how it was called. */

const secret = /key|token|secret|password|auth/i;
/** Arguments that name the model, the most specific first: an adapter is given together with its base. */
const namingArguments = ["peft", "delta", "pretrained", "model", "path", "engine"];

/** "pretrained=a/b,dtype=float16" or the same as an object; a comma inside brackets parts nothing. */
function argumentsOf(head: JsonObject): Map<string, JsonValue> {
  const given = field(field(head, "config"), "model_args");
  if (isObject(given)) return new Map(Object.entries(given).map(([name, value]) => [name, plainJson(value)]));
  if (typeof given !== "string") return new Map();
  const parts = given.slice(0, 20_000).split(/,(?![^[({]*[\])}])/);
  return new Map(
    parts.flatMap((part): [string, JsonValue][] => {
      const equals = part.indexOf("=");
      return equals < 1 ? [] : [[part.slice(0, equals).trim(), wellFormed(part.slice(equals + 1))]];
    }),
  );
}

/** The model's name: as the harness found it, else from its arguments, else the kind of model. */
export function modelOf(head: JsonObject): string {
  const named = textField(head, "model_name", 500);
  if (named !== null && named !== "") return named;
  const given = argumentsOf(head);
  for (const name of namingArguments) {
    const value = given.get(name);
    if (typeof value === "string" && value !== "") return value.slice(0, 500);
  }
  return textField(field(head, "config"), "model", 500) ?? "not stated";
}

/** The model's arguments without keys that somebody passed among them, nor names and passwords in addresses. */
export function modelArguments(head: JsonObject): JsonValue {
  const shown = [...argumentsOf(head)].map(([name, value]): [string, JsonValue] => {
    if (secret.test(name) && name !== "max_gen_toks" && !name.startsWith("tokenize")) return [name, "left out"];
    return [name, typeof value === "string" ? value.replace(/\/\/[^/@]*@/, "//") : value];
  });
  return Object.fromEntries(shown.filter(([name]) => name !== "__proto__"));
}
