// `npm test`: every kind of check in turn, all of them even where one fails; `npm run lint`: the first one alone.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runAttached } from "./command.ts";
import { ensureDebianPackages, testPackages } from "./machine/debian.ts";
import { repositoryFolder } from "./paths.ts";

interface Stage {
  readonly name: string;
  /** Commands of node_modules/.bin or of Node, run in turn, all of them even where one fails. */
  readonly commands: readonly (readonly [command: string, ...args: string[]])[];
  /** Where the test runner leaves its counts. */
  readonly report?: string;
}

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const reportFolder = join(repositoryFolder, "test-results");
const lintCache = join("node_modules", ".cache");

function vitestStage(name: string): Stage {
  const report = join(reportFolder, `${name}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return { name, commands: [["vitest", "run", "--project", name, ...reporters]], report };
}

const stages: readonly Stage[] = [
  {
    name: "lint",
    commands: [
      [
        "eslint",
        "--max-warnings=0",
        "--cache",
        "--cache-strategy=content",
        `--cache-location=${lintCache}/eslint/`,
        ".",
      ],
      ["prettier", "--check", "--log-level=warn", "--cache", `--cache-location=${lintCache}/prettier-lint`, "."],
    ],
  },
  { name: "types", commands: [["tsc", "--noEmit", "-p", "."]] },
  vitestStage("unit"),
  vitestStage("integration"),
  vitestStage("faults"),
  { name: "e2e", commands: [["node", "build/e2e.ts"]], report: join(reportFolder, "e2e.json") },
];

function numberAt(report: object, key: string): number {
  const value: unknown = Reflect.get(report, key);
  return typeof value === "number" ? value : 0;
}

/** The counts in a JSON report of vitest or of Playwright. */
function countsIn(report: string): Counts {
  if (!existsSync(report)) return { passed: 0, failed: 0, skipped: 0 };
  const content: unknown = JSON.parse(readFileSync(report, "utf8"));
  if (typeof content !== "object" || content === null) return { passed: 0, failed: 0, skipped: 0 };
  if ("stats" in content && typeof content.stats === "object" && content.stats !== null) {
    const { stats } = content;
    return {
      passed: numberAt(stats, "expected") + numberAt(stats, "flaky"),
      failed: numberAt(stats, "unexpected"),
      skipped: numberAt(stats, "skipped"),
    };
  }
  return {
    passed: numberAt(content, "numPassedTests"),
    failed: numberAt(content, "numFailedTests"),
    skipped: numberAt(content, "numPendingTests") + numberAt(content, "numTodoTests"),
  };
}

/** Runs one stage; true where all of it went well. */
async function run(stage: Stage): Promise<boolean> {
  console.log(`\n── ${stage.name}`);
  if (stage.report !== undefined) rmSync(stage.report, { force: true });
  const startMs = performance.now();
  let isGood = true;
  for (const [command, ...args] of stage.commands) {
    if ((await runAttached(command, args, { cwd: repositoryFolder })) !== 0) isGood = false;
  }
  console.log(`── ${stage.name}: ${((performance.now() - startMs) / 1_000).toFixed(1)} s`);
  return isGood;
}

const asked = process.argv.slice(2);
const chosen = asked.length === 0 ? stages : stages.filter(({ name }) => asked.includes(name));
mkdirSync(reportFolder, { recursive: true });
const needsTools = chosen.some(({ report }) => report !== undefined);
if (needsTools) await ensureDebianPackages(testPackages, console.error);
const failedStages: string[] = [];
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const stage of chosen) {
  const went = await run(stage);
  const counts = stage.report === undefined ? null : countsIn(stage.report);
  // Two witnesses: what the runner ended with, and what it counted. A stage that ran no test is not in order either.
  const counted = counts === null || (counts.failed === 0 && counts.passed > 0);
  if (!went || !counted) failedStages.push(stage.name);
  if (counts === null) continue;
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
if (needsTools) {
  console.log(`\n${String(total.passed)} passed, ${String(total.failed)} failed, ${String(total.skipped)} skipped`);
}
if (failedStages.length > 0) {
  console.log(`Not in order: ${failedStages.join(", ")}`);
  process.exitCode = 1;
}
