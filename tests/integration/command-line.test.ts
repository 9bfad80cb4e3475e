import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { runResultSchema } from "../../electron/contract/evaluation.ts";
import { importedFileSchema } from "../../electron/contract/importing.ts";
import { openedReportSchema } from "../../electron/contract/reporting.ts";
import { generateIdentity } from "../../electron/sealing/age-keys.ts";
import { writeSampleLogs } from "../fixtures/inspect/sample-logs.ts";
import { temporaryFolder } from "./service-client.ts";

/** The journey from a terminal: the built command, as `npm run cli` starts it. */

const folder = temporaryFolder();
const vault = folder.path("v.evault");
const passphrase = ["--passphrase-file", folder.path("passphrase")];
const shared = join("..", "shared", "fixtures", "inspect", "real");

function evalvault(...words: string[]): { code: number | null; lines: string[]; error: string } {
  const called = spawnSync(process.execPath, ["build/cli.ts", ...words, "--profile", folder.path("profile")], {
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  return { code: called.status, lines: called.stdout.split("\n").filter((line) => line !== ""), error: called.stderr };
}

const parsed = <T extends z.ZodType>(schema: T, lines: readonly string[]): z.infer<T>[] =>
  lines.map((line) => schema.parse(JSON.parse(line)));

const verification = z.object({
  ok: z.boolean(),
  entries: z.int(),
  checkpoints: z.int(),
  blobs: z.int(),
  problems: z.array(z.object({ where: z.string(), what: z.string() })),
});

beforeAll(() => {
  writeFileSync(folder.path("passphrase"), "correct horse battery staple\n");
});

afterAll(() => {
  folder.remove();
});

describe("evalvault", () => {
  it("says how it is used, and exits with 2 when used wrongly", () => {
    expect(evalvault("help")).toMatchObject({ code: 0 });
    const wrong = evalvault("creat", vault);
    expect(wrong).toMatchObject({ code: 2, lines: [] });
    expect(wrong.error.trim().split("\n")).toHaveLength(1);
    expect(evalvault("create", vault, ...passphrase)).toMatchObject({ code: 2 });
  });

  it("makes a vault, never over another file", () => {
    const made = evalvault("create", vault, "--member", "Alice", "--role", "lead", "--label", "outer", ...passphrase);
    expect(made).toMatchObject({ code: 0, error: "" });
    const again = evalvault("create", vault, "--member", "Alice", ...passphrase);
    expect(again.code).toBe(1);
    expect(again.error).toMatch(/exists already/);
    expect(readFileSync(vault).includes("Alice")).toBe(false);
  });

  it("refuses a wrong passphrase in one line", () => {
    writeFileSync(folder.path("wrong"), "not this one\n");
    const refused = evalvault("results", vault, "--passphrase-file", folder.path("wrong"));
    expect(refused).toMatchObject({ code: 1, lines: [] });
    expect(refused.error).toBe(
      "evalvault: This member, passphrase and key file do not open the vault. Check all three and try again.\n",
    );
  });

  it("plans, starts and logs by hand", () => {
    expect(evalvault("pack", vault, "3cb", ...passphrase)).toMatchObject({ code: 0, error: "" });
    const model = ["--developer", "Acme", "--name", "Meridian", "--checkpoint", "0914", "--safeguard", "removed"];
    expect(evalvault("model", vault, ...model, ...passphrase)).toMatchObject({ code: 0, error: "" });
    const cell = ["--model", "0914", "--benchmark", "3cb"];
    const how = ["--token-limit", "500000", "--cost-limit", "2.5", "--scaffold", "react", "--temperature", "0.7"];
    const plan = evalvault("plan", vault, "--name", "Autumn", ...cell, "--epochs", "2", ...how, ...passphrase);
    expect(plan).toMatchObject({ code: 0, error: "" });
    expect(plan.lines[0]).toContain("22 attempts");
    expect(plan.lines.slice(1)).toEqual([
      "  Tokens: at most 500,000 tokens",
      "  Cost: at most 2.5 US dollars",
      "  Scaffold: react",
      "  Temperature: 0.7",
    ]);
    const start = evalvault("start", vault, ...cell, "--campaign", "Autumn", "--epochs", "2", ...passphrase);
    expect(start.lines[0]).toMatch(/^R-0001/);
    const attempt = ["--run", "R-0001", "--task", "binpwn_gdb_repl", "--epoch", "1"];
    const logged = evalvault(
      "log",
      vault,
      ...attempt,
      "--outcome",
      "scored",
      "--score",
      "1",
      "--minutes",
      "4",
      ...passphrase,
    );
    expect(logged).toMatchObject({ code: 0, error: "" });
    const nowhere = evalvault(
      "log",
      vault,
      "--run",
      "R-0001",
      "--task",
      "no-such",
      "--outcome",
      "refused",
      ...passphrase,
    );
    expect(nowhere.code).toBe(1);
    expect(nowhere.error).toMatch(/not planned/);
  });

  it("says who runs which cell of a plan", () => {
    const cell = ["--model", "0914", "--benchmark", "3cb"];
    expect(evalvault("plan", vault, "--name", "X", ...cell, "--due", "soon", ...passphrase)).toMatchObject({ code: 2 });
    const autumn = ["--campaign", "Autumn", ...passphrase];
    const given = evalvault("assign", vault, ...cell, "--to", "Alice", "--due", "2026-12-04", ...autumn);
    expect(given).toMatchObject({ code: 0, error: "" });
    expect(given.lines[0]).toMatch(/: with Alice$/);
    expect(evalvault("assign", vault, "--to", "Nobody Known", ...autumn)).toMatchObject({ code: 1 });
    expect(evalvault("assign", vault, ...autumn).lines[0]).toMatch(/with nobody$/);
  });

  it("imports a folder of logs and prints one object a file", () => {
    const names = writeSampleLogs(folder.path("logs"));
    writeFileSync(folder.path("logs", "zzz.txt"), "this is no log");
    const imported = evalvault("import", vault, folder.path("logs"), "--json", ...passphrase);
    const files = parsed(importedFileSchema, imported.lines);
    expect(files.map((file) => file.status)).toEqual([...names.map(() => "imported"), "not-a-log"]);
    expect(files.at(-1)?.reason).not.toBeNull();
    expect(imported.code).toBe(0);
    const again = evalvault("import", vault, folder.path("logs", names[0] ?? ""), "--json", ...passphrase);
    expect(again.code).toBe(0);
    expect(parsed(importedFileSchema, again.lines)).toMatchObject([{ status: "duplicate" }]);
  });

  it("shows a table, and takes it in with a mapping of what differs", () => {
    const file = folder.path("own.csv");
    writeFileSync(file, "task,result,host\na,solved,n-7\nb,failed,n-8\nc,odd,n-9\n");
    const shown = evalvault("import", vault, file, ...passphrase);
    expect(shown).toMatchObject({ code: 1 });
    expect(shown.lines.join("\n")).toContain("line 4, column result: outcome-unknown (odd)");
    const mapping = folder.path("mapping.json");
    const columns = { host: "metadata.machine" };
    writeFileSync(mapping, JSON.stringify({ model: "vendor/m", benchmark: "Own suite", columns }));
    const asked = ["--mapping", mapping, "--json", ...passphrase];
    const taken = evalvault("import", vault, file, ...asked);
    const files = parsed(importedFileSchema, taken.lines);
    expect(files.map(({ status, attempts }) => [status, attempts])).toEqual([
      ["table", 0],
      ["salvaged", 2],
    ]);
    expect(taken.code).toBe(0);
    const another = folder.path("another.csv");
    writeFileSync(another, "task,result\na,solved\n");
    writeFileSync(mapping, JSON.stringify({ columns: { nowhere: "task" } }));
    expect(evalvault("import", vault, another, ...asked)).toMatchObject({ code: 2 });
  });

  it("prints one result a run, each with its interval, method and unit", () => {
    const results = parsed(runResultSchema, evalvault("results", vault, "--json", ...passphrase).lines);
    expect(results).toHaveLength(5);
    expect(results[0]).toMatchObject({ code: "R-0001", planned: 22, scored: 1, solved: 1 });
    for (const result of results) {
      expect(result.interval).toMatchObject({ level: 0.95 });
      expect(Object.values(result.states).reduce((sum, count) => sum + count, 0)).toBe(result.planned);
    }
    const one = parsed(
      runResultSchema,
      evalvault("results", vault, "--benchmark", "3cb", "--json", ...passphrase).lines,
    );
    expect(one.map((result) => result.code)).toEqual(["R-0001"]);
  });

  it("exports every planned attempt", () => {
    const out = folder.path("attempts.jsonl");
    expect(evalvault("export", vault, "--format", "jsonl", "--out", out, ...passphrase)).toMatchObject({ code: 0 });
    expect(readFileSync(out, "utf8").trim().split("\n")).toHaveLength(22 + 3 * 10 + 2);
    const parquet = folder.path("attempts.parquet");
    expect(evalvault("export", vault, "--format", "parquet", "--out", parquet, ...passphrase)).toMatchObject({
      code: 0,
    });
    expect(readFileSync(parquet).subarray(0, 4).toString()).toBe("PAR1");
    const scores = folder.path("scores.jsonl");
    const ofOne = ["--format", "precomputed-scores", "--out", scores];
    expect(evalvault("export", vault, ...ofOne, ...passphrase)).toMatchObject({ code: 1 });
    expect(evalvault("export", vault, ...ofOne, "--run", "R-0002", ...passphrase)).toMatchObject({ code: 0 });
    expect(readFileSync(scores, "utf8").trim().split("\n")).toHaveLength(10);
    expect(evalvault("export", vault, "--format", "xml", "--out", out, ...passphrase)).toMatchObject({ code: 2 });
  });

  it("drafts, seals and opens a report, with no vault for the opening", async () => {
    const { keyFile, recipient } = await generateIdentity("classic", new Date(0));
    writeFileSync(folder.path("key.txt"), keyFile);
    const draft = folder.path("draft.json");
    const drafted = evalvault(
      "report",
      vault,
      "--template",
      "evaluation",
      "--scope",
      "campaign:Autumn",
      "--out",
      draft,
      ...passphrase,
    );
    expect(drafted).toMatchObject({ code: 0, error: "" });
    const out = folder.path("EV.sealed");
    const sealed = evalvault(
      "seal",
      vault,
      draft,
      "--to",
      recipient.key,
      "--signer",
      "alice",
      "--out",
      out,
      ...passphrase,
    );
    expect(sealed).toMatchObject({ code: 0, error: "" });
    expect(sealed.lines.join(" ")).toContain("No report.pdf is in it: the command line cannot print.");
    expect(readFileSync(join(out, "README.txt"), "utf8")).toContain("without a PDF");
    expect(readdirSync(out).sort()).toEqual(["README.txt", "report.tar.age"]);
    const opened = evalvault(
      "open",
      out,
      "--identity",
      folder.path("key.txt"),
      "--out",
      folder.path("opened"),
      "--json",
    );
    expect(opened.code).toBe(0);
    expect(existsSync(folder.path("opened", "report.html"))).toBe(true);
    const { signatures } = openedReportSchema.parse(JSON.parse(opened.lines[0] ?? ""));
    expect(signatures).toMatchObject([{ valid: true, trusted: false }]);
    writeFileSync(folder.path("alice.pub"), `untrusted comment: alice\n${signatures[0]?.publicKey ?? ""}\n`);
    const trust = ["--signer-key", folder.path("alice.pub"), "--json"];
    const trusted = evalvault("open", out, "--identity", folder.path("key.txt"), ...trust);
    expect(openedReportSchema.parse(JSON.parse(trusted.lines[0] ?? ""))).toMatchObject({
      signatures: [{ trusted: true }],
    });
    const nobody = evalvault(
      "seal",
      vault,
      draft,
      "--signer",
      "alice",
      "--out",
      folder.path("n.sealed"),
      ...passphrase,
    );
    expect(nobody.code).toBe(1);
    expect(nobody.error).toMatch(/No recipient was chosen/);
    expect(existsSync(folder.path("n.sealed"))).toBe(false);
  });

  it("verifies the vault as whole; after one flipped byte it exits with 3 and says what is not", () => {
    const whole = evalvault("verify", vault, "--json");
    expect(whole.code).toBe(0);
    expect(parsed(verification, whole.lines)).toMatchObject([{ ok: true, problems: [] }]);
    const everything = evalvault("verify", vault, "--json", ...passphrase);
    expect(parsed(verification, everything.lines)).toMatchObject([{ ok: true, problems: [] }]);
    const bytes = readFileSync(vault);
    for (const share of [0, 0.1, 0.5, 0.9, 0.999]) {
      const flipped = Buffer.from(bytes);
      const place = Math.floor(share * (bytes.length - 1));
      flipped[place] = (flipped[place] ?? 0) ^ 0x10;
      writeFileSync(folder.path("flipped.evault"), flipped);
      const found = evalvault("verify", folder.path("flipped.evault"), "--json");
      expect(found.code, `byte ${String(place)}`).toBe(3);
      const [report] = parsed(verification, found.lines);
      expect(report?.problems.length, `byte ${String(place)}`).toBeGreaterThan(0);
    }
    expect(evalvault("verify", folder.path("missing.evault"))).toMatchObject({ code: 1 });
  });

  const expectedSchema = z.record(
    z.string(),
    z.looseObject({
      readable: z.boolean().optional(),
      log: z.boolean().optional(),
      samples: z.number().optional(),
      metrics: z
        .array(
          z.looseObject({
            scorer: z.string(),
            reducer: z.string().nullable().optional(),
            metric: z.string(),
            recomputed: z.number().nullable().optional(),
            recompute: z.string().optional(),
          }),
        )
        .nullish(),
    }),
  );

  it.skipIf(!existsSync(shared))("takes in real logs with the verdicts that are expected (needs ../shared)", () => {
    const expected = expectedSchema.parse(
      JSON.parse(readFileSync(join(shared, "EXPECTED.json"), "utf8").replaceAll(/\bNaN\b/g, "null")),
    );
    const names = Object.keys(expected).filter((name) => existsSync(join(shared, name)));
    const imported = evalvault("import", vault, ...names.map((name) => join(shared, name)), "--json", ...passphrase);
    const files = parsed(importedFileSchema, imported.lines);
    // Logs of one evaluation stand together.
    expect(files.map((file) => file.file).sort()).toEqual([...names].sort());
    let compared = 0;
    for (const file of files) {
      const known = expected[file.file];
      if (file.run === null) expect(file.reason, file.file).not.toBeNull();
      for (const metric of known?.metrics ?? []) {
        if (typeof metric.recomputed !== "number" || file.run === null || file.status === "merged") continue;
        const found = file.metrics.find(
          (one) =>
            one.scorer === metric.scorer &&
            one.metric === metric.metric &&
            (metric.reducer ?? one.reducer) === one.reducer,
        );
        expect(found?.recomputed, `${file.file} ${metric.scorer} ${metric.metric}`).toBeCloseTo(metric.recomputed, 9);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(50);
  });
});
