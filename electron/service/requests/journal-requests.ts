import type { journalRequests } from "../../contract/journal.ts";
import { cosigners } from "../../domain/checkpoints/events.ts";
import { listJournal, journalEvent } from "../../domain/journal.ts";
import { memberName } from "../../domain/members/queries.ts";
import { Refusal } from "../../domain/refusal.ts";
import { anchorsOf } from "../anchors.ts";
import type { Handlers } from "../handlers.ts";
import { checkCheckpoint, consistency, cosign, saveCheckpoint, saveProof } from "../checkpoints.ts";

export const journalHandlers: Handlers<keyof typeof journalRequests> = {
  "journal.list": ({ host }, page) => listJournal(host.session.model, page),

  "journal.event": ({ host }, { seq, index }) => {
    const event = journalEvent(host.session.model, seq, index);
    if (event === null) throw new Refusal("not-found", `entry ${String(seq)}`);
    if (event.sealed) return { event, json: "" };
    const json = JSON.stringify(host.session.source.event(seq, index), null, 2);
    return { event, json: json.slice(0, 200_000) };
  },

  "journal.checkpoints": ({ host }, { offset, limit }) => {
    const { model, vault } = host.session;
    const total = vault.checkpointCount();
    const last = Math.max(0, total - offset);
    const page = vault.checkpoints(Math.max(1, last - limit + 1), Math.min(limit, last));
    return {
      total,
      checkpoints: [...page].reverse().map(({ size, rootHex, signer, note }) => ({
        size,
        root: rootHex,
        signer,
        signerName: memberName(model, signer),
        cosigners: cosigners(model, size, rootHex),
        note,
      })),
    };
  },

  "journal.cosign": cosign,
  "journal.saveCheckpoint": ({ host }, { destination }) => saveCheckpoint(host, destination),
  "journal.checkCheckpoint": ({ host }, { file }) => checkCheckpoint(host, file),
  "journal.anchors": ({ host }) => anchorsOf(host.profile, host.session.vault, host.session.model),
  "journal.saveProof": ({ host }, { seq, destination }) => saveProof(host, seq, destination),
  "journal.consistency": ({ host }, { from, to }) => consistency(host, from, to),
};
