import type { memberRequests } from "../../contract/members.ts";
import { listKits } from "../../domain/members/recovery-kits.ts";
import type { Handlers } from "../handlers.ts";
import { compartmentsOf, membersOf } from "../member-list.ts";
import {
  addCompartment,
  addMember,
  backupKeys,
  changePassphrase,
  grantCompartment,
  newKeyFile,
  removeMember,
  revokeCompartment,
  rotateCompartment,
} from "../membership.ts";
import { checkShares, makeRecoveryKit, useRecovery } from "../recovery.ts";

export const memberHandlers: Handlers<keyof typeof memberRequests> = {
  "members.list": ({ host }) => membersOf(host.session),
  "members.add": addMember,
  "members.remove": removeMember,
  "members.changePassphrase": async (context, input) => {
    await changePassphrase(context, input);
    return {};
  },
  "members.newKeyFile": ({ host }, { destination }) => newKeyFile(host, destination),
  "members.backupKeys": backupKeys,

  "compartments.list": ({ host }) => compartmentsOf(host.session),
  "compartments.add": addCompartment,
  "compartments.grant": grantCompartment,
  "compartments.revoke": revokeCompartment,
  "compartments.rotate": rotateCompartment,

  "recovery.list": ({ host }) => listKits(host.session.model),
  "recovery.make": makeRecoveryKit,
  "recovery.check": checkShares,
  "recovery.use": useRecovery,
};
