import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { build, preview } from "vite";
import { z } from "zod";

/*
 * How smoothly a transcript of 300,000 items is read: node tests/e2e/preview/smoothness.ts
 * The page is built as for the product and driven in the system's Chromium: scrolled by wheel, dragged along the position
 * bar, jumped through by keys. A machine may be busy with other things, so two things are told: how long frames took by
 * the clock, beside those of a page that holds nothing but words and is driven alike in the same run; and how long the
 * page's longest task took on its processor, which is what the test holds to its bound. The preview's service answers in
 * the page itself, so its work is counted, too.
 */

/** A frame that a person feels, ms: three of a display's frames. */
const feltMs = 50;

interface Frames {
  readonly count: number;
  readonly longest: number;
  readonly p99: number;
  readonly felt: number;
  /** Of the page's tasks: the longest on its processor, and its share of the time, in ms. */
  readonly longestTask: number;
  readonly busy: number;
}

/** Starts to count frames in the page. */
async function startCounting(page: Page): Promise<void> {
  await page.evaluate(() => {
    const counted = { frames: [] as number[], isOn: true };
    Object.assign(window, { counted });
    let before = performance.now();
    const frame = (now: number): void => {
      counted.frames.push(now - before);
      before = now;
      if (counted.isOn) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

async function stopCounting(page: Page): Promise<readonly number[]> {
  const frames = await page.evaluate(() => {
    const counted: unknown = Reflect.get(window, "counted");
    if (typeof counted !== "object" || counted === null) throw new Error("nothing was counted");
    Reflect.set(counted, "isOn", false);
    return Reflect.get(counted, "frames") as number[];
  });
  // The first frame lasts since the counting began.
  return frames.slice(1).sort((a, b) => a - b);
}

const traceSchema = z.object({
  traceEvents: z.array(
    z.looseObject({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      tdur: z.number().optional(),
      args: z.looseObject({ name: z.unknown() }).partial().optional(),
    }),
  ),
});

/** How long each task of pages took on the processor, ms, longest first. */
function tasksIn(trace: Buffer): readonly number[] {
  const { traceEvents } = traceSchema.parse(JSON.parse(trace.toString("utf8")));
  const isMain = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return traceEvents
    .filter(({ name, pid, tid, tdur }) => name.endsWith("RunTask") && tdur !== undefined && isMain.has(`${pid} ${tid}`))
    .map(({ tdur }) => (tdur ?? 0) / 1_000)
    .sort((a, b) => b - a);
}

async function counted(page: Page, act: () => Promise<void>): Promise<Frames> {
  const browser = page.context().browser();
  if (browser === null) throw new Error("the browser is gone");
  await browser.startTracing(page, {
    categories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"],
  });
  await startCounting(page);
  await act();
  await page.waitForTimeout(300);
  const sorted = await stopCounting(page);
  const tasks = tasksIn(await browser.stopTracing());
  return {
    count: sorted.length,
    longest: sorted.at(-1) ?? 0,
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    felt: sorted.filter((ms) => ms > feltMs).length,
    longestTask: tasks[0] ?? Number.NaN,
    busy: tasks.reduce((sum, ms) => sum + ms, 0),
  };
}

async function wheel(page: Page, turns: number, px: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(0, px);
    await page.waitForTimeout(16);
  }
}

async function keys(page: Page, pressed: readonly string[]): Promise<void> {
  for (const key of pressed) {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
  }
}

async function drag(page: Page): Promise<void> {
  const box = await page.locator(".transcript-bar").boundingBox();
  if (box === null) throw new Error("there is no position bar");
  const x = box.x + box.width / 2;
  await page.mouse.move(x, box.y + 4);
  await page.mouse.down();
  for (let step = 0; step <= 80; step += 1) {
    await page.mouse.move(x, box.y + 4 + ((box.height - 8) * step) / 80);
    await page.waitForTimeout(16);
  }
  await page.mouse.up();
}

const jumps = [
  "j",
  "j",
  "t",
  "t",
  "e",
  "s",
  "e",
  "s",
  "Shift+E",
  "t",
  "j",
  "End",
  "k",
  "Shift+T",
  "Home",
  "e",
  "e",
  "s",
];

const phases: readonly { readonly name: string; readonly act: (page: Page) => Promise<void> }[] = [
  { name: "wheel, reading", act: (page) => wheel(page, 120, 240) },
  { name: "wheel, flinging", act: (page) => wheel(page, 120, 2_400) },
  { name: "dragging the bar", act: drag },
  { name: "jumps by key", act: (page) => keys(page, jumps) },
  { name: "fold all, unfold all", act: (page) => keys(page, ["Shift+O", "Shift+O", "Shift+O", "Shift+O"]) },
];

function line(name: string, { count, longest, p99, felt, longestTask, busy }: Frames): string {
  const ms = (value: number): string => `${value.toFixed(0)} ms`.padStart(7);
  const clock = [
    `${String(count).padStart(5)} frames, longest ${ms(longest)}`,
    `p99 ${ms(p99)}`,
    `${String(felt).padStart(3)} over ${feltMs} ms`,
  ];
  return `${name.padEnd(22)} ${clock.join(", ")}; processor: longest task ${ms(longestTask)}, ${(busy / count).toFixed(1)} ms a frame`;
}

const words = "<p>The handler writes the header before it checks the length.</p>".repeat(2_000);

const out = mkdtempSync(join(tmpdir(), "evalvault-smoothness-"));
const configFile = new URL("./vite.config.ts", import.meta.url).pathname;
await build({ configFile, logLevel: "error", build: { outDir: out, target: "esnext", emptyOutDir: true } });
const server = await preview({
  configFile,
  logLevel: "error",
  build: { outDir: out },
  preview: { port: 0, host: "127.0.0.1" },
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
const viewport = { width: 1_280, height: 800 };
let isGood = true;
try {
  const empty = await browser.newPage({ viewport });
  await empty.setContent(words);
  await empty.mouse.move(600, 400);
  const nothing = await counted(empty, () => wheel(empty, 120, 240));
  console.log(line("a page of words alone", nothing));
  await empty.close();

  const page = await browser.newPage({ viewport });
  const base = server.resolvedUrls?.local[0] ?? "";
  const before = performance.now();
  await page.goto(`${base}?scene=attempt&run=run-7&task=dynastic&epoch=2&theme=light`);
  await page.waitForSelector(".transcript-item .transcript-text");
  console.log(
    `first items of 300,000 after ${(performance.now() - before).toFixed(0)} ms, the page's own loading among it`,
  );
  const box = await page.locator(".transcript-scroller").boundingBox();
  await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200);
  let longestTask = 0;
  let longest = 0;
  for (const { name, act } of phases) {
    const frames = await counted(page, () => act(page));
    longest = Math.max(longest, frames.longest);
    longestTask = Math.max(longestTask, frames.longestTask);
    console.log(line(name, frames));
    await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200);
  }
  const drawn = await page.locator(".transcript-item").count();
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  console.log(`drawn at the end: ${drawn} items of 300,000, ${nodes} elements in the page`);
  isGood = longestTask > 0 && longestTask <= feltMs && drawn < 200;
  const clock = `longest frame by the clock ${longest.toFixed(0)} ms (words alone: ${nothing.longest.toFixed(0)} ms)`;
  console.log(
    `${clock}; longest task on the processor ${longestTask.toFixed(0)} ms, bound ${feltMs} ms: ${isGood ? "kept" : "NOT KEPT"}`,
  );
} finally {
  await browser.close();
  await server.close();
  rmSync(out, { recursive: true, force: true });
}
process.exitCode = isGood ? 0 : 1;
