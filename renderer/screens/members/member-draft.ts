import type { Role } from "../../../electron/contract/values.ts";
import { secretBytes } from "../../state/service.ts";

/** A member as they are entered, before they are added. */
export interface MemberDraft {
  readonly name: string;
  readonly label: string;
  readonly role: Role;
  readonly passphrase: string;
  readonly again: string;
}

export function emptyMember(role: Role): MemberDraft {
  return { name: "", label: "", role, passphrase: "", again: "" };
}

const roleNames: Readonly<Record<Role, string>> = {
  lead: "Lead",
  evaluator: "Evaluator",
  custodian: "Custodian",
  auditor: "Auditor",
};

/** "Lead A", "Evaluator B": what the lock screen shows unless another label is given; it says no name. */
export function defaultLabel(role: Role, position: number): string {
  return `${roleNames[role]} ${String.fromCharCode(65 + (position % 26))}`;
}

export const roleOptions = [
  { id: "lead", label: "Lead", detail: "plans, reviews, signs, adds members" },
  { id: "evaluator", label: "Evaluator", detail: "logs and imports" },
  { id: "custodian", label: "Custodian", detail: "keeps keys" },
  { id: "auditor", label: "Auditor", detail: "verifies" },
] as const satisfies readonly { id: Role; label: string; detail: string }[];

export type MemberErrors = Partial<Record<"name" | "passphrase" | "again", string>>;

/** What has to be mended before this member can be added. @param isStrong whether the passphrase is hard enough to guess. */
export function memberErrors(draft: MemberDraft, isStrong: boolean): MemberErrors {
  const errors: MemberErrors = {};
  if (draft.name.trim() === "") errors.name = "Enter a name.";
  if (draft.passphrase === "") errors.passphrase = "Enter a passphrase.";
  else if (!isStrong) errors.passphrase = "Too easy to guess: make it longer.";
  if (draft.again !== draft.passphrase) errors.again = "The two differ.";
  return errors;
}

/** The member for a request. The bytes of the passphrase are the caller's to wipe. */
export function toNewMember(draft: MemberDraft, position: number) {
  return {
    name: draft.name.trim(),
    label: draft.label.trim() === "" ? defaultLabel(draft.role, position) : draft.label.trim(),
    passphrase: secretBytes(draft.passphrase),
  };
}
