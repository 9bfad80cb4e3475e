import { useState, type ReactNode } from "react";
import type { Member } from "../../electron/contract/members.ts";
import type { MemberRole } from "../../electron/contract/values.ts";
import type { PresentSecond } from "../../electron/contract/two-persons.ts";
import { FileChoiceField, PasswordField, Select } from "../parts/index.ts";
import { useFileChoice, type FileChoice } from "../state/file-choice.ts";
import { secretBytes, useQuery } from "../state/service.ts";

/** Somebody else who is at this workstation: which member, their passphrase, their key file where they have one. */
export interface PresentSecondState {
  readonly candidates: readonly Member[];
  readonly member: Member | null;
  readonly choose: (id: string) => void;
  readonly passphrase: string;
  readonly setPassphrase: (passphrase: string) => void;
  readonly keyFile: FileChoice;
  /** What is still missing, once something was tried; null when nothing is. */
  readonly missing: string | null;
}

export interface SecondPersonRule {
  /** Roles that may be the second person; anyone's where left out. */
  readonly roles?: readonly MemberRole[] | undefined;
  /** A member who cannot be: whom the act is about. */
  readonly apart?: string | undefined;
}

function missingWords(member: Member | null, passphrase: string, keyFile: FileChoice): string | null {
  if (member === null) return "There is nobody else in this vault who could.";
  if (passphrase === "") return "Their passphrase is missing.";
  return member.slot?.keyFile === true && keyFile.files.length === 0 ? "Their key file is missing." : null;
}

/** Fills in who the second person is; candidates are the others who may be it. */
export function usePresentSecond({ roles, apart }: SecondPersonRule = {}): PresentSecondState {
  const members = useQuery("members.list", {});
  const state = useQuery("vault.state", {});
  const [chosen, setChosen] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState("");
  const keyFile = useFileChoice({ title: "Key file of the second person", multiple: false });
  const self = state.status === "ready" && state.data.open ? state.data.member.id : null;
  const candidates = (members.status === "ready" ? members.data : []).filter(
    ({ id, current, role }) =>
      current && role !== "recovery" && id !== self && id !== apart && (roles?.includes(role) ?? true),
  );
  const member = candidates.find(({ id }) => id === chosen) ?? candidates[0] ?? null;
  const missing = missingWords(member, passphrase, keyFile);
  return { candidates, member, choose: setChosen, passphrase, setPassphrase, keyFile, missing };
}

/** The second person as a request wants them; null where something is missing. The passphrase is to be wiped once sent. */
export function toPresentSecond({ member, passphrase, keyFile, missing }: PresentSecondState): PresentSecond | null {
  if (missing !== null || member === null) return null;
  const [file] = keyFile.files;
  const withFile = member.slot?.keyFile === true && file !== undefined ? { keyFile: file.handle } : {};
  return { kind: "present", member: member.id, passphrase: secretBytes(passphrase), ...withFile };
}

/** Fields for {@link usePresentSecond}. */
export function PresentSecondFields({ state }: { readonly state: PresentSecondState }): ReactNode {
  const { candidates, member, keyFile } = state;
  if (candidates.length === 0) return <p className="ink2">There is nobody else in this vault who could confirm it.</p>;
  return (
    <>
      <Select
        label="Second person"
        options={candidates.map(({ id, name, role }) => ({ id, label: name, detail: role }))}
        value={member?.id ?? null}
        onChange={state.choose}
      />
      <PasswordField label="Their passphrase" value={state.passphrase} onChange={state.setPassphrase} />
      {member?.slot?.keyFile === true ? (
        <FileChoiceField label="Their key file" hint="The file that they unlock with" choice={keyFile} />
      ) : null}
    </>
  );
}
