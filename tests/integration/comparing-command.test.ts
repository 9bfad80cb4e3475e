import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { benchmark, run, version } from "./compared-vault.ts";
import { createVaultFor, leadPassphrase, ServiceClient, temporaryFolder } from "./service-client.ts";

/** `evalvault compare` on a vault that the service made. */

const folder = temporaryFolder();
const vault = folder.path("v.evault");

beforeAll(async () => {
  writeFileSync(folder.path("passphrase"), `${leadPassphrase}\n`);
  const client = new ServiceClient(folder.path("profile"));
  await createVaultFor(client, vault);
  const tasks = Array.from({ length: 8 }, (_, place) => ({ id: `task-${String(place)}`, humanMinutes: 2 ** place }));
  const solvedUpTo = (reach: number) =>
    tasks.map(({ id }, place) => ({ task: id, epoch: 1, score: place < reach ? 1 : 0 }));
  const cell = { benchmarkId: "bench", epochs: 1 };
  client.host.session.commit([
    ...version("weak"),
    ...version("strong"),
    benchmark("bench", tasks),
    run({ ...cell, id: "run-w", modelVersionId: "weak", attempts: solvedUpTo(2) }),
    run({ ...cell, id: "run-s", modelVersionId: "strong", attempts: solvedUpTo(5) }),
  ]);
  await client.close();
});

afterAll(() => {
  folder.remove();
});

function compare(...words: string[]): { code: number | null; lines: string[]; error: string } {
  const secrets = ["--member", "Lead A", "--passphrase-file", folder.path("passphrase")];
  const profile = ["--profile", folder.path("profile")];
  const call = ["build/cli.ts", "compare", vault, ...words, ...secrets, ...profile];
  const called = spawnSync(process.execPath, call, { encoding: "utf8" });
  return { code: called.status, lines: called.stdout.split("\n").filter((line) => line !== ""), error: called.stderr };
}

const rowSchema = z.object({
  difference: z.number(),
  p: z.number(),
  adjustedP: z.number(),
  onlyA: z.number(),
  onlyB: z.number(),
  interval: z.string(),
});

describe("evalvault compare", () => {
  it("prints pairs as JSON, their numbers as they are", () => {
    const { code, lines, error } = compare("--benchmark", "bench", "--model", "weak", "--model", "strong", "--json");
    expect([code, error]).toEqual([0, ""]);
    const [row] = lines.map((line) => rowSchema.parse(JSON.parse(line)));
    // Three tasks changed hands, all one way: 2 / 2³.
    expect(row).toMatchObject({ difference: 0.375, p: 0.25, adjustedP: 0.25, onlyA: 0, onlyB: 3 });
    expect(row?.interval).toBe("clustered by task, t, 95 %");
  });

  it("prints any kind as a table under its caption, of all versions unless some are named", () => {
    const { code, lines } = compare("--benchmark", "bench", "--kind", "horizons", "--draws", "40");
    expect(code).toBe(0);
    expect(lines[0]).toBe("Time horizon");
    expect(lines[1]).toContain("40 resamples, seed 1");
    expect(lines.filter((line) => line.startsWith("weak") || line.startsWith("strong"))).toHaveLength(4);
  });

  it("prints how often tasks are solved every time, and the doubling time or why there is none", () => {
    const reliable = compare("--benchmark", "bench", "--kind", "reliability").lines.join("\n");
    expect(reliable).toContain("All of k");
    expect(reliable).toMatch(/(by task|over tasks), .*95 %/);
    const doubling = compare("--benchmark", "bench", "--kind", "doubling", "--draws", "40").lines.join("\n");
    expect(doubling).toContain("No doubling time: no version with a time horizon has a release day.");
  });

  it("refuses a kind that there is not, and a benchmark that is not there", () => {
    expect(compare("--benchmark", "bench", "--kind", "all")).toMatchObject({ code: 2, lines: [] });
    const missing = compare("--benchmark", "none");
    expect(missing.code).toBe(1);
    expect(missing.error).toContain("the benchmark none");
  });
});
