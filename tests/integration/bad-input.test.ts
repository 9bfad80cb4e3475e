import { chmodSync, copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Failure } from "../../electron/contract/result.ts";
import { failureWords } from "../../electron/contract/words.ts";
import { evalLog, jsonLog, solvedLog } from "../fixtures/inspect/generate.ts";
import { writeZip } from "../fixtures/inspect/zip-writer.ts";
import { createVaultFor, leadPassphrase, secret, ServiceClient, temporaryFolder } from "./service-client.ts";

/** Everything that is no good: one clear error each, and the vault as it was. */

const folder = temporaryFolder();
const vault = folder.path("v.evault");
const client = new ServiceClient(folder.path("profile"));

/** The failure has words that name what happened and what to do, and nothing was added to the journal. */
async function clear(failure: Failure, code: Failure["code"]): Promise<void> {
  expect(failure.code).toBe(code);
  const { happened, remedy } = failureWords(failure);
  expect(happened.length).toBeGreaterThan(10);
  expect(remedy.length).toBeGreaterThan(10);
  const state = await client.ask("vault.state", {});
  if (state.open) expect(state.entries).toBe(entries);
}

let entries = 0;

function write(name: string, bytes: string | Uint8Array): string {
  writeFileSync(folder.path(name), bytes);
  return client.file(folder.path(name));
}

async function importOne(handle: string) {
  const [file] = (await client.ask("imports.logs", { files: [handle], campaignId: null })).files;
  if (file === undefined) throw new Error("no report of the import");
  return file;
}

const pack = (tasks: unknown): string => JSON.stringify({ id: "own", title: "Own", tasks });

beforeAll(async () => {
  await createVaultFor(client, vault);
  const state = await client.ask("vault.state", {});
  if (state.open) entries = state.entries;
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

describe("logs that are none, or are hostile", () => {
  const log = evalLog(solvedLog([[1], [0]]));

  it.each([
    ["a text", "this is no log"],
    ["nothing", ""],
    ["an empty archive", Buffer.from("504b0506000000000000000000000000000000000000", "hex")],
    ["other JSON", '{"a": 1}'],
    ["a listing", '{"a.eval": {"version": 2}}'],
  ])("refuses %s with a reason", async (name, bytes) => {
    const file = await importOne(write(`${name}.eval`, bytes));
    expect(file).toMatchObject({ status: "not-a-log", run: null });
    expect(file.reason?.length).toBeGreaterThan(10);
    expect(await client.ask("vault.state", {})).toMatchObject({ entries });
  });

  it("salvages or refuses a truncated archive, and says what is lost", async () => {
    const file = await importOne(write("half.eval", log.subarray(0, Math.floor(log.length * 0.6))));
    expect(["salvaged", "refused"]).toContain(file.status);
    if (file.status === "salvaged") {
      expect(file.lost.length).toBeGreaterThan(0);
      entries += 1;
    } else expect(file.reason).not.toBeNull();
  });

  it("bounds what a bomb inflates to", async () => {
    const bytes = writeZip({
      members: [{ name: "header.json", bytes: Buffer.alloc(64 * 1024 * 1024, 0x20), method: "deflate" }],
    });
    const before = process.memoryUsage().rss;
    const file = await importOne(write("bomb.eval", bytes));
    expect(file.status).toBe("refused");
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  });

  it("takes hostile ids and HTML as text, and writes by no name of a log", async () => {
    const samples = [
      {
        id: "../../../../tmp/evalvault-escaped",
        scores: { includes: "C" },
        fields: { messages: [{ role: "user", content: "<img src=x onerror=alert(1)>\u001b]0;owned\u0007" }] },
      },
      { id: "__proto__", scores: { includes: "I" } },
    ];
    const file = await importOne(write("hostile.eval", evalLog({ samples, spec: { task: "<b>task</b>" } })));
    expect(file).toMatchObject({ status: "imported", attempts: 2 });
    entries += 1;
    expect(existsSync("/tmp/evalvault-escaped")).toBe(false);
    const address = { runId: file.run ?? "", task: "../../../../tmp/evalvault-escaped", epoch: 1 };
    const { items } = await client.ask("attempts.transcript", { ...address, offset: 0, limit: 50 });
    expect(items.some((item) => item.text.includes("<img src=x onerror=alert(1)>"))).toBe(true);
    expect(await client.ask("attempts.get", { ...address, task: "__proto__" })).toMatchObject({ score: 0 });
  });

  it("reads NaN as unscored", async () => {
    const samples = [
      { id: "a", scores: { includes: Number.NaN } },
      { id: "b", scores: { includes: "C" } },
    ];
    const file = await importOne(write("nan.json", jsonLog({ samples })));
    expect(file.status).toBe("imported");
    entries += 1;
    const run = await client.ask("runs.get", { runId: file.run ?? "" });
    expect(run.ledger).toMatchObject({ planned: 2, solved: 1, unscored: 1 });
  });

  it("stops when it is cancelled, with nothing half done", async () => {
    const before = await client.ask("vault.state", {});
    const many = Array.from({ length: 400 }, (_, id) => ({ id, scores: { includes: "C" } }));
    const handle = write("large.eval", evalLog({ samples: many, spec: { task: "large" } }));
    const running = client.request("imports.logs", { files: [handle], campaignId: null });
    running.cancel();
    const result = await running.result;
    expect(result).toMatchObject({ ok: true, value: { cancelled: true, files: [{ status: "refused" }] } });
    expect(await client.ask("vault.state", {})).toEqual(before);
  });
});

describe("packs, keys and values that are not right", () => {
  it("names the task that a pack holds twice", async () => {
    const task = { id: "one", title: "One" };
    const failure = await client.refused("benchmarks.importPack", { file: write("twice.json", pack([task, task])) });
    await clear(failure, "pack-duplicate-task");
    expect(failure.subject).toContain("one");
  });

  it.each([
    ["no JSON", "{"],
    ["no tasks", pack([])],
    ["wrong types", pack([{ id: 5 }])],
    ["a number where a list belongs", pack(5)],
  ])("refuses a pack with %s", async (name, text) => {
    const file = write(`${name}.pack.json`, text);
    await clear(await client.refused("benchmarks.importPack", { file }), "pack-invalid");
  });

  it("refuses a recipient's key with a typo", async () => {
    const key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8q";
    await clear(await client.refused("recipients.check", { key }), "recipient-key-invalid");
  });

  it("refuses what is not in the contract, without an exception", async () => {
    expect(await client.raw("constructor", {}).result).toMatchObject({ ok: false, error: { code: "invalid-request" } });
    expect(await client.raw("models.list", { extra: 1 }).result).toMatchObject({ error: { code: "invalid-request" } });
    expect(await client.raw("models.list", null).result).toMatchObject({ error: { code: "invalid-request" } });
    const path = { file: "/etc/passwd" };
    expect(await client.raw("vault.inspect", path).result).toMatchObject({ error: { code: "invalid-request" } });
    const unknown = { file: "file-0123456789abcdef" };
    expect(await client.raw("vault.inspect", unknown).result).toMatchObject({ error: { code: "unknown-handle" } });
  });
});

describe("vault files that are not right", () => {
  const unlock = (path: string) =>
    client.refused("vault.unlock", { file: client.file(path), member: "Lead A", passphrase: secret(leadPassphrase) });

  beforeAll(async () => {
    await client.ask("vault.lock", {});
    copyFileSync(vault, folder.path("copy.evault"));
  });

  it("never makes one over an existing file", async () => {
    const bytes = readFileSync(vault);
    const failure = await client.refused("vault.create", {
      file: client.destination(vault),
      name: "Other",
      label: "Other",
      marking: { level: "secret", suffix: "" },
      founder: { name: "X", label: "Lead A", passphrase: secret("another long passphrase") },
      others: [],
    });
    await clear(failure, "vault-exists");
    expect(readFileSync(vault)).toEqual(bytes);
  });

  it("refuses a missing file, a file that is no vault, and an empty one", async () => {
    await clear(await unlock(folder.path("nowhere.evault")), "vault-missing");
    write("text.evault", "just some text that is long enough to be looked at");
    await clear(await unlock(folder.path("text.evault")), "vault-invalid");
    write("empty.evault", "");
    await clear(await unlock(folder.path("empty.evault")), "vault-invalid");
  });

  it("refuses a vault from the future politely and leaves it alone", async () => {
    const bytes = readFileSync(vault);
    // SQLite keeps user_version, the vault's format, in bytes 60 to 63 of its header.
    bytes.writeUInt32BE(2, 60);
    writeFileSync(folder.path("future.evault"), bytes);
    await clear(await unlock(folder.path("future.evault")), "vault-future");
    expect(readFileSync(folder.path("future.evault"))).toEqual(bytes);
  });

  it("refuses a vault that is open elsewhere", async () => {
    const other = new ServiceClient(folder.path("other-profile"));
    try {
      const copy = folder.path("copy.evault");
      await other.ask("vault.unlock", { file: other.file(copy), member: "Lead A", passphrase: secret(leadPassphrase) });
      await clear(await unlock(copy), "vault-in-use");
    } finally {
      await other.close();
    }
  });

  it("opens an older copy for reading only, and says what it knows", async () => {
    const old = folder.path("old.evault");
    copyFileSync(vault, old);
    const opening = { member: "Lead A", passphrase: secret(leadPassphrase) };
    await client.ask("vault.unlock", { file: client.file(vault), ...opening });
    await client.ask("vault.rename", { name: "Northgate two" });
    await client.ask("vault.lock", {});
    const again = { member: "Lead A", passphrase: secret(leadPassphrase) };
    const state = await client.ask("vault.unlock", { file: client.file(old), ...again });
    expect(state.open && state.readOnly?.reason).toMatch(/This workstation saw/);
    expect(await client.refused("vault.rename", { name: "Three" })).toMatchObject({ code: "vault-rolled-back" });
    await client.ask("vault.lock", {});
  });

  it.skipIf(process.getuid?.() === 0)(
    "refuses to make a vault in a folder that is not writable (not as root)",
    async () => {
      chmodSync(folder.path("profile"), 0o500);
      const failure = await client.refused("vault.create", {
        file: client.destination(folder.path("profile", "x.evault")),
        name: "X",
        label: "X",
        marking: { level: "secret", suffix: "" },
        founder: { name: "X", label: "Lead A", passphrase: secret("another long passphrase") },
        others: [],
      });
      chmodSync(folder.path("profile"), 0o700);
      await clear(failure, "vault-read-only");
      expect(statSync(folder.path("profile")).isDirectory()).toBe(true);
    },
  );
});
