import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { searchHitSchema, searchStateSchema } from "../../electron/contract/searching.ts";
import { evalLog, type SampleToWrite } from "../fixtures/inspect/generate.ts";
import { createVaultFor, leadPassphrase, ServiceClient, temporaryFolder } from "./service-client.ts";

/** `evalvault search` on transcripts of a vault that the service made. */

const folder = temporaryFolder();
const vault = folder.path("v.evault");
/** Clears a screen, sets a window's title, begins a sequence by one character, turns the writing direction. */
const hostile = "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202e";

const sample = (id: string, content: string): SampleToWrite => ({
  id,
  fields: { messages: [{ role: "user", content }] },
});

beforeAll(async () => {
  writeFileSync(folder.path("passphrase"), `${leadPassphrase}\n`);
  const client = new ServiceClient(folder.path("profile"));
  await createVaultFor(client, vault);
  const logs = {
    first: [sample("one", `line\n\tbefore ${hostile} Kestrel ${hostile} after`), sample("two", "nothing of it")],
    second: [sample("three", "a kestrel, and a KESTREL"), sample("four", "--kestrel")],
  };
  for (const [name, samples] of Object.entries(logs)) {
    const path = folder.path(`${name}.eval`);
    writeFileSync(path, evalLog({ spec: { task: name, eval_id: `e-${name}` }, samples }));
    await client.ask("imports.logs", { files: [client.file(path)], campaignId: null });
  }
  await client.close();
});

afterAll(() => {
  folder.remove();
});

interface Called {
  readonly code: number | null;
  readonly out: string;
  readonly lines: string[];
  readonly error: string;
}

function search(...words: string[]): Called {
  const secrets = ["--member", "Lead A", "--passphrase-file", folder.path("passphrase")];
  const call = ["build/cli.ts", "search", ...secrets, "--profile", folder.path("profile"), vault, ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, call, { encoding: "utf8" });
  return { code: status, out: stdout, lines: stdout.split("\n").filter((line) => line !== ""), error: stderr };
}

const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

describe("evalvault search", () => {
  it("prints each hit where it is, and the sums", () => {
    const { code, lines, error } = search("kestrel", "--run", "r-0002");
    expect([code, error]).toEqual([0, ""]);
    const three = "R-0002  three  epoch 1  item 0 (user)  a kestrel, and a KESTREL";
    const four = "R-0002  four  epoch 1  item 0 (user)  --kestrel";
    expect(lines).toEqual([three, three, four, "3 hits in 2 attempts; 2 attempts searched."]);
  });

  it("lets nothing of a hit steer the terminal, as text or as JSON", () => {
    const text = search("Kestrel", "--case");
    expect(text.out).not.toMatch(steering);
    expect(text.lines).toHaveLength(2);
    expect(text.lines[0]).toContain("line before \\u001b[2J\\u001b]0;owned\\u0007\\u009b31m\\u202e Kestrel");
    const asJson = search("Kestrel", "--case", "--json");
    expect(asJson.out).not.toMatch(steering);
    const [hit, sums, ...rest] = asJson.lines.map((line) => JSON.parse(line) as unknown);
    expect(rest).toEqual([]);
    expect(searchHitSchema.parse(hit)).toMatchObject({ match: "Kestrel", after: ` ${hostile} after`, task: "one" });
    const { search: state } = z.strictObject({ search: searchStateSchema }).parse(sums);
    expect(state).toMatchObject({ state: "done", hits: 1, attempts: 4, notSearched: [] });
  });

  it("ends well where nothing is found, and takes a text that looks like an option", () => {
    expect(search("no such words")).toMatchObject({ code: 0, lines: ["0 hits; 4 attempts searched."], error: "" });
    expect(search("--", "--kestrel").lines.at(-1)).toBe("1 hit in 1 attempt; 4 attempts searched.");
  });

  it("refuses a scope that is not there, and a call that is wrong", () => {
    expect(search("kestrel", "--run", "R-0009")).toMatchObject({ code: 1, lines: [] });
    expect(search("kestrel", "--campaign", "None")).toMatchObject({ code: 1, lines: [] });
    expect(search("kestrel", "--campaign", "None", "--run", "R-0001")).toMatchObject({ code: 2, lines: [] });
    expect(search()).toMatchObject({ code: 2, lines: [] });
    expect(search("k".repeat(201))).toMatchObject({ code: 2, lines: [] });
    expect(search("two", "words")).toMatchObject({ code: 2, lines: [] });
  });
});
