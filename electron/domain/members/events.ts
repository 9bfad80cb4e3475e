import { z } from "zod";
import { lowersMarking, markingSchema, markingWords, type Marking } from "../../contract/marking.ts";
import { personsSchema } from "../../contract/two-persons.ts";
import { memberRoleSchema } from "../../contract/values.ts";
import { defineEvent, denied, type Denial, type FoldContext } from "../event.ts";
import { count, type ReadModel } from "../read-model.ts";
import { foldRemoved, insertKit, insertMember, memberExists, renameVault, setMarking, setPersons } from "./fold.ts";
import { currentMarking, leadCount, memberName, memberRole, personsRequired } from "./queries.ts";

const memberBody = z.strictObject({
  id: z.string().max(100),
  name: z.string().min(1).max(200),
  label: z.string().min(1).max(200),
  role: memberRoleSchema,
  /** Why, where it was not in the usual way: after a recovery. */
  reason: z.string().min(1).max(1_000).optional(),
});

export const memberAdded = defineEvent({
  type: "member.added",
  v: 1,
  body: memberBody,
  roles: "anyone",
  home: "roster",
  refusal: ({ model, event }, body) => {
    if (memberExists(model, body.id)) return "this member is there already";
    const founding = count(model, "SELECT count(*) AS n FROM member") === 0;
    if (founding)
      return body.id === event.by && body.role === "lead"
        ? null
        : "the first member must be its own author, and a lead";
    return adderRefusal(memberRole(model, event.by), body.role);
  },
  fold: ({ model, event }, body) => {
    insertMember(model, { ...body, at: event.at, by: event.by });
  },
  words: (_, body) => `${body.name} joined as ${body.role}${body.reason === undefined ? "" : `: ${body.reason}`}`,
  about: (body) => body.id,
});

type MemberRole = z.infer<typeof memberRoleSchema>;

function adderRefusal(adder: MemberRole | null, added: MemberRole): Denial | null {
  if (adder === "lead") return null;
  if (adder === "custodian" && added !== "lead" && added !== "recovery") return null;
  if (adder === "recovery") return added === "lead" ? null : denied("recovery lets in a lead and nobody else");
  return denied("only a lead adds members; a custodian adds all but leads");
}

export const memberRemoved = defineEvent({
  type: "member.removed",
  v: 1,
  body: z.strictObject({ id: z.string().max(100), reason: z.string().min(1).max(1_000) }),
  roles: ["lead", "custodian"],
  home: "roster",
  secondPerson: ({ model }, body) => (memberRole(model, body.id) === "lead" ? { roles: ["lead", "custodian"] } : null),
  refusal: ({ model, actor, second }, body) => {
    const role = memberRole(model, body.id);
    if (role === null) return "there is no such member now";
    if (body.id === actor || body.id === second) return "nobody removes themselves";
    if (memberRole(model, actor) === "custodian" && (role === "lead" || role === "recovery"))
      return denied("only a lead removes leads and recovery");
    return role === "lead" && leadCount(model) < 2 ? "a vault keeps at least one lead" : null;
  },
  fold: foldRemoved,
  words: ({ model }, body) => `${memberName(model, body.id)} removed: ${body.reason}`,
  about: (body) => body.id,
});

export const vaultNamed = defineEvent({
  type: "vault.named",
  v: 1,
  body: z.strictObject({ name: z.string().min(1).max(200) }),
  roles: ["lead"],
  home: "roster",
  fold: ({ model }, body) => {
    renameVault(model, body.name);
  },
  words: (_, body) => `Vault named ${body.name}`,
});

function lowers(model: ReadModel, marking: Marking): boolean {
  return lowersMarking(currentMarking(model), marking);
}

export const vaultMarked = defineEvent({
  type: "vault.marked",
  v: 1,
  body: z.strictObject({ marking: markingSchema, reason: z.string().max(1_000) }),
  roles: ["lead", "evaluator", "custodian"],
  home: "roster",
  secondPerson: ({ model }, body) => (lowers(model, body.marking) ? { roles: ["lead"] } : null),
  refusal: ({ model, actor }, body) => {
    if (!lowers(model, body.marking)) return null;
    if (memberRole(model, actor) !== "lead") return denied("only a lead lowers the marking");
    return body.reason.trim() === "" ? "lowering the marking needs a reason" : null;
  },
  fold: ({ model }, body) => {
    setMarking(model, body.marking);
  },
  words: (_, body) => `Marked ${markingWords(body.marking)}${body.reason === "" ? "" : `: ${body.reason}`}`,
});

export const personsSet = defineEvent({
  type: "vault.persons-set",
  v: 1,
  body: z.strictObject({ persons: personsSchema, reason: z.string().max(1_000) }),
  roles: ["lead"],
  home: "roster",
  secondPerson: ({ model }, body) => (body.persons < personsRequired(model) ? { roles: ["lead"] } : null),
  refusal: ({ model }, body) => {
    if (body.persons === personsRequired(model)) return `it is ${String(body.persons)} already`;
    if (body.persons === 2 && leadCount(model) < 2) return "two persons take two leads: add another lead first";
    return body.persons === 1 && body.reason.trim() === "" ? "asking for one person only needs a reason" : null;
  },
  fold: ({ model }, body) => {
    setPersons(model, body.persons);
  },
  words: (_, body) =>
    body.persons === 2 ? "Acts that weigh much take two persons" : `Acts take one person: ${body.reason}`,
});

function kitRefusal({ model, event }: FoldContext, body: { memberId: string; threshold: number; holders: string[] }) {
  if (memberRole(model, body.memberId) !== "recovery") return "its identity is no member with the role recovery";
  if (body.threshold > body.holders.length) return "it takes more shares than there are";
  return memberRole(model, event.by) === "lead" ? null : denied("only a lead makes a recovery kit");
}

/** Shares were handed out: any `threshold` of them open the recovery identity. */
export const recoveryKitMade = defineEvent({
  type: "recovery.kit-made",
  v: 1,
  body: z.strictObject({
    memberId: z.string().max(100),
    threshold: z.int().min(2).max(255),
    holders: z.array(z.string().min(1).max(200)).min(2).max(255),
  }),
  roles: ["lead"],
  home: "roster",
  refusal: kitRefusal,
  fold: insertKit,
  words: (_, body) =>
    `Recovery shares made: any ${String(body.threshold)} of ${String(body.holders.length)} open the vault`,
  about: (body) => body.memberId,
});

export const memberEvents = [memberAdded, memberRemoved, vaultNamed, vaultMarked, personsSet, recoveryKitMade];
