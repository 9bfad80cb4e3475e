import { itemKinds, type ItemKind } from "../../../contract/transcripts.ts";

/** How the log's own words for messages and events become kinds of items. */

const ofRole: ReadonlyMap<string, ItemKind> = new Map([
  ["system", "system"],
  ["user", "user"],
  ["assistant", "assistant"],
  ["tool", "tool-output"],
]);

/** Kinds whose name is the event's, with dashes. */
const ofEvent: ReadonlyMap<string, ItemKind> = new Map(
  itemKinds
    .slice(itemKinds.indexOf("model"), itemKinds.indexOf("error") + 1)
    .map((kind) => [kind.replaceAll("-", "_"), kind]),
);

const codes: ReadonlyMap<ItemKind, number> = new Map(itemKinds.map((kind, place) => [kind, place]));

export function messageKind(role: string): ItemKind {
  return ofRole.get(role) ?? "message";
}

export function eventKind(name: string): ItemKind {
  return ofEvent.get(name) ?? "event";
}

/** A kind's place in `itemKinds`: what stands for it in an outline. */
export function kindCode(kind: ItemKind): number {
  return codes.get(kind) ?? -1;
}
