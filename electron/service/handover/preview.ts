import type { HandedRun, HandoverPreview, Newness } from "../../contract/handover.ts";
import type { ContributorKey } from "../../contract/handover-package.ts";
import { benchmarkWords } from "../../domain/benchmarks/queries.ts";
import { campaignName } from "../../domain/campaigns/queries.ts";
import type { Folded } from "../../domain/event.ts";
import { subjectOf } from "../../domain/handovers/homes.ts";
import { modelVersionExists, modelVersionWords } from "../../domain/models/queries.ts";
import { memberName } from "../../domain/members/queries.ts";
import type { QueryContext } from "../../domain/query-context.ts";
import { text, type ReadModel } from "../../domain/read-model.ts";
import { Refusal } from "../../domain/refusal.ts";
import { getRun } from "../../domain/runs/queries.ts";
import { keyFingerprint, type Manifest, type PackedEvent } from "../../handover/index.ts";
import type { OpenSession } from "../open-session.ts";
import { batchOf, standingOf, standingOfKey, strangers, type Arrival, type Group } from "./arrival.ts";

/** What receiving would do, tried on the read model and undone; and which of the new events would stand. */
export interface Tried {
  readonly preview: HandoverPreview;
  readonly standing: readonly Group[];
}

function contributorOf(session: OpenSession, { events }: Manifest, one: ContributorKey): HandoverPreview["sender"] {
  const { memberId, name, vaultName, key } = one;
  return {
    memberId,
    name,
    vaultName,
    key,
    fingerprint: keyFingerprint(key),
    standing: standingOfKey(session, memberId, key),
    signed: events.some(({ claim }) => claim.signer === key),
    events: events.filter(({ claim }) => claim.author === key).length,
  };
}

function people(session: OpenSession, manifest: Manifest): Pick<HandoverPreview, "sender" | "others"> {
  const { contributors, sender, vault } = manifest;
  const isSender = (one: ContributorKey): boolean => one.memberId === sender && one.vaultId === vault.id;
  const all = contributors.map((one) => ({ isSender: isSender(one), shown: contributorOf(session, manifest, one) }));
  const found = all.find((one) => one.isSender);
  if (found === undefined) throw new Error("a package without a sender was read");
  return {
    sender: found.shown,
    others: all.filter((one) => !one.isSender && (one.shown.events > 0 || one.shown.signed)).map(({ shown }) => shown),
  };
}

/** Why the whole of it is refused, where it is. */
function requireHeads(results: readonly (readonly Folded[])[], manifest: Manifest): void {
  for (const [head] of results) {
    if (head?.stands === false) throw new Refusal("handover-invalid", manifest.vault.name, `${head.reason}.`);
  }
}

/** Which runs, models … of the package were here before it. */
interface Before {
  readonly has: (type: string, id: string) => boolean;
  readonly codes: ReadonlyMap<string, string>;
}

function before(model: ReadModel, events: readonly PackedEvent[]): Before {
  const ids = new Set(events.flatMap(({ event }) => subjectOf(event).id ?? []));
  const there = new Set<string>();
  const codes = new Map<string, string>();
  for (const id of ids) {
    for (const table of ["model_version", "benchmark", "campaign", "run"]) {
      if (model.get(`SELECT 1 AS n FROM ${table} WHERE id = ?`, id) !== undefined) there.add(`${table}/${id}`);
    }
    const run = model.get("SELECT code FROM run WHERE id = ?", id);
    if (run !== undefined) codes.set(id, text(run, "code"));
  }
  return { has: (table, id) => there.has(`${table}/${id}`), codes };
}

function newnessOf(wasHere: boolean, newEvents: number): Newness {
  if (!wasHere) return "new";
  return newEvents > 0 ? "changed" : "known";
}

/** Things that the package makes by an event of this type, in its order. */
function made(events: readonly PackedEvent[], types: readonly string[]): string[] {
  return events.filter(({ event }) => types.includes(event.type)).flatMap(({ event }) => subjectOf(event).id ?? []);
}

function runOf(context: QueryContext, id: string, newEvents: number, was: Before): HandedRun | null {
  const run = getRun(context, id);
  if (run === null) return null;
  const twin = context.model.get(
    `SELECT code FROM run_log own JOIN run_log other ON other.log_key = own.log_key JOIN run twin ON twin.id = other.run
     WHERE own.run = ? AND twin.id <> ? AND twin.undone = 0 ORDER BY twin.number LIMIT 1`,
    id,
    id,
  );
  return {
    id,
    code: was.codes.get(id) ?? null,
    model: run.modelVersion.words,
    benchmark: run.benchmark.title,
    campaign: run.campaign?.name ?? null,
    newness: newnessOf(was.codes.has(id), newEvents),
    newEvents,
    planned: run.ledger.planned,
    run: run.ledger.planned - run.ledger.notRun,
    state: run.state,
    sameLogAs: twin === undefined ? null : text(twin, "code"),
  };
}

function things(
  context: QueryContext,
  arrival: Arrival,
  was: Before,
): Pick<HandoverPreview, "models" | "benchmarks" | "campaigns" | "runs"> {
  const { model } = context;
  const { events } = arrival.checked.manifest;
  const fresh = events.filter(({ event }) => arrival.fresh.has(event.id));
  const about = (match: (one: PackedEvent) => boolean): number => fresh.filter(match).length;
  const versions = made(events, ["model.version-added"]).filter((id) => modelVersionExists(model, id));
  const named = (table: string, id: string, words: string, newEvents = 0) => ({
    id,
    words,
    newness: newnessOf(was.has(table, id), newEvents),
  });
  return {
    models: versions.map((id) => named("model_version", id, modelVersionWords(model, id))),
    benchmarks: made(events, ["benchmark.added"]).map((id) => {
      const { title, version } = benchmarkWords(model, id);
      const found = about(({ event }) => event.type === "benchmark.tasks-found" && hasBenchmark(event.body, id));
      return named("benchmark", id, `${title} ${version}`.trim(), found);
    }),
    campaigns: made(events, ["campaign.planned"]).map((id) => {
      const registered = about(
        ({ event }) => event.type === "campaign.registered" && subjectOf(event).campaignId === id,
      );
      return named("campaign", id, campaignName(model, id) ?? id, registered);
    }),
    runs: made(events, ["run.started", "run.imported"]).flatMap(
      (id) =>
        runOf(
          context,
          id,
          about(({ event }) => subjectOf(event).runId === id),
          was,
        ) ?? [],
    ),
  };
}

function hasBenchmark(body: unknown, id: string): boolean {
  return typeof body === "object" && body !== null && "benchmarkId" in body && body.benchmarkId === id;
}

function heldBack(
  model: ReadModel,
  groups: readonly Group[],
  results: readonly (readonly Folded[])[],
): HandoverPreview["heldBack"] {
  return groups.flatMap(({ events }, group) =>
    events.flatMap(({ event }, place) => {
      const folded = results[group]?.[place + 1];
      if (folded === undefined || folded.stands) return [];
      const { runId, campaignId, id } = subjectOf(event);
      const about = runId ?? campaignId ?? id;
      return [{ type: event.type, about, by: memberName(model, event.by), at: event.at, reason: folded.reason }];
    }),
  );
}

function standingGroups(groups: readonly Group[], results: readonly (readonly Folded[])[]): Group[] {
  return groups
    .map(({ compartment, events }, group) => ({
      compartment,
      events: events.filter((_, place) => results[group]?.[place + 1]?.stands === true),
    }))
    .filter(({ events }) => events.length > 0);
}

/** Tries a package on the vault. @throws Refusal where the whole of it may not stand */
export function tryArrival(session: OpenSession, arrival: Arrival): Tried {
  const { checked, groups, fresh } = arrival;
  const { manifest, checkpoints } = checked;
  const unknown = strangers(session, manifest);
  // In a trial every signer counts as accepted: what is asked is what accepting them would bring.
  const batches = groups.map((group) => batchOf(manifest, group, unknown));
  const was = before(session.model, manifest.events);
  const shown = people(session, manifest);
  const checkpoint = {
    size: checkpoints[0]?.size ?? 0,
    root: checkpoints[0]?.root ?? "",
    standing: standingOf(session, checked),
  };
  return session.trial(batches, (context, results) => {
    requireHeads(results, manifest);
    const { id, kind, at, marking, vault, events, blobs } = manifest;
    const bytes = blobs.filter(({ sha256 }) => arrival.files.has(sha256)).reduce((sum, { size }) => sum + size, 0);
    const preview: HandoverPreview = {
      packageId: id,
      kind,
      packedAt: at,
      marking,
      vault,
      ...shown,
      newContributor: unknown.length > 0,
      checkpoint,
      ...things(context, arrival, was),
      events: { total: events.length, new: fresh.size, known: events.length - fresh.size },
      heldBack: heldBack(context.model, groups, results),
      evidence: { files: arrival.files.size, bytes },
    };
    return { preview, standing: standingGroups(groups, results) };
  });
}
