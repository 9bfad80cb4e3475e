import { mkdirSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { evalLog, jsonLog, type LogToWrite } from "../../fixtures/inspect/generate.ts";
import { callFiles } from "../../fixtures/lm-evaluation-harness/generate.ts";
import { createVaultFor, ServiceClient, temporaryFolder } from "../service-client.ts";

/** However a pile of files is taken in, at once or in pieces, in whatever order: the numbers are the same. */

const folder = temporaryFolder();
const client = new ServiceClient(folder.path("profile"));
const ids = ["a", "b", "c"];

function log(evaluation: string, hour: number, more: Partial<LogToWrite>): LogToWrite {
  const created = `2026-03-01T1${String(hour)}:00:00+00:00`;
  return {
    sampleIds: ids,
    results: null,
    ...more,
    samples: more.samples ?? [],
    spec: { task_id: evaluation, created },
  };
}

const error = { error: { message: "boom", traceback: "", traceback_ansi: "" } };
const solved = (id: string, value: string) => ({ id, scores: { includes: value } });

const files: readonly [name: string, bytes: string | Uint8Array][] = [
  [
    "1.json",
    jsonLog(log("evaluation-1", 1, { status: "error", samples: [solved("a", "C"), { id: "b", fields: error }] })),
  ],
  ["2.eval", evalLog(log("evaluation-1", 2, { status: "cancelled", samples: [solved("b", "C")] }))],
  ["3.eval", evalLog(log("evaluation-1", 3, { samples: [solved("a", "I"), solved("c", "I")] }))],
  ["4.eval", evalLog(log("evaluation-2", 1, { samples: ids.map((id) => solved(id, "C")) }))],
  ...callFiles({ model: "m", tasks: [{ name: "arc", filters: { none: { acc: [0, 1, 1] } } }] }),
];

beforeAll(async () => {
  await createVaultFor(client, folder.path("v.evault"));
  mkdirSync(folder.path("in"));
  for (const [name, bytes] of files) writeFileSync(folder.path("in", name), bytes);
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

async function numbers(): Promise<unknown> {
  const policy = { errors: "as-failures" as const, invalidated: "left-out" as const };
  const { cells } = await client.ask("results.matrix", { campaignId: null, policy });
  const runs = (await client.ask("runs.list", {})).filter(({ state }) => state !== "withdrawn");
  return {
    cells: cells.map(({ rate, ledger }) => ({ rate, ledger })).sort((a, b) => a.rate.n - b.rate.n),
    runs: runs.map(({ benchmark, rate, ledger }) => JSON.stringify([benchmark.title, rate, ledger])).sort(),
  };
}

/** Takes every import back that still stands, the newest first. */
async function undoAll(): Promise<void> {
  for (const { id, undone } of await client.ask("imports.recent", {})) {
    if (!undone) await client.ask("imports.undo", { importId: id });
  }
}

it("the order in which logs come in never changes the numbers", async () => {
  await client.ask("imports.logs", { files: [client.file(folder.path("in"))], campaignId: null });
  const expected = await numbers();
  await undoAll();
  const names = files.map(([name]) => name);
  const logs = names.filter((name) => name.endsWith(".eval") || name === "1.json");
  const others = names.filter((name) => !logs.includes(name));
  const order = fc.tuple(
    fc.shuffledSubarray(logs, { minLength: logs.length }),
    fc.array(fc.boolean(), { minLength: logs.length, maxLength: logs.length }),
  );
  await fc.assert(
    fc.asyncProperty(order, async ([shuffled, cuts]) => {
      // Cut into imports here and there; results and samples of the other harness are of no use one by one.
      const imports: string[][] = [[...others]];
      for (const [place, name] of shuffled.entries()) {
        if (cuts[place] === true) imports.push([]);
        imports.at(-1)?.push(name);
      }
      for (const some of imports) {
        const handles = some.map((name) => client.file(folder.path("in", name)));
        if (handles.length > 0) await client.ask("imports.logs", { files: handles, campaignId: null });
      }
      expect(await numbers()).toEqual(expected);
      await undoAll();
    }),
    { numRuns: 25, endOnFailure: true },
  );
  expect(await client.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] });
});
