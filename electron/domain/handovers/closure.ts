import { z } from "zod";
import type { ContributorKey, HandoverKind } from "../../contract/handover-package.ts";
import { campaignBenchmarkIds, campaignModelVersionIds } from "../campaigns/queries.ts";
import type { EventOrigin, JournalEvent } from "../event.ts";
import type { QueryContext } from "../query-context.ts";
import { number, text, type ReadModel } from "../read-model.ts";
import { findingsOfRuns } from "../findings/state.ts";
import { roundsWithin } from "../reviews/state.ts";
import { runFacts } from "../runs/state.ts";
import { handoverReceivedType, mayTravel, originsOf, receivedBodySchema } from "./origins.ts";

/** What has to go along so that another vault can take a run or a plan: everything that its events rest on. */

/** How an event came into this vault that was made in another. */
export interface Provenance {
  readonly origin: EventOrigin;
  /** The checkpoint that proves its entry. */
  readonly note: string;
  /** Everyone of its vault whom the hand-over named that brought it. */
  readonly contributors: readonly ContributorKey[];
}

/** An event with its place in this journal. */
export interface Packable {
  readonly event: JournalEvent;
  readonly seq: number;
  readonly index: number;
  readonly stamp: number;
  /** Null for an event of this vault. */
  readonly provenance: Provenance | null;
}

interface Subjects {
  readonly runIds: ReadonlySet<string>;
  readonly campaignIds: ReadonlySet<string>;
  readonly benchmarkIds: ReadonlySet<string>;
  readonly versionIds: ReadonlySet<string>;
}

function subjectsOf(model: ReadModel, runIds: readonly string[], campaignIds: readonly string[]): Subjects {
  const runs = runIds.flatMap((id) => runFacts(model, id) ?? []);
  const campaigns = [...campaignIds, ...runs.flatMap(({ campaignId }) => campaignId ?? [])];
  return {
    runIds: new Set(runIds),
    campaignIds: new Set(campaigns),
    benchmarkIds: new Set([
      ...runs.map(({ benchmarkId }) => benchmarkId),
      ...campaigns.flatMap((id) => campaignBenchmarkIds(model, id)),
    ]),
    versionIds: new Set([
      ...runs.map(({ modelVersionId }) => modelVersionId),
      ...campaigns.flatMap((id) => campaignModelVersionIds(model, id)),
    ]),
  };
}

function modelsOf(model: ReadModel, versionIds: ReadonlySet<string>): string[] {
  return [...versionIds].flatMap((id) => {
    const row = model.get("SELECT model_id FROM model_version WHERE id = ?", id);
    return row === undefined ? [] : [text(row, "model_id")];
  });
}

interface Place {
  readonly seq: number;
  readonly index: number;
  readonly stamp: number;
}

function placesAbout(model: ReadModel, ids: readonly string[]): Place[] {
  const sql = "SELECT seq, place, stamp FROM journal WHERE about = ? AND refused IS NULL AND sealed = 0";
  const places = ids.flatMap((id) =>
    model.all(sql, id).map((row) => ({
      seq: number(row, "seq"),
      index: number(row, "place"),
      stamp: number(row, "stamp"),
    })),
  );
  return places.sort((a, b) => a.seq - b.seq || a.index - b.index);
}

const withIdSchema = z.looseObject({ id: z.string() });

/** Versions of the same model that the runs and plans do not name stay. */
function isWanted({ versionIds }: Subjects, kind: HandoverKind, event: JournalEvent): boolean {
  if (!mayTravel(kind, event.type, event.body)) return false;
  if (event.type !== "model.version-added") return true;
  return versionIds.has(withIdSchema.safeParse(event.body).data?.id ?? "");
}

function provenancesOf(batch: readonly JournalEvent[]): readonly (Provenance | null)[] {
  const [head, ...rest] = batch;
  const came = head === undefined ? null : originsOf(head);
  if (head?.type !== handoverReceivedType || came === null) return batch.map(() => null);
  const { contributors, checkpoints } = receivedBodySchema.parse(head.body);
  const known = rest.map((_, place) => {
    const origin = came.origins[place];
    if (origin === undefined) return null;
    const note = checkpoints[origin.entry.checkpoint]?.note ?? "";
    return { origin, note, contributors: contributors.filter(({ vaultId }) => vaultId === origin.vaultId) };
  });
  return [null, ...known];
}

function packables(context: QueryContext, kind: HandoverKind, subjects: Subjects): Packable[] {
  const { model, source } = context;
  const { runIds, campaignIds, benchmarkIds, versionIds } = subjects;
  const rounds = roundsWithin(model, runIds);
  const findings = findingsOfRuns(model, runIds);
  const about = [...modelsOf(model, versionIds), ...benchmarkIds, ...campaignIds, ...runIds, ...rounds, ...findings];
  let seq = -1;
  let batch: readonly JournalEvent[] = [];
  let provenances: readonly (Provenance | null)[] = [];
  return placesAbout(model, [...new Set(about)]).flatMap((place) => {
    if (place.seq !== seq) {
      seq = place.seq;
      batch = source.batch(seq);
      provenances = provenancesOf(batch);
    }
    const event = batch[place.index];
    if (event === undefined || !isWanted(subjects, kind, event)) return [];
    return [{ event, ...place, provenance: provenances[place.index] ?? null }];
  });
}

/** All events that chosen runs rest on, in the journal's order. */
export function closureOfRuns(context: QueryContext, runIds: readonly string[]): Packable[] {
  return packables(context, "runs", subjectsOf(context.model, runIds, []));
}

/** All events that a campaign's plan rests on. */
export function closureOfCampaign(context: QueryContext, campaignId: string): Packable[] {
  return packables(context, "assignment", subjectsOf(context.model, [], [campaignId]));
}

/** A kept file that an event names. */
export interface NamedFile {
  readonly blob: string;
  readonly sha256: string;
  readonly bytes: number;
}

const evidenceSchema = z.looseObject({
  evidence: z.looseObject({ id: z.string(), sha256: z.string(), bytes: z.number() }),
});
const validationSchema = z.looseObject({
  act: z.looseObject({ evidence: z.array(evidenceSchema.shape.evidence) }),
});
const fileSchema = z.looseObject({ blob: z.string(), sha256: z.string(), bytes: z.number() });
const logSchema = z.looseObject({ log: fileSchema.extend({ others: z.array(fileSchema).optional() }) });

/** The files that an event names: the logs of an imported run, the one that it is named after first, or evidence. */
export function filesOf(event: JournalEvent): NamedFile[] {
  if (event.type === "run.imported") {
    const log = logSchema.safeParse(event.body).data?.log;
    return log === undefined ? [] : [log, ...(log.others ?? [])].map(named);
  }
  if (event.type === "finding.validated") {
    const { evidence = [] } = validationSchema.safeParse(event.body).data?.act ?? {};
    return evidence.map((one) => named({ ...one, blob: one.id }));
  }
  if (event.type !== "evidence.attached") return [];
  const evidence = evidenceSchema.safeParse(event.body).data?.evidence;
  return evidence === undefined ? [] : [named({ ...evidence, blob: evidence.id })];
}

function named({ blob, sha256, bytes }: NamedFile): NamedFile {
  return { blob, sha256, bytes };
}
