import { describe, expect, it } from "vitest";
import type { Draft, JournalEvent, Proofs } from "../../../electron/domain/event.ts";
import { closureOfRuns, type Packable } from "../../../electron/domain/handovers/closure.ts";
import { receivedBodySchema, type ReceivedBody } from "../../../electron/domain/handovers/origins.ts";
import { benchmarkAdded } from "../../../electron/domain/benchmarks/events.ts";
import { modelAdded, modelVersionAdded } from "../../../electron/domain/models/events.ts";
import { startRun } from "../../../electron/domain/runs/commands.ts";
import { runStateChanged } from "../../../electron/domain/runs/events.ts";
import { headOf, MemoryVault } from "./memory-vault.ts";

/** What a changed program might write of a hand-over: the fold refuses it, whoever reads the journal. */

let clock = 1_760_000_000_000;
const tick = (): number => (clock += 1_000);
const bare = { category: null, difficulty: null, humanMinutes: null, cve: null, points: null, cluster: null };
const pack = { licence: null, source: null, scoring: null, notes: [], digest: "", version: "1" };

function sender(): { vault: MemoryVault; runId: string; events: Packable[] } {
  const vault = new MemoryVault("eva", "a", tick);
  const runId = vault.newId();
  const tasks = [{ id: "x", title: "x", ...bare }];
  const rule = { direction: "higher" as const, threshold: 1 };
  for (const draft of [
    modelAdded.draft({ id: "m", developer: "Acme", name: "M", note: "", origin: "hand" }),
    modelVersionAdded.draft({ id: "v", modelId: "m", checkpoint: "1", safeguard: "reduced", access: "", settings: "" }),
    benchmarkAdded.draft({ id: "b", pack: "p", title: "B", origin: "file", ...pack, rule, tasks }),
  ]) {
    expect(vault.add(draft)).toBeNull();
  }
  const cell = { modelVersionId: "v", benchmarkId: "b", campaignId: null, epochs: 1 };
  expect(vault.add(startRun(vault.model, cell, runId))).toBeNull();
  return { vault, runId, events: closureOfRuns(vault, [runId]) };
}

interface Written {
  readonly head: Draft;
  readonly events: readonly JournalEvent[];
}

/** What a hand-over writes, changed before it is written; answers with what was refused. */
function write(change: (written: Written, body: ReceivedBody) => Written, proofs: Partial<Proofs> = {}): string[] {
  const { vault, events } = sender();
  const lead = new MemoryVault("lena", "f", tick, proofs);
  const head = headOf(vault, 4, events);
  const body = receivedBodySchema.parse(head.body);
  const { head: changed, events: written } = change({ head, events: events.map(({ event }) => event) }, body);
  return lead.write(changed, written);
}

const withBody = (written: Written, body: ReceivedBody): Written => ({ ...written, head: { ...written.head, body } });

describe("the fold of a hand-over", () => {
  it("takes what was handed over", () => {
    expect(write((written) => written)).toEqual([]);
  });

  it("refuses events whose signatures are wrong, and all of them where the entries are not proved", () => {
    const wrong = write((written) => written, { claimHolds: () => false });
    expect(new Set(wrong)).toEqual(new Set(["the signature that came with it is wrong"]));
    const unproved = write((written) => written, { entriesHold: () => false });
    expect(unproved[0]).toBe("what should prove its events does not");
    expect(new Set(unproved.slice(1))).toEqual(new Set(["the hand-over that it came with does not stand"]));
  });

  it("refuses a signer whom nobody here accepted", () => {
    const refused = write((written, body) => withBody(written, { ...body, accepted: [] }));
    expect(refused[0]).toMatch(/nobody here has accepted/);
  });

  it("refuses an event without a claim of its own, and one under another's name", () => {
    const more = write((written) => ({
      ...written,
      events: [
        ...written.events,
        { id: "one-more-event", type: "run.started", v: 1, at: 0, by: "f".repeat(32), body: {} },
      ],
    }));
    expect(more).toEqual(["the hand-over that it came with does not stand"]);
    const renamed = write((written) => ({
      ...written,
      events: written.events.map((one) => ({ ...one, by: "f".repeat(32) })),
    }));
    expect(new Set(renamed)).toEqual(new Set(["it is not by the member of another vault that it names"]));
  });

  it.each<[string, unknown]>([
    ["member.added", { id: "e".repeat(32), name: "Mallory", label: "M", role: "lead" }],
    ["vault.named", { name: "Mine" }],
    ["report.signed", {}],
    ["handover.received", {}],
    ["run.state-changed", { runId: "r", state: "accepted", reason: "" }],
  ])("takes no %s from another vault", (type, body) => {
    const refused = write((written) => ({
      ...written,
      events: written.events.map((one, at) => (at === written.events.length - 1 ? { ...one, type, body } : one)),
    }));
    expect(refused).toEqual([`${type} is not taken from other vaults`]);
  });

  it("takes no run with an assignment", () => {
    const refused = write((written, body) => withBody(written, { ...body, kind: "assignment" }));
    expect(refused).toEqual(["run.started is not taken from other vaults"]);
  });

  it("refuses another root at a size that was seen, and another key for a contributor", () => {
    const { vault, events } = sender();
    const lead = new MemoryVault("lena", "f", tick);
    expect(
      lead.write(
        headOf(vault, 4, events),
        events.map(({ event }) => event),
      ),
    ).toEqual([]);
    const head = headOf(vault, 4, []);
    const body = receivedBodySchema.parse(head.body);
    const root = Buffer.alloc(32, 7).toString("base64");
    const checkpoints = body.checkpoints.map((one) => ({ ...one, note: `evalvault/${one.vaultId}\n4\n${root}\n` }));
    expect(lead.write({ ...head, body: { ...body, checkpoints } }, [])[0]).toMatch(/history of the vault/);
    const key = "9".repeat(64);
    const contributors = body.contributors.map((one) => ({ ...one, key }));
    expect(lead.write({ ...head, body: { ...body, contributors, accepted: [key] } }, [])[0]).toMatch(/another key/);
    const own = body.contributors.map((one) => ({ ...one, memberId: lead.memberId }));
    const stolen = { ...body, contributors: own, sender: lead.memberId };
    expect(lead.write({ ...head, body: stolen }, [])[0]).toMatch(/member of this vault another key/);
  });

  it("keeps an accepted run as it was accepted", () => {
    const { vault, runId, events } = sender();
    const lead = new MemoryVault("lena", "f", tick);
    expect(lead.take({ from: vault, size: 4, events })).toEqual([]);
    for (const state of ["running", "logged", "accepted"] as const) {
      expect(lead.add(runStateChanged.draft({ runId, state, reason: "" }))).toBeNull();
    }
    expect(vault.add(runStateChanged.draft({ runId, state: "withdrawn", reason: "because" }))).toBeNull();
    const refused = lead.take({ from: vault, size: 5, events: closureOfRuns(vault, [runId]) });
    expect(refused).toEqual(["the run was accepted here: take it back into review first"]);
  });
});
