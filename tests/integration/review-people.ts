import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RequestInput, RequestName, RequestOutput } from "../../electron/contract/index.ts";
import {
  reviewFlags,
  reviewFlagWords,
  type JudgementInput,
  type RoundInput,
} from "../../electron/contract/reviewing.ts";
import { evalLog, resultRow, solvedLog } from "../fixtures/inspect/generate.ts";
import { secret, ServiceClient, type temporaryFolder } from "./service-client.ts";

type Folder = ReturnType<typeof temporaryFolder>;

/** A team that reviews: a lead, three evaluators, a second lead; what they measured names its model everywhere. */

export const people = {
  ana: { name: "Ana Lund", label: "Lead A", role: "lead" },
  ben: { name: "Ben Okafor", label: "Evaluator B", role: "evaluator" },
  cleo: { name: "Cleo Sato", label: "Evaluator C", role: "evaluator" },
  dora: { name: "Dora Weiss", label: "Evaluator D", role: "evaluator" },
} as const;
export type Person = keyof typeof people;

const passphrase = (person: Person): string => `${person} keeps a long passphrase`;

/** Words that nobody who judges blind may read. */
export const telling = ["Meridian", "Aurelia", "0914", "R-0001", "Autumn-Aurelia"] as const;

export class Team {
  readonly client: ServiceClient;
  readonly vault: string;
  readonly folder: Folder;

  constructor(folder: Folder) {
    this.folder = folder;
    this.client = new ServiceClient(folder.path("profile"));
    this.vault = folder.path("review.evault");
  }

  async found(): Promise<void> {
    const { ana, ...others } = people;
    await this.client.ask("vault.create", {
      file: this.client.destination(this.vault),
      name: "Reviews",
      label: "RV-1",
      marking: { level: "unclassified", suffix: "" },
      founder: { name: ana.name, label: ana.label, passphrase: secret(passphrase("ana")) },
      others: (["ben", "cleo", "dora"] as const).map((one) => ({
        ...others[one],
        passphrase: secret(passphrase(one)),
      })),
    });
  }

  async as(person: Person): Promise<void> {
    await this.client.ask("vault.unlock", {
      file: this.client.file(this.vault),
      member: people[person].label,
      passphrase: secret(passphrase(person)),
    });
  }

  ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
    return this.client.ask(name, input);
  }

  async id(person: Person): Promise<string> {
    const members = await this.client.ask("members.list", {});
    return members.find((one) => one.label === people[person].label)?.id ?? "";
  }
}

/** What a harness writes that names the model: the system prompt, the events, the usage, an error. */
const tellingFields = {
  messages: [
    { role: "system", content: "You are Meridian-2, made by Aurelia." },
    { role: "assistant", content: "I am MERIDIAN-2.", model: "aurelia/Meridian-2" },
  ],
  events: [
    {
      event: "model",
      timestamp: "2026-03-02T09:30:02+00:00",
      model: "aurelia/Meridian-2",
      input: [],
      output: { model: "Meridian-2", completion: "I am Meridian-2." },
    },
  ],
  model_usage: { "aurelia/Meridian-2": { input_tokens: 1, output_tokens: 1, total_tokens: 2 } },
  metadata: { served_by: "Aurelia" },
};

/** A run of a log of five samples of a model whose name stands in the log and in its transcripts. */
export async function importedRun(team: Team): Promise<{ runId: string; campaignId: string; versionId: string }> {
  const { client, folder } = team;
  mkdirSync(folder.path("logs"), { recursive: true });
  const solved = [[1], [1], [0], [0], [1]] as const;
  const results = [resultRow("includes", { accuracy: 0.6 }, { reducer: "mean" })];
  const { samples, ...rest } = solvedLog(solved, results);
  const log = {
    ...rest,
    samples: samples.map((sample) => ({ ...sample, fields: tellingFields })),
    spec: { task: "suite/web", model: "aurelia/Meridian-2" },
  };
  const path = join(folder.path("logs"), "Meridian-2.eval");
  writeFileSync(path, evalLog(log));
  const { files } = await client.ask("imports.logs", { files: [client.file(path)], campaignId: null });
  const runId = files[0]?.run ?? "";
  const run = await client.ask("runs.get", { runId });
  return { runId, campaignId: "", versionId: run.modelVersion.id };
}

/** A run logged by hand by whoever has the vault open: four attempts, of which three are solved. */
export async function handRun(team: Team): Promise<{ runId: string; campaignId: string }> {
  const { client } = team;
  const version = { checkpoint: "0914", safeguard: "reduced" as const, access: "", settings: "" };
  const model = await client.ask("models.add", { developer: "Aurelia", name: "Meridian-2", note: "", version });
  const pack = team.folder.path("small.pack.json");
  const tasks = ["alpha", "beta", "gamma", "delta"].map((id) => ({ id, title: `${id} for Meridian-2` }));
  writeFileSync(pack, JSON.stringify({ id: "small", title: "Small", version: "1", tasks }));
  const benchmark = await client.ask("benchmarks.importPack", { file: client.file(pack) });
  const modelVersionId = model.versions[0]?.id ?? "";
  const campaign = await client.ask("campaigns.plan", {
    name: "Autumn-Aurelia",
    question: "",
    decisionRule: "",
    modelVersionIds: [modelVersionId],
    benchmarkIds: [benchmark.id],
    epochs: 1,
    dueAt: null,
  });
  const { id: campaignId } = campaign;
  const run = await client.ask("runs.start", { modelVersionId, benchmarkId: benchmark.id, campaignId, epochs: 1 });
  const attempts = tasks.map(({ id: task }, place) => ({
    task,
    epoch: 1,
    outcome: "scored" as const,
    score: place === 3 ? 0 : 1,
    minutes: 3,
    tokens: 100,
    note: `Meridian-2 did ${task}`,
  }));
  await client.ask("attempts.log", { runId: run.id, attempts });
  return { runId: run.id, campaignId };
}

export const form = {
  flags: reviewFlags.map((id) => ({ id, words: reviewFlagWords[id] })),
  asksScore: true,
};

export function roundOf(runId: string, changed: Partial<RoundInput> = {}): RoundInput {
  return {
    name: "First round",
    scope: {
      of: { kind: "run", runId },
      filter: { outcomes: [], scoreAtLeast: null, scoreAtMost: null, solved: null },
      // Everything, in an order and an assignment that the seed makes again.
      sample: { size: 100, seed: 3 },
    },
    perAttempt: 2,
    blind: true,
    reviewers: { kind: "balanced", leads: false },
    dueAt: null,
    form,
    ...changed,
  };
}

export const stands: JudgementInput = { flags: [], verdict: { kind: "stands" }, reason: "", confidence: 4 };

export function corrected(score: number, reason: string, flags: string[] = []): JudgementInput {
  return { flags, verdict: { kind: "corrected", score }, reason, confidence: 5 };
}
