import type { Act, twoPersonRequests } from "../../contract/two-persons.ts";
import { getAct, listActs } from "../../domain/acts/state.ts";
import { actDeclined, actWithdrawn } from "../../domain/event-types.ts";
import { Refusal } from "../../domain/refusal.ts";
import type { Handlers } from "../handlers.ts";
import type { Host } from "../host.ts";
import { confirm } from "../two-persons.ts";

function acted(host: Host, id: string): Act {
  const { model, vault } = host.session;
  const found = getAct(model, id, vault.memberId);
  if (found === null) throw new Refusal("not-found", "the act");
  host.changed();
  host.tellFrame();
  return found;
}

export const twoPersonHandlers: Handlers<keyof typeof twoPersonRequests> = {
  "acts.list": ({ host }) => listActs(host.session.model, host.session.vault.memberId),

  "acts.confirm": async (context, { actId, second }) => {
    await confirm(context, actId, second);
    return acted(context.host, actId);
  },

  "acts.decline": ({ host }, { actId, reason }) => {
    host.session.commit([actDeclined.draft({ id: actId, reason })]);
    return acted(host, actId);
  },

  "acts.withdraw": ({ host }, { actId, reason }) => {
    host.session.commit([actWithdrawn.draft({ id: actId, reason })]);
    return acted(host, actId);
  },
};
