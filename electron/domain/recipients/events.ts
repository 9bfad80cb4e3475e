import { z } from "zod";
import { profileWords, withheldKinds } from "../../contract/release-profile.ts";
import { idSchema } from "../../contract/values.ts";
import { defineEvent } from "../event.ts";
import { compareRecipient, insertRecipient, retireRecipient, setRecipientProfile } from "./fold.ts";
import { recipientName, recipientOfKey } from "./queries.ts";

export const recipientAdded = defineEvent({
  type: "recipient.added",
  v: 1,
  body: z.strictObject({
    id: idSchema,
    name: z.string().min(1).max(200),
    organisation: z.string().max(1_000),
    key: z.string().max(5_000),
    keyKind: z.enum(["classic", "post-quantum"]),
    fingerprintHex: z.string().max(500),
    fingerprintWords: z.string().max(1_000),
  }),
  roles: ["lead"],
  home: "shared",
  refusal: ({ model }, body) => {
    if (recipientName(model, body.id) !== null) return "a recipient with this id is there already";
    return recipientOfKey(model, body.key) === null ? null : "this key belongs to a recipient already";
  },
  fold: ({ model, event }, body) => {
    insertRecipient(model, body, event.at);
  },
  words: (_, body) => `Recipient ${body.name} added`,
  about: (body) => body.id,
});

export const recipientCompared = defineEvent({
  type: "recipient.key-compared",
  v: 1,
  body: z.strictObject({ recipientId: idSchema, how: z.string().min(1).max(1_000) }),
  roles: ["lead"],
  home: "shared",
  refusal: ({ model }, body) => (recipientName(model, body.recipientId) === null ? "there is no such recipient" : null),
  fold: ({ model, event }, body) => {
    compareRecipient(model, { ...body, at: event.at, by: event.by });
  },
  words: ({ model }, body) => `Key of ${recipientName(model, body.recipientId) ?? ""} compared: ${body.how}`,
  about: (body) => body.recipientId,
});

/** What reports for the recipient leave out of their bytes. */
export const recipientProfileSet = defineEvent({
  type: "recipient.profile-set",
  v: 1,
  body: z.strictObject({ recipientId: idSchema, withheld: z.array(z.enum(withheldKinds)).max(withheldKinds.length) }),
  roles: ["lead"],
  home: "shared",
  refusal: ({ model }, body) => (recipientName(model, body.recipientId) === null ? "there is no such recipient" : null),
  fold: ({ model }, body) => {
    setRecipientProfile(model, body.recipientId, body.withheld);
  },
  words: ({ model }, body) =>
    `Reports for ${recipientName(model, body.recipientId) ?? ""} leave out ${profileWords(body.withheld)}`,
  about: (body) => body.recipientId,
});

export const recipientRetired = defineEvent({
  type: "recipient.retired",
  v: 1,
  body: z.strictObject({ recipientId: idSchema, reason: z.string().min(1).max(1_000) }),
  roles: ["lead"],
  home: "shared",
  refusal: ({ model }, body) => (recipientName(model, body.recipientId) === null ? "there is no such recipient" : null),
  fold: ({ model, event }, body) => {
    retireRecipient(model, body.recipientId, event.at);
  },
  words: ({ model }, body) => `Recipient ${recipientName(model, body.recipientId) ?? ""} retired: ${body.reason}`,
  about: (body) => body.recipientId,
});

export const recipientEvents = [recipientAdded, recipientCompared, recipientProfileSet, recipientRetired];
