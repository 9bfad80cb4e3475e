import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RequestInput } from "../../electron/contract/index.ts";
import { evalLog, jsonLog, type SampleToWrite } from "../fixtures/inspect/generate.ts";
import { formsOf, searchFiles } from "../e2e/canary-search.ts";
import {
  createVaultFor,
  evaluatorPassphrase,
  leadPassphrase,
  secret,
  ServiceClient,
  temporaryFolder,
} from "./service-client.ts";

/** Searching transcripts over the contract. */

// Put together here, so that no cache of this source holds it.
const canary = ["canary", "search", "5521", "kestrel"].join("-");
const since = Date.now();
const folder = temporaryFolder();
const client = new ServiceClient(folder.path("profile"));
const vault = folder.path("v.evault");
const runs = new Map<string, string>();

function sample(id: string, ...texts: string[]): SampleToWrite {
  return { id, fields: { messages: texts.map((content) => ({ role: "user", content })) } };
}

function search(
  text: string,
  more: Partial<RequestInput<"search.transcripts">> = {},
): RequestInput<"search.transcripts"> {
  return { searchId: "s1", scope: { kind: "vault" }, text, caseSensitive: false, wholeWord: false, ...more };
}

const page = { searchId: "s1", offset: 0, limit: 500 };

async function importLog(name: string, bytes: Uint8Array): Promise<void> {
  writeFileSync(folder.path(name), bytes);
  const report = await client.ask("imports.logs", { files: [client.file(folder.path(name))], campaignId: null });
  expect(report).toBeDefined();
  const known = new Set(runs.values());
  const run = (await client.ask("runs.list", {})).find(({ id }) => !known.has(id));
  runs.set(name, run?.id ?? "");
}

beforeAll(async () => {
  await createVaultFor(client, vault);
  const first = [
    sample("one", `here is ${canary}`, "nothing"),
    sample("two", "no word"),
    sample("three", "x", `${canary} and ${canary.toUpperCase()}`),
  ];
  await importLog("first.eval", evalLog({ spec: { task: "first", eval_id: "e-first" }, samples: first }));
  const second = [sample("four", "plain"), sample("five", `json ${canary}`)];
  await importLog("second.json", jsonLog({ spec: { task: "second", eval_id: "e-second" }, samples: second }));
  const bytes = Buffer.from(
    evalLog(
      { spec: { task: "third", eval_id: "e-third" }, samples: [sample("six", "broken z".repeat(20))] },
      { method: "stored" },
    ),
  );
  // Inside the messages, so that everything else of the sample is read at import.
  bytes[bytes.indexOf("broken zbroken") + 3] = 0x41;
  await importLog("third.eval", bytes);
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

describe("a search", () => {
  it("finds a text in all runs, with its context, by attempt", async () => {
    const state = await client.ask("search.transcripts", search(canary));
    expect(state).toMatchObject({ state: "done", hits: 4, kept: 4, attemptsWithHits: 3 });
    const { hits, total } = await client.ask("search.hits", page);
    expect(total).toBe(4);
    expect(
      hits.map(({ place, task, index, field, before, match, after }) => [
        place,
        task,
        index,
        field,
        before,
        match,
        after,
      ]),
    ).toEqual([
      [0, "one", 0, "text", "here is ", canary, ""],
      [1, "three", 1, "text", "", canary, ` and ${canary.toUpperCase()}`],
      [2, "three", 1, "text", `${canary} and `, canary.toUpperCase(), ""],
      [3, "five", 0, "text", "json ", canary, ""],
    ]);
    const { attempts } = await client.ask("search.attempts", page);
    expect(attempts.map(({ task, hits: found, firstHit }) => [task, found, firstHit])).toEqual([
      ["one", 1, 0],
      ["three", 2, 1],
      ["five", 1, 3],
    ]);
    const ofThree = await client.ask("search.hits", { ...page, attempt: 1 });
    expect(ofThree.hits.map(({ place }) => place)).toEqual([1, 2]);
    expect((await client.ask("search.hits", { ...page, offset: 1, limit: 2 })).hits.map(({ place }) => place)).toEqual([
      1, 2,
    ]);
  });

  it("opens the transcript where the hit is", async () => {
    const [hit] = (await client.ask("search.hits", page)).hits;
    if (hit === undefined) throw new Error("no hit");
    const { runId, task, epoch, index } = hit;
    const { items } = await client.ask("attempts.transcript", { runId, task, epoch, offset: index, limit: 1 });
    expect(items[0]?.text.slice(hit.offset)).toBe(canary);
  });

  it("keeps to its scope, to case, to whole words and to kinds", async () => {
    const found = async (more: Partial<RequestInput<"search.transcripts">>, text = canary) =>
      (await client.ask("search.transcripts", search(text, more))).hits;
    expect(await found({ scope: { kind: "run", id: runs.get("second.json") ?? "" } })).toBe(1);
    const three = { kind: "attempt" as const, runId: runs.get("first.eval") ?? "", task: "three", epoch: 1 };
    expect(await found({ scope: three })).toBe(2);
    expect(await found({ scope: three, caseSensitive: true })).toBe(1);
    expect(await found({ wholeWord: true }, "canary-search-55")).toBe(0);
    expect(await found({ wholeWord: true }, "kestrel")).toBe(4);
    expect(await found({ kinds: ["assistant", "model"] })).toBe(0);
    expect(await found({ kinds: ["user"] })).toBe(4);
    const nowhere = search(canary, { scope: { kind: "run", id: "no-such-run" } });
    expect(await client.refused("search.transcripts", nowhere)).toMatchObject({ code: "not-found" });
  });

  it("names what it could not search to its end", async () => {
    const state = await client.ask("search.transcripts", search("broken zbroken"));
    const run = await client.ask("runs.get", { runId: runs.get("third.eval") ?? "" });
    expect(state.notSearched).toEqual([
      { what: "attempt", name: run.code, count: 1, reason: "they were damaged or missing when their log was taken in" },
    ]);
    expect(state).toMatchObject({ attempts: 5, hits: 0 });
  });

  it("tells how far it is, can be stopped, and keeps what it found until then", async () => {
    client.progress.length = 0;
    await client.ask("search.transcripts", search(canary, { searchId: "s2" }));
    expect(client.progress.at(-1)).toMatchObject({ unit: "bytes" });
    const asked = client.request("search.transcripts", search(canary, { searchId: "s3" }));
    asked.cancel();
    expect(await asked.result).toMatchObject({ ok: false, error: { code: "cancelled" } });
    expect((await client.ask("search.hits", { ...page, searchId: "s3" })).search.state).toBe("stopped");
    await client.ask("search.drop", { searchId: "s3" });
    expect(await client.refused("search.hits", { ...page, searchId: "s3" })).toMatchObject({ code: "not-found" });
  });

  it("counts compartments that the member holds no key of, and finds nothing in them", async () => {
    const members = await client.ask("members.list", {});
    const lead = members.find(({ label }) => label === "Lead A")?.id ?? "";
    await client.ask("compartments.add", { name: "Apart", label: "Compartment 3", memberIds: [lead] });
    expect(
      (await client.ask("search.transcripts", search(canary))).notSearched.filter(({ what }) => what === "compartment"),
    ).toEqual([]);
    await client.ask("vault.unlock", {
      file: client.file(vault),
      member: "Evaluator B",
      passphrase: secret(evaluatorPassphrase),
    });
    const state = await client.ask("search.transcripts", search(canary));
    expect(state.hits).toBe(4);
    expect(state.notSearched).toContainEqual({
      what: "compartment",
      name: "Compartment 3",
      count: 1,
      reason: "you hold no key of it",
    });
  });

  it("is forgotten when the vault is locked, and stops when it is locked under it", async () => {
    const asked = client.request("search.transcripts", search(canary));
    await client.ask("vault.lock", {});
    const result = await asked.result;
    if (!result.ok) expect(["vault-locked", "cancelled"]).toContain(result.error.code);
    await client.ask("vault.unlock", {
      file: client.file(vault),
      member: "Lead A",
      passphrase: secret(leadPassphrase),
    });
    expect(await client.refused("search.hits", page)).toMatchObject({ code: "not-found" });
  });

  it("leaves nothing readable on a disk", async () => {
    await client.ask("search.transcripts", search(canary));
    await client.ask("search.hits", page);
    const places = [{ folder: folder.path() }, { folder: tmpdir(), of: { uid: process.getuid?.() ?? 0, since } }];
    // The logs that were imported are the reader's own; everything else was written by the service.
    const own = [...runs.keys()].map((name) => folder.path(name));
    const looked = searchFiles(places, own, formsOf("the canary", canary));
    expect(looked.files).toBeGreaterThan(1);
    expect(looked.found).toEqual([]);
  });
});
