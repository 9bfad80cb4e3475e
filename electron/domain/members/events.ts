import { z } from "zod";
import { roleSchema } from "../../contract/values.ts";
import { count } from "../read-model.ts";
import { defineEvent, denied } from "../event.ts";
import { insertMember, memberExists, renameVault, setMarking } from "./fold.ts";
import { markingSchema, markingWords, compareMarkings } from "../../contract/marking.ts";
import { currentMarking, memberRole } from "./queries.ts";

const memberBody = z.strictObject({
  id: z.string().max(100),
  name: z.string().min(1).max(200),
  label: z.string().min(1).max(200),
  role: roleSchema,
});

export const memberAdded = defineEvent({
  type: "member.added",
  v: 1,
  body: memberBody,
  roles: "anyone",
  refusal: ({ model, event }, body) => {
    if (memberExists(model, body.id)) return "this member is there already";
    const founding = count(model, "SELECT count(*) AS n FROM member") === 0;
    if (founding)
      return body.id === event.by && body.role === "lead"
        ? null
        : "the first member must be its own author, and a lead";
    const role = memberRole(model, event.by);
    if (role === "lead") return null;
    if (role === "custodian" && body.role !== "lead") return null;
    return denied("only a lead adds members; a custodian adds all but leads");
  },
  fold: ({ model, event }, body) => {
    insertMember(model, { ...body, at: event.at, by: event.by });
  },
  words: (_, body) => `${body.name} joined as ${body.role}`,
  about: (body) => body.id,
});

export const vaultNamed = defineEvent({
  type: "vault.named",
  v: 1,
  body: z.strictObject({ name: z.string().min(1).max(200) }),
  roles: ["lead"],
  fold: ({ model }, body) => {
    renameVault(model, body.name);
  },
  words: (_, body) => `Vault named ${body.name}`,
});

export const vaultMarked = defineEvent({
  type: "vault.marked",
  v: 1,
  body: z.strictObject({ marking: markingSchema, reason: z.string().max(1_000) }),
  roles: ["lead", "evaluator", "custodian"],
  refusal: ({ model, event }, body) => {
    if (compareMarkings(body.marking, currentMarking(model)) >= 0) return null;
    if (memberRole(model, event.by) !== "lead") return denied("only a lead lowers the marking");
    return body.reason.trim() === "" ? "lowering the marking needs a reason" : null;
  },
  fold: ({ model }, body) => {
    setMarking(model, body.marking);
  },
  words: (_, body) => `Marked ${markingWords(body.marking)}${body.reason === "" ? "" : `: ${body.reason}`}`,
});

export const memberEvents = [memberAdded, vaultNamed, vaultMarked];
