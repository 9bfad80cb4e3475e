import type { ReactNode } from "react";
import type { Role } from "../../../electron/contract/values.ts";
import { PasswordField, Select, TextField } from "../../parts/index.ts";
import "./members.css";
import { defaultLabel, roleOptions, type MemberDraft, type MemberErrors } from "./member-draft.ts";

interface MemberFieldsProps {
  readonly value: MemberDraft;
  readonly onChange: (draft: MemberDraft) => void;
  readonly errors: MemberErrors;
  /** Which member of the vault it will be, from 0: the label proposed is made of it. */
  readonly position: number;
  /** Roles to choose from; the role is fixed where left out. */
  readonly roles?: readonly Role[];
  readonly related: readonly string[];
  readonly autoFocus?: boolean;
}

/** Name, outer label, role and a passphrase of their own. */
export function MemberFields(props: MemberFieldsProps): ReactNode {
  const { value, onChange, errors, position, roles, related } = props;
  const put = (part: Partial<MemberDraft>): void => {
    onChange({ ...value, ...part });
  };
  return (
    <>
      {roles === undefined ? null : (
        <Select
          label="Role"
          options={roleOptions.filter((option) => roles.includes(option.id))}
          value={value.role}
          onChange={(role) => {
            put({ role });
          }}
        />
      )}
      <div className="row even member-names">
        <TextField
          label="Name"
          value={value.name}
          onChange={(name) => {
            put({ name });
          }}
          error={errors.name}
          description="Kept inside the vault."
          autoFocus={props.autoFocus}
          maxLength={200}
        />
        <TextField
          label="Label on the lock screen"
          value={value.label}
          onChange={(label) => {
            put({ label });
          }}
          placeholder={defaultLabel(value.role, position)}
          description="Anyone with the file can read it."
          maxLength={200}
        />
      </div>
      <PasswordField
        label="Passphrase"
        kind="new"
        meter
        related={[...related, value.name, value.label]}
        value={value.passphrase}
        onChange={(passphrase) => {
          put({ passphrase });
        }}
        error={errors.passphrase}
      />
      <PasswordField
        label="Passphrase again"
        kind="new"
        value={value.again}
        onChange={(again) => {
          put({ again });
        }}
        error={errors.again}
      />
    </>
  );
}
