import {
  elicitationWords,
  formatLimit,
  setLimits,
  statedElicitation,
  type ElicitationName,
  type LimitName,
} from "../../contract/protocol.ts";
import type { LoggedFile } from "../runs/logged-file.ts";
import type { PlanProtocol } from "./queries.ts";

/** What a run's log says of the limits and the elicitation that its plan set. */

/** What each limit is called in the settings that every reader gives. */
const limitKeys: Readonly<Record<LimitName, string>> = {
  message_limit: "messages",
  turn_limit: "turns",
  token_limit: "tokens",
  time_limit: "seconds",
  working_limit: "workingSeconds",
  cost_limit: "dollars",
};

/**
 * Where logs state elicitation: those of Inspect, of promptfoo, of lm-evaluation-harness. None of them states tools,
 * network, human help or the version of a scaffold.
 */
const places: Readonly<Partial<Record<ElicitationName, readonly string[]>>> = {
  scaffold: ["settings.solver", "settings.steps"],
  prompt: ["settings.prompt"],
  temperature: [
    "settings.generate.temperature",
    "settings.provider.config.temperature",
    "settings.gen_kwargs.temperature",
    "settings.task.generation_kwargs.temperature",
  ],
  reasoningEffort: [
    "settings.generate.reasoning_effort",
    "settings.provider.config.reasoning_effort",
    "settings.provider.config.reasoning.effort",
  ],
};

/** Something that the plan says, and what the log says of it. */
export interface HeldAgainst {
  readonly of: "limits" | "elicitation";
  /** "Token limit", "Temperature". */
  readonly words: string;
  readonly planned: string;
  /** Null: the log does not state it. */
  readonly logged: string | null;
  readonly differs: boolean;
}

/** Names, as `loggedSettings` gives them, of what a plan says itself: logs are not compared with each other in that. */
export function plannedSettings({ limits, elicitation }: PlanProtocol): ReadonlySet<string> {
  return new Set([
    ...setLimits(limits).map(({ name }) => `limits.${limitKeys[name]}`),
    ...statedElicitation(elicitation).flatMap(({ name }) => places[name] ?? []),
  ]);
}

/** A value inside parsed JSON; undefined where there is none. */
function valueAt(json: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null) return undefined;
    return Object.entries(value).find(([name]) => name === key)?.[1] as unknown;
  }, json);
}

/** The texts and numbers that a log has at a place; a list of them where it is a list. */
function scalars(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(scalars);
  if (typeof value === "number" && Number.isFinite(value)) return [String(value)];
  return typeof value === "string" && value.trim() !== "" ? [value.trim()] : [];
}

/** "inspect_ai/react" and "React" are one scaffold. */
function plain(name: string): string {
  return name.trim().toLowerCase().replace(/^.*\//, "");
}

function sameElicitation(name: ElicitationName, planned: string, logged: readonly string[]): boolean {
  if (name === "temperature") return logged.every((value) => Number(value) === Number(planned));
  return logged.some((value) => plain(value) === plain(planned));
}

function heldLimits(json: unknown, { limits }: PlanProtocol): HeldAgainst[] {
  return setLimits(limits).map(({ name, words, value: planned }) => {
    const found = valueAt(json, `limits.${limitKeys[name]}`);
    const logged = typeof found === "number" ? found : null;
    return {
      of: "limits",
      words: `${words.replace(/s$/, "")} limit`,
      planned,
      logged: logged === null ? null : formatLimit(name, logged),
      differs: logged !== null && logged !== limits[name],
    };
  });
}

function heldElicitation(json: unknown, { elicitation }: PlanProtocol): HeldAgainst[] {
  return statedElicitation(elicitation).map(({ name, value: planned }) => {
    const found = (places[name] ?? []).flatMap((place) => scalars(valueAt(json, place)));
    const differs = found.length > 0 && !sameElicitation(name, planned, found);
    const logged = found.length === 0 ? null : [...new Set(found)].join(", ");
    return { of: "elicitation", words: elicitationWords[name], planned, logged, differs };
  });
}

/** All that a plan says of limits and elicitation, each held against a run's log; `log` null: it was logged by hand. */
export function heldAgainstPlan(protocol: PlanProtocol, log: LoggedFile | null): HeldAgainst[] {
  const json: unknown = log === null ? {} : JSON.parse(log.settings);
  return [...heldLimits(json, protocol), ...heldElicitation(json, protocol)];
}
