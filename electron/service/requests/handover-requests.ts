import type { Contributor, handoverRequests } from "../../contract/handover.ts";
import { eventsOfContributor, listContributors, listHandovers } from "../../domain/handovers/queries.ts";
import { memberName } from "../../domain/members/queries.ts";
import { keyFingerprint } from "../../handover/index.ts";
import type { Handlers } from "../handlers.ts";
import type { Host } from "../host.ts";
import { card, cardOf } from "../handover/own-card.ts";
import { pack } from "../handover/pack.ts";
import { preview, receive } from "../handover/receive.ts";

function contributors({ session }: Host): Contributor[] {
  return listContributors(session.model).map(({ memberId, name, vaultName, key, accepted, signed }) => ({
    memberId,
    name,
    vaultName,
    key,
    fingerprint: keyFingerprint(key),
    standing: accepted ? "accepted" : "new",
    signed,
    events: eventsOfContributor(session.model, memberId),
  }));
}

export const handoverHandlers: Handlers<keyof typeof handoverRequests> = {
  "handover.card": (context, { destination }) => card(context, destination),

  "handover.readCard": (context, input) => cardOf(context, input.card),

  "handover.pack": (context, input) => pack(context, input),

  "handover.preview": (context, { file }) => preview(context, file),

  "handover.receive": (context, input) => receive(context, input),

  "handover.list": ({ host }) => ({
    handovers: listHandovers(host.session.model).map(({ by, peer, seq, ...one }) => ({
      ...one,
      byName: memberName(host.session.model, by),
      peer: { name: peer.name, vaultName: peer.vaultName, fingerprint: keyFingerprint(peer.key) },
      entry: seq,
    })),
    contributors: contributors(host),
  }),
};
