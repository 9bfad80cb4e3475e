import { z } from "zod";
import { compartmentSchema, rosterCompartment } from "../../contract/values.ts";
import { defineEvent } from "../event.ts";
import { memberName, memberRole } from "../members/queries.ts";
import type { ReadModel } from "../read-model.ts";
import { compartmentKind, compartmentName } from "./queries.ts";

export const compartmentTables = [
  "CREATE TABLE compartment (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL) STRICT",
  // The newest epoch that an entry of each compartment was under.
  "CREATE TABLE compartment_epoch (compartment INTEGER PRIMARY KEY, epoch INTEGER NOT NULL) STRICT",
];

/** A compartment with its name. Its key and who holds it stand in the outer tables of the file. */
export const compartmentAdded = defineEvent({
  type: "compartment.added",
  v: 1,
  body: z.strictObject({
    id: compartmentSchema,
    kind: z.enum(["shared", "separate"]),
    name: z.string().min(1).max(200),
  }),
  roles: ["lead"],
  home: "roster",
  refusal: ({ model }, body) => {
    if (compartmentKind(model, body.id) !== null) return "a compartment with this number is there already";
    const shared = model.get("SELECT 1 AS n FROM compartment WHERE kind = 'shared'") !== undefined;
    return body.kind === "shared" && shared ? "there is a shared compartment already" : null;
  },
  fold: ({ model }, body) => {
    model.run("INSERT INTO compartment VALUES (?, ?, ?)", body.id, body.kind, body.name);
  },
  words: (_, body) => `Compartment ${body.name} made`,
});

function unknown(model: ReadModel, id: number): string | null {
  if (id === rosterCompartment) return "everybody reads the roster";
  return compartmentKind(model, id) === null ? "there is no such compartment" : null;
}

export const compartmentGranted = defineEvent({
  type: "compartment.granted",
  v: 1,
  body: z.strictObject({ id: compartmentSchema, memberId: z.string().max(100) }),
  roles: ["lead"],
  home: "roster",
  refusal: ({ model }, body) =>
    unknown(model, body.id) ?? (memberRole(model, body.memberId) === null ? "there is no such member now" : null),
  // Who holds a key is in the outer tables; the event says who decided it.
  fold: () => undefined,
  words: ({ model }, body) =>
    `${memberName(model, body.memberId)} reads ${compartmentName(model, body.id)} from now on`,
  about: (body) => body.memberId,
});

export const compartmentRevoked = defineEvent({
  type: "compartment.revoked",
  v: 1,
  body: z.strictObject({ id: compartmentSchema, memberId: z.string().max(100), reason: z.string().min(1).max(1_000) }),
  roles: ["lead"],
  home: "roster",
  refusal: ({ model, event }, body) =>
    unknown(model, body.id) ?? (body.memberId === event.by ? "nobody takes a compartment from themselves" : null),
  fold: () => undefined,
  words: ({ model }, body) =>
    `${memberName(model, body.memberId)} no longer reads ${compartmentName(model, body.id)}: ${body.reason}`,
  about: (body) => body.memberId,
});

export const compartmentRotated = defineEvent({
  type: "compartment.rotated",
  v: 1,
  body: z.strictObject({ id: compartmentSchema, reason: z.string().min(1).max(1_000) }),
  roles: ["lead"],
  home: "roster",
  refusal: ({ model }, body) =>
    body.id !== rosterCompartment && compartmentKind(model, body.id) === null ? "there is no such compartment" : null,
  fold: () => undefined,
  words: ({ model }, body) => `${compartmentName(model, body.id)} goes on under a new key: ${body.reason}`,
});

export const compartmentEvents = [compartmentAdded, compartmentGranted, compartmentRevoked, compartmentRotated];
