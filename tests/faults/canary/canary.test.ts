import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateIdentity } from "../../../electron/sealing/age-keys.ts";
import { verifyVault } from "../../../electron/vault/index.ts";
import { formsOf, searchFiles, searchProcesses, type Needle } from "../../e2e/canary-search.ts";
import { bundleWriters, type Writers } from "../kill/bundle-writers.ts";
import { temporaryFolder } from "../vault/small-vault.ts";
import { segmentsOf } from "./core-dump.ts";

/**
 * A word that is typed into every field and imported by every importer is nowhere to be read: not in the vault, not in the
 * profile, not in temporary files, not in a process's arguments and environment, and not in what a crash leaves behind.
 */

const folder = temporaryFolder();
let writers: Writers;
let recipient = "";
const running = new Set<ChildProcess>();

beforeAll(async () => {
  writers = await bundleWriters();
  recipient = (await generateIdentity("classic", new Date(0))).recipient.key;
}, 120_000);
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  writers.remove();
  folder.remove();
});

interface Service {
  readonly own: string;
  readonly pid: number;
  readonly lines: readonly string[];
  readonly needles: readonly Needle[];
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
}

/** Letters that no program writes by itself. */
function newWord(): string {
  return `kq${randomBytes(9).toString("hex").replaceAll(/\d/g, "z")}`;
}

/** Starts the service with everything in it; its folders are its own, and its crashes would go into the first. */
async function startService(
  name: string,
  dumps: string,
  prefix: readonly string[] = [],
  flags: readonly string[] = [],
) {
  const own = join(folder.path, name);
  const inputs = join(folder.path, `${name}-inputs`);
  for (const path of [own, inputs, join(own, "temporary")]) mkdirSync(path);
  const word = newWord();
  const args = [writers.canary, join(own, "canary.evault"), inputs, recipient, dumps];
  const words = [...prefix, process.execPath, ...flags, ...args];
  const child = spawn(words[0] ?? "", words.slice(1), {
    cwd: own,
    stdio: ["pipe", "pipe", "inherit"],
    env: { PATH: process.env["PATH"], TMPDIR: join(own, "temporary"), NODE_NO_WARNINGS: "1" },
  });
  running.add(child);
  const ended = once(child, "close");
  const lines: string[] = [];
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      if (line === "ready") resolve();
    });
  });
  child.stdin.write(`${word}\n`);
  await Promise.race([ready, ended]);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
    running.delete(child);
  };
  return { own, pid: child.pid ?? 0, lines, needles: formsOf("the word", word), end } satisfies Service;
}

function found(service: Service): readonly string[] {
  return searchFiles([{ folder: service.own }], [], service.needles).found;
}

/** Where the kernel puts a core dump: the test can look only where that is the process's own folder. */
const corePattern = process.platform === "linux" ? readFileSync("/proc/sys/kernel/core_pattern", "utf8").trim() : "";
const dumpsHere = /^core(\.|$)/.test(corePattern) && spawnSync("prlimit", ["--version"]).status === 0;
const unlimited = ["prlimit", "--core=unlimited"];
const coresOf = (service: Service): string[] => readdirSync(service.own).filter((name) => /^core(\.|$)/.test(name));

describe("a word in every field and every importer", () => {
  it(
    "is in no file of the vault, the profile and temporary folders, and in no arguments or environment",
    { timeout: 300_000 },
    async () => {
      const service = await startService("living", "left out");
      expect(service.lines).toContain("ready");
      expect(service.lines).toContain("left out");
      const imported = service.lines.find((line) => line.startsWith("imported "));
      expect(Number(imported?.slice(9))).toBeGreaterThan(4);
      const seen = service.lines.find((line) => line.startsWith("entries with the word "));
      expect(Number(seen?.slice(22))).toBeGreaterThan(12);
      const names = readdirSync(service.own, { recursive: true, encoding: "utf8" });
      expect(names).toEqual(
        expect.arrayContaining([
          "canary.evault",
          "canary.evault-wal",
          "keys.backup",
          "report.tar",
          "profile/vaults.json",
        ]),
      );
      // The search would find it: it is in what the service was given to read.
      const given = searchFiles([{ folder: `${service.own}-inputs` }], [], service.needles);
      expect(given.found.length).toBeGreaterThan(3);
      expect(found(service)).toEqual([]);
      expect(searchProcesses(service.pid, service.needles)).toMatchObject({ processes: 1, found: [] });
      await service.end("SIGKILL");
      expect(found(service)).toEqual([]);
      expect((await verifyVault(join(service.own, "canary.evault"))).problems).toEqual([]);
      expect(found(service)).toEqual([]);
    },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("what a crash leaves behind", () => {
  it("a diagnostic report of Node holds nothing of it", { timeout: 300_000 }, async () => {
    const flags = ["--report-on-signal", "--report-on-fatalerror", "--report-uncaught-exception"];
    const service = await startService("reported", "left out", [], flags);
    process.kill(service.pid, "SIGUSR2");
    const reports = (): string[] =>
      readdirSync(service.own)
        .filter((name) => name.startsWith("report."))
        .filter((name) => name.endsWith(".json"));
    // The file is there before all of it is: only a whole one says what a report holds.
    const whole = (): string[] => reports().filter((name) => isJson(readFileSync(join(service.own, name), "utf8")));
    await expect.poll(whole, { timeout: 20_000 }).toHaveLength(1);
    await service.end("SIGABRT");
    expect(statSync(join(service.own, whole()[0] ?? "")).size).toBeGreaterThan(1_000);
    expect(found(service)).toEqual([]);
  });

  describe.skipIf(!dumpsHere)("a core dump (needs a core_pattern of plain files, and prlimit)", () => {
    it("would hold it if memory were not left out: the search finds it there", { timeout: 300_000 }, async () => {
      const service = await startService("dumped", "kept", unlimited);
      await service.end("SIGABRT");
      const [core = ""] = coresOf(service);
      const memory = segmentsOf(readFileSync(join(service.own, core)), "memory");
      expect(memory.some((bytes) => service.needles.some((needle) => bytes.includes(needle.bytes)))).toBe(true);
    });

    it("holds nothing of it, whatever the limits are set to", { timeout: 300_000 }, async () => {
      for (const signal of ["SIGABRT", "SIGSEGV"] as const) {
        const service = await startService(`left-out-${signal}`, "left out", unlimited);
        expect(service.lines).toContain("left out");
        await service.end(signal);
        const cores = coresOf(service);
        expect(cores.length).toBe(1);
        // The kernel writes the registers of each thread into any core: the last bytes that it copied can be among them.
        const elsewhere = found(service).filter((words) => !cores.some((core) => words.endsWith(`/${core}`)));
        expect(elsewhere).toEqual([]);
        const core = readFileSync(join(service.own, cores[0] ?? ""));
        expect(segmentsOf(core, "notes").length).toBe(1);
        for (const memory of segmentsOf(core, "memory")) {
          for (const { name, bytes } of service.needles) expect(memory.includes(bytes), name).toBe(false);
        }
      }
    });
  });
});
