import { mkdirSync } from "node:fs";
import { openPreview, openScene } from "./browser.ts";
import { scenes } from "./scenes.ts";

/*
 * Takes a picture of every screen: node tests/e2e/preview/shoot.ts OUT_FOLDER [NAME_PART] [light,dark] [1280x800,1920x1080]
 * Uses the system's Chromium. Prints whatever the page complained of.
 */
const [outFolder = "test-results/preview", namePart = "", themeList = "light,dark", sizeList = "1280x800,1920x1080"] =
  process.argv.slice(2);

mkdirSync(outFolder, { recursive: true });
const preview = await openPreview();
for (const scene of scenes.filter(({ name }) => name.includes(namePart))) {
  for (const theme of themeList.split(",")) {
    for (const size of sizeList.split(",")) {
      const [width = 1280, height = 800] = size.split("x").map(Number);
      const page = await preview.browser.newPage({ viewport: { width, height } });
      await openScene(page, preview.base, scene, theme);
      await page.screenshot({ path: `${outFolder}/${scene.name}-${theme}-${String(width)}.png` });
      await page.close();
    }
  }
}
await preview.close();
