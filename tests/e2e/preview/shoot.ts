import { chromium, type Browser } from "@playwright/test";
import { mkdirSync } from "node:fs";
import { createServer } from "vite";
import { scenes } from "./scenes.ts";

/*
 * Takes a picture of every screen: node tests/e2e/preview/shoot.ts OUT_FOLDER [NAME_PART] [light,dark] [1280x800,1920x1080]
 * Uses the system's Chromium. Prints whatever the page complained of.
 */
const [outFolder = "test-results/preview", namePart = "", themeList = "light,dark", sizeList = "1280x800,1920x1080"] =
  process.argv.slice(2);

interface Shot {
  readonly name: string;
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly press: string | undefined;
  readonly click: readonly string[];
}

async function shoot(browser: Browser, shot: Shot): Promise<void> {
  const page = await browser.newPage({ viewport: { width: shot.width, height: shot.height } });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      console.log(`${shot.name}: ${message.text().slice(0, 600)}`);
  });
  page.on("pageerror", (error) => {
    console.log(`${shot.name}: ${error.message}`);
  });
  await page.goto(shot.url);
  await page.waitForSelector("main h1", { timeout: 20_000 }).catch(() => {
    console.log(`${shot.name}: no title appeared`);
  });
  await page.waitForTimeout(350);
  if (shot.press !== undefined) {
    await page.keyboard.press(shot.press);
    await page.waitForTimeout(350);
  }
  for (const step of shot.click) {
    if (step.startsWith("fill:")) await page.fill(step.slice(5), "seven quiet otters");
    else await page.click(step);
    await page.waitForTimeout(500);
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  if (overflow) console.log(`${shot.name}: wider than the window`);
  await page.screenshot({ path: `${outFolder}/${shot.name}.png` });
  await page.close();
}

mkdirSync(outFolder, { recursive: true });
const server = await createServer({
  configFile: new URL("./vite.config.ts", import.meta.url).pathname,
  logLevel: "error",
});
await server.listen();
const base = server.resolvedUrls?.local[0] ?? "http://127.0.0.1:5199/";
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
for (const scene of scenes.filter(({ name }) => name.includes(namePart))) {
  for (const theme of themeList.split(",")) {
    for (const size of sizeList.split(",")) {
      const [width = 1280, height = 800] = size.split("x").map(Number);
      const name = `${scene.name}-${theme}-${String(width)}`;
      await shoot(browser, {
        name,
        url: `${base}?${scene.query}&theme=${theme}`,
        width,
        height,
        press: scene.press,
        click: scene.click ?? [],
      });
    }
  }
}
await browser.close();
await server.close();
