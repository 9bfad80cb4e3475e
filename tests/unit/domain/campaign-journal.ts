import { createHash } from "node:crypto";
import { expect } from "vitest";
import type { OutcomeState } from "../../../electron/contract/attempt.ts";
import type { Deviation } from "../../../electron/contract/planning.ts";
import { noElicitation, noLimits, type AttemptLimits, type Elicitation } from "../../../electron/contract/protocol.ts";
import { toColumns } from "../../../electron/domain/attempts/columns.ts";
import { notRun } from "../../../electron/domain/attempts/rows.ts";
import { addBenchmark } from "../../../electron/domain/benchmarks/commands.ts";
import { registerPlan } from "../../../electron/domain/campaigns/commands.ts";
import { campaignDeviations } from "../../../electron/domain/campaigns/deviations.ts";
import { campaignPlanned } from "../../../electron/domain/campaigns/events.ts";
import type { Draft } from "../../../electron/domain/event.ts";
import { memberAdded } from "../../../electron/domain/members/events.ts";
import { addModel, addModelVersion } from "../../../electron/domain/models/commands.ts";
import { runImported, runStateChanged } from "../../../electron/domain/runs/events.ts";
import { MemoryJournal } from "./memory-journal.ts";

/** A campaign in a journal in memory, whose runs are taken in as logs. */

export const lead = "aa".repeat(16);

export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

export interface Ended {
  readonly task: string;
  readonly epoch?: number;
  readonly outcome?: OutcomeState;
  readonly score?: number | null;
}

interface LoggedRun {
  readonly version: string;
  readonly benchmark: string;
  readonly attempts: readonly Ended[];
  readonly epochs?: number;
  /** Tasks that the log says it planned; absent: those of its attempts. */
  readonly planned?: readonly string[];
  readonly createdAt?: number;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly format?: string;
}

export interface PlanGiven {
  readonly epochs?: number;
  readonly dueAt?: number;
  readonly modelVersionIds?: string[];
  readonly limits?: Partial<AttemptLimits>;
  readonly elicitation?: Partial<Elicitation>;
}

const model = { developer: "Acme", name: "Meridian-2", note: "" };
const version = { safeguard: "reduced" as const, access: "", settings: "" };

export class CampaignJournal extends MemoryJournal {
  readonly versions: readonly string[];
  campaignId = "";
  #logs = 0;

  /** A lead, and a model of two versions. */
  constructor() {
    super();
    this.stands(memberAdded.draft({ id: lead, name: "Lena", label: "Lead A", role: "lead" }));
    const added = addModel(this.model, { ...model, version: { ...version, checkpoint: "0914" } }, this.newId);
    added.drafts.forEach((draft) => {
      this.stands(draft);
    });
    const second = { modelId: added.modelId, version: { ...version, checkpoint: "1002" } };
    addModelVersion(this.model, second, this.newId).forEach((draft) => {
      this.stands(draft);
    });
    this.versions = this.model.all("SELECT id FROM model_version ORDER BY rowid").map((row) => String(row.id));
  }

  get now(): number {
    return 1_700_000_000_000 + this.events.length * 1_000;
  }

  stands(draft: Draft): void {
    expect(this.add(draft, lead)).toBeNull();
  }

  benchmark(
    pack: string,
    tasks: readonly string[],
    given: { version?: string; origin?: "file" | "log"; cluster?: (task: string) => string | null } = {},
  ): string {
    const { version: packVersion = "1", origin = "file", cluster = () => null } = given;
    const fields = { category: null, difficulty: null, humanMinutes: null, cve: null, points: null };
    const added = addBenchmark(
      this.model,
      {
        pack,
        title: `Pack ${pack}`,
        version: packVersion,
        digest: sha256(`${pack} ${packVersion} ${tasks.join(" ")}`),
        origin,
        licence: null,
        source: null,
        scoring: null,
        notes: [],
        rule: { direction: "higher", threshold: 1 },
        tasks: tasks.map((id) => ({ id, title: id, ...fields, cluster: cluster(id) })),
      },
      this.newId,
    );
    added.drafts.forEach((draft) => {
      this.stands(draft);
    });
    return added.benchmarkId;
  }

  plan(benchmarkIds: string[], given: PlanGiven = {}): void {
    this.campaignId = this.newId();
    const { epochs = 1, dueAt = null, modelVersionIds = this.versions.slice(0, 1) } = given;
    const words = { name: "Autumn", question: "", decisionRule: "" };
    const limits = { ...noLimits, ...given.limits };
    const elicitation = { ...noElicitation, ...given.elicitation };
    const plan = { id: this.campaignId, ...words, modelVersionIds, benchmarkIds, epochs, dueAt };
    this.stands(campaignPlanned.draft({ ...plan, limits, elicitation }));
  }

  register(): void {
    registerPlan(this.model, this.campaignId, sha256).forEach((draft) => {
      this.stands(draft);
    });
  }

  /** Takes a log into the campaign; answers with the run's id. */
  log(run: LoggedRun): string {
    this.#logs += 1;
    const id = this.newId();
    const attempts = run.attempts.map(({ task, epoch = 1, outcome = "scored", score = 0 }) => ({
      ...notRun(task, epoch, null),
      outcome,
      score,
    }));
    this.stands(
      runImported.draft({
        id,
        modelVersionId: run.version,
        benchmarkId: run.benchmark,
        campaignId: this.campaignId,
        epochs: run.epochs ?? 1,
        log: {
          fileName: "a.eval",
          sha256: sha256(`log ${String(this.#logs)}`),
          bytes: 1,
          blob: "blob",
          format: run.format ?? "inspect",
          formatVersion: 2,
          harness: "inspect_ai",
          status: "success",
          salvaged: false,
          task: "suite/small",
          model: "acme/meridian",
          evalId: "e",
          createdAt: run.createdAt ?? null,
          settings: JSON.stringify(run.settings ?? {}),
          lost: [],
          notes: [],
        },
        plannedTasks: run.planned === undefined ? null : [...run.planned],
        metrics: [],
        attempts: toColumns(attempts),
      }),
    );
    return id;
  }

  state(runId: string, ...states: ("accepted" | "rejected" | "withdrawn" | "in-review")[]): void {
    for (const state of states) this.stands(runStateChanged.draft({ runId, state, reason: "because" }));
  }

  deviations(now = this.now): Deviation[] {
    return campaignDeviations(this, this.campaignId, { now, sha256 });
  }
}
