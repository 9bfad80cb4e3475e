import { chromium, type Browser, type Page } from "@playwright/test";
import { createServer, type ViteDevServer } from "vite";
import type { scenes } from "./scenes.ts";

type Scene = (typeof scenes)[number];

export interface Preview {
  readonly browser: Browser;
  readonly base: string;
  readonly close: () => Promise<void>;
}

const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

/** Serves the preview on a free port and starts the system's Chromium. */
export async function openPreview(): Promise<Preview> {
  const configFile = new URL("./vite.config.ts", import.meta.url).pathname;
  const server: ViteDevServer = await createServer({ configFile, logLevel: "error" });
  await server.listen();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", ...quiet],
  });
  return {
    browser,
    base: server.resolvedUrls?.local[0] ?? "http://127.0.0.1:5199/",
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** Opens a scene and brings it to where it is to be looked at. Says what the page complained of. */
export async function openScene(page: Page, base: string, scene: Scene, theme: string): Promise<void> {
  const say = (words: string): void => {
    console.log(`${scene.name}-${theme}: ${words.slice(0, 600)}`);
  };
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") say(message.text());
  });
  page.on("pageerror", (error) => {
    say(error.message);
  });
  await page.goto(`${base}?${scene.query}&theme=${theme}`);
  await page.waitForSelector("main h1", { timeout: 20_000 }).catch(() => {
    say("no title appeared");
  });
  await page.waitForTimeout(350);
  if (scene.press !== undefined) await page.keyboard.press(scene.press);
  for (const step of scene.click ?? []) {
    if (step.startsWith("fill:")) {
      const [field = "", words = "seven quiet otters"] = step.slice(5).split(" := ");
      await page.fill(field, words);
    } else if (step.startsWith("press:")) await page.keyboard.press(step.slice(6));
    else await page.click(step);
    await page.waitForTimeout(500);
  }
  await page.waitForTimeout(250);
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  if (isWide) say("wider than the window");
}
