import type { journalRequests } from "../../contract/journal.ts";
import { cosigners } from "../../domain/checkpoints/events.ts";
import { listJournal, journalEvent, readBatch } from "../../domain/journal.ts";
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
    const { plaintext } = host.session.vault.entry(seq);
    const readable = plaintext !== null && readBatch(plaintext) !== null;
    // What is no batch of events is shown as it lies there: it was refused, and somebody wants to see what it is.
    const json = readable
      ? JSON.stringify(host.session.source.event(seq, index), null, 2)
      : new TextDecoder().decode(plaintext ?? undefined);
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
        cosigners: cosigners(model, { size, root: rootHex, note }),
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
