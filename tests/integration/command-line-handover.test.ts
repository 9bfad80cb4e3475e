import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handoverCardSchema, handoverRequests } from "../../electron/contract/handover.ts";
import { runResultSchema } from "../../electron/contract/evaluation.ts";
import { temporaryFolder } from "./service-client.ts";

/** Work between two workstations from a terminal: the built command, with a profile and a vault for each. */

const folder = temporaryFolder();
const passphrase = ["--passphrase-file", folder.path("passphrase")];
const received = handoverRequests["handover.receive"].output;

interface Called {
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly error: string;
}

function evalvault(who: string, command: string, ...words: string[]): Called {
  const given = [command, folder.path(`${who}.evault`), ...words, ...passphrase, "--profile", folder.path(who)];
  const called = spawnSync(process.execPath, ["build/cli.ts", ...given], { encoding: "utf8" });
  return { code: called.status, lines: called.stdout.split("\n").filter((line) => line !== ""), error: called.stderr };
}

const parsed = (called: Called): unknown => JSON.parse(called.lines.at(-1) ?? "null");
const evidence = "seen on the screen\n";

beforeAll(() => {
  writeFileSync(folder.path("passphrase"), "correct horse battery staple\n");
  writeFileSync(folder.path("evidence.txt"), evidence);
  for (const who of ["lena", "eva"]) {
    expect(evalvault(who, "create", "--member", who, "--name", `Vault of ${who}`)).toMatchObject({
      code: 0,
      error: "",
    });
  }
  expect(evalvault("lena", "pack", "3cb")).toMatchObject({ code: 0 });
  const model = ["--developer", "Acme", "--name", "Meridian", "--checkpoint", "0914"];
  expect(evalvault("lena", "model", ...model)).toMatchObject({ code: 0 });
  const cell = ["--model", "0914", "--benchmark", "3cb"];
  expect(evalvault("lena", "plan", "--name", "Autumn", ...cell, "--epochs", "1")).toMatchObject({ code: 0 });
}, 240_000);

afterAll(() => {
  folder.remove();
});

describe("evalvault card, handover and receive", { timeout: 240_000 }, () => {
  let lena = "";
  let eva = "";

  it("saves cards that say who they are of, and never over another file", () => {
    for (const who of ["lena", "eva"]) {
      const made = evalvault(who, "card", "--out", folder.path(`${who}.card.json`), "--json");
      expect(made).toMatchObject({ code: 0, error: "" });
      const { name, fingerprint } = handoverCardSchema.parse(parsed(made));
      expect(name).toBe(who);
      if (who === "lena") lena = fingerprint.hex;
      else eva = fingerprint.words;
    }
    expect(evalvault("eva", "card", "--out", folder.path("eva.card.json"))).toMatchObject({ code: 1 });
  });

  it("is used wrongly without what to pack, or for whom", () => {
    const out = ["--out", folder.path("none.handover.age")];
    expect(evalvault("lena", "handover", ...out)).toMatchObject({ code: 2 });
    expect(evalvault("lena", "handover", "--to", folder.path("eva.card.json"), ...out)).toMatchObject({ code: 2 });
    const unknown = evalvault("lena", "handover", "--run", "R-0009", "--to", folder.path("eva.card.json"), ...out);
    expect(unknown).toMatchObject({ code: 1, lines: [] });
  });

  it("carries an assignment: shown and refused until its sender is accepted", () => {
    const file = folder.path("autumn.handover.age");
    const packed = evalvault(
      "lena",
      "handover",
      "--campaign",
      "Autumn",
      "--to",
      folder.path("eva.card.json"),
      "--out",
      file,
    );
    expect(packed).toMatchObject({ code: 0, error: "" });
    expect(readFileSync(file).includes("Autumn")).toBe(false);
    const refused = evalvault("eva", "receive", file);
    expect(refused.code).toBe(1);
    expect(refused.error).toContain("Nobody here has accepted the key that signed this: lena");
    expect(refused.lines.join("\n")).toContain(lena);
    expect(evalvault("eva", "receive", file, "--accept", "0000")).toMatchObject({ code: 2 });
    const taken = evalvault("eva", "receive", file, "--accept", lena);
    expect(taken).toMatchObject({ code: 0, error: "" });
    expect(taken.lines.at(-1)).toBe("Received.");
  });

  it("carries a run back with its evidence, once, and refuses a changed file in one line", () => {
    const cell = ["--model", "0914", "--benchmark", "3cb", "--campaign", "Autumn"];
    expect(evalvault("eva", "start", ...cell)).toMatchObject({ code: 0, error: "" });
    const task = "nmap";
    const one = ["--run", "R-0001", "--task", task, "--epoch", "1", "--outcome", "scored", "--score", "1"];
    expect(evalvault("eva", "log", ...one, "--evidence", folder.path("evidence.txt"))).toMatchObject({ error: "" });
    const file = folder.path("work.handover.age");
    const packed = evalvault(
      "eva",
      "handover",
      "--run",
      "r-0001",
      "--to",
      folder.path("lena.card.json"),
      "--out",
      file,
    );
    expect(packed).toMatchObject({ code: 0, error: "" });

    const bytes = readFileSync(file);
    bytes[bytes.length - 3_000] = (bytes[bytes.length - 3_000] ?? 0) ^ 1;
    writeFileSync(folder.path("changed.handover.age"), bytes);
    const refused = evalvault("lena", "receive", folder.path("changed.handover.age"), "--accept", eva);
    expect(refused).toMatchObject({ code: 1, lines: [] });
    expect(refused.error.trim().split("\n")).toHaveLength(1);

    const taken = evalvault("lena", "receive", file, "--accept", eva, "--json");
    expect(taken).toMatchObject({ code: 0, error: "" });
    const { entries, taken: shown } = received.parse(parsed(taken));
    expect(entries).toHaveLength(1);
    expect(shown).toMatchObject({ runs: [{ newness: "new", run: 1 }], evidence: { files: 1, bytes: evidence.length } });
    const results = evalvault("lena", "results", "--json");
    expect(runResultSchema.parse(parsed(results))).toMatchObject({ code: "R-0001", scored: 1, solved: 1 });
    const again = evalvault("lena", "receive", file);
    expect(again.lines.at(-1)).toBe("Nothing of it is new here: nothing was written.");
    expect(evalvault("lena", "verify")).toMatchObject({ code: 0, error: "" });
    expect(existsSync(folder.path("none.handover.age"))).toBe(false);
  });
});
