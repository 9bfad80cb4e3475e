import { describe, expect, it } from "vitest";
import { evalLog, jsonLog, member, type LogToWrite } from "../../fixtures/inspect/generate.ts";
import { runOf } from "../../fixtures/inspect/read-back.ts";

const provenance = { timestamp: "2026-04-01T00:00:00+00:00", author: "Ingrid", reason: "sorting" };
const tagEdit = (add: readonly string[], remove: readonly string[]) => ({
  edits: [{ type: "tags", tags_add: add, tags_remove: remove }],
  provenance,
});
const samples = [{ id: "a", scores: { includes: "C" } }];
const both = (log: LogToWrite): Uint8Array[] => [jsonLog(log), evalLog(log)];

describe("what was changed of a log after it began", () => {
  it("tags are those of its start with every edit in order, whatever the copy in the header says", async () => {
    const log: LogToWrite = {
      samples,
      spec: { tags: ["first", "old"] },
      fields: { tags: ["stale"], log_updates: [tagEdit(["new"], ["old"]), tagEdit(["old", "last"], ["last"])] },
    };
    for (const bytes of both(log)) {
      const run = await runOf(bytes);
      expect(run.tags).toEqual(["first", "last", "new", "old"]);
      expect(run.notes).toContain("Tags or metadata of the log were edited 2 times, last by Ingrid (sorting).");
    }
  });

  it("tags without edits are the header's, else those of its start", async () => {
    expect((await runOf(jsonLog({ samples, spec: { tags: ["a"] } }))).tags).toEqual(["a"]);
    expect((await runOf(jsonLog({ samples, spec: { tags: ["a"] }, fields: { tags: ["a", "b"] } }))).tags).toEqual([
      "a",
      "b",
    ]);
  });

  const raised = { config: "eval", name: "token_limit", value: 10_000, previous: 5_000 };
  const cleared = { config: "generate", name: "temperature", value: null, cleared: true, previous: 1 };
  const said =
    "Settings were changed during the run: token_limit from 5000 to 10000; temperature back to what it was launched with.";

  it("settings that changed during the run are named with what they were and became", async () => {
    const updates = [{ changes: [raised, cleared], scope: "task", provenance }];
    for (const bytes of both({ samples, fields: { config_updates: updates } })) {
      expect((await runOf(bytes)).notes).toContain(said);
    }
  });

  it("settings that changed are read from the journal while the log is in progress, in their order", async () => {
    const update = (change: unknown) => ({ changes: [change], scope: "task", provenance });
    const extra = [
      member("_journal/config_updates/10.json", update(cleared)),
      member("_journal/config_updates/2.json", update(raised)),
      member("_journal/config_updates/3.json", "{"),
    ];
    const run = await runOf(evalLog({ samples }, { inProgress: true, extra }));
    expect(run.notes).toContain(said);
  });

  it("anything in their place is nothing", async () => {
    for (const value of [null, 1, "x", {}, [1, null, { edits: 3, changes: [{ name: 5 }, null] }]]) {
      const run = await runOf(jsonLog({ samples, fields: { log_updates: value, config_updates: value, tags: value } }));
      expect(run.tags).toEqual([]);
      expect(run.notes.filter((note) => note.startsWith("Settings"))).toEqual([]);
    }
  });

  it("scores of several parts are counted in a note", async () => {
    const parted = [
      { id: "a", scores: { parts: { value: { found: 1, fixed: 0 } } } },
      { id: "b", scores: { parts: { value: [1, 0] } } },
    ];
    const run = await runOf(jsonLog({ samples: parted }));
    expect(run.notes).toContain(
      "2 attempts have a score that is no single number; it is kept as it is, and counts as unscored.",
    );
    expect(run.attempts.map(({ score, scores }) => [score, scores[0]?.value])).toEqual([
      [null, { found: 1, fixed: 0 }],
      [null, [1, 0]],
    ]);
  });
});
