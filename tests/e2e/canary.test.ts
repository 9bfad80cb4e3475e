import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import {
  formsOf,
  pieceOf,
  processTree,
  searchFiles,
  searchProcesses,
  type Needle,
  type Place,
} from "./canary-search.ts";
import { mainJob } from "./journey-all.ts";
import { logNames } from "./journey-files.ts";
import { beginJourney, setSize, type Journey } from "./journey-steps.ts";
import { newMark } from "./journey-words.ts";
import { appFolder, e2eSetup, launch, type LaunchedApp } from "./launch.ts";

/** What the journey puts on the disk for the app to read, a copy that was asked for, what stock tools took out of the package. */
const inputs = [
  ...["harbour.json", "flags.json", "logs", "screen.txt", "dropped.txt", "copy.txt", "key.txt"],
  ...["plain", "plain.tar"],
];

/** Where the app may write: its profile, its user's home, temporary folders, and beside the vault. */
function placesOf(app: LaunchedApp, journey: Journey, since: number): readonly Place[] {
  const { uid, home } = e2eSetup().user;
  const homes = home === null ? [] : [{ folder: home }];
  const temporary = ["/tmp", "/var/tmp", tmpdir()].map((folder) => ({ folder, of: { uid, since } }));
  return [{ folder: app.profile }, { folder: journey.path(".") }, ...homes, ...temporary];
}

/** What is looked for beside the mark: the originals' bytes, the secret key. They are there once they were written. */
function originals(journey: Journey): readonly Needle[] {
  try {
    const secret = /AGE-SECRET-KEY-\S+/.exec(readFileSync(journey.path("key.txt"), "utf8"))?.[0] ?? "";
    return [
      ...logNames.map((name) => pieceOf(name, journey.path(`logs/${name}`))),
      ...formsOf("the secret key", secret),
    ];
  } catch {
    return [];
  }
}

test("a search finds what is there, in every form", () => {
  const folder = appFolder("canary");
  const mark = newMark();
  const needles = formsOf("the mark", mark);
  const written = [
    Buffer.from(`before ${mark} after`),
    Buffer.from(`before ${mark} after`, "utf16le"),
    Buffer.from(Buffer.from(mark).toString("hex")),
    ...[6, 7, 8].map((size) => Buffer.from(Buffer.from(`${"b".repeat(size)}${mark} after`).toString("base64"))),
  ];
  try {
    mkdirSync(join(folder, "deep"));
    for (const [place, bytes] of written.entries()) writeFileSync(join(folder, "deep", String(place)), bytes);
    const { files, found } = searchFiles([{ folder }], [], needles);
    expect(files).toBe(written.length);
    for (const place of written.keys()) expect(found.some((words) => words.endsWith(`deep/${place}`))).toBe(true);
    const self = searchProcesses(process.pid, formsOf("a variable", "EVALVAULT_E2E="));
    expect(self.found.some((words) => words.endsWith("/environ"))).toBe(true);
    expect(processTree(process.pid).length).toBeGreaterThan(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("nothing that is typed or imported is readable on any disk or in any process's arguments", async () => {
  test.setTimeout(1_200_000);
  const since = Date.now();
  const app = await launch();
  const journey = beginJourney(app, { mark: newMark() });
  const mark = formsOf("the mark", /kq\w{10}/.exec(journey.words.lead)?.[0] ?? "");
  // What Chromium writes into every PDF that it prints.
  const printed = formsOf("a printed PDF", "/Producer (Skia/PDF");
  const pid = app.electron.process().pid ?? 0;
  const found = new Set<string>();
  const seen = { files: 0, processes: 0, searches: 0 };
  const skip = inputs.map((name) => journey.path(name));
  const search = (isRunning: boolean): void => {
    const needles = [...mark, ...printed, ...originals(journey)];
    const files = searchFiles(placesOf(app, journey, since), skip, needles);
    const processes = isRunning ? searchProcesses(pid, needles) : { processes: 0, found: [] };
    for (const words of [...files.found, ...processes.found]) found.add(words);
    seen.files = Math.max(seen.files, files.files);
    seen.processes = Math.max(seen.processes, processes.processes);
    seen.searches += 1;
  };
  let isOver = false;
  const watch = async (): Promise<void> => {
    while (!isOver) {
      search(true);
      await sleep(400);
    }
  };
  const watching = watch();
  try {
    await setSize(app, 1440, 900);
    for (const { words, go } of mainJob) await test.step(words, () => go(journey));
  } finally {
    isOver = true;
    await watching;
    search(true);
    await app.electron.close();
    search(false);
    await app.close();
    journey.end();
  }
  expect([...found]).toEqual([]);
  expect(mark[0]?.bytes.length).toBe(12);
  expect(seen.searches).toBeGreaterThan(20);
  expect(seen.files).toBeGreaterThan(5);
  expect(seen.processes).toBeGreaterThan(3);
});
