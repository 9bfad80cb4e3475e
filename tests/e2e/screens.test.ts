import { mkdirSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { mainJob } from "./journey-all.ts";
import { beginJourney, pictureFolder, setSize, type Journey } from "./journey-steps.ts";
import { launch, type LaunchedApp } from "./launch.ts";

/** WCAG 2.2, levels A and AA. */
const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * An option of a list says its label as its name, and its detail and its keys apart from it; the rule on labels in names
 * wants all of its text in the name.
 */
function isOption(html: string): boolean {
  return html.includes('role="option"');
}

/** Themes differ in their colours alone: the second is asked about these, the first about everything. */
const colourRules = ["color-contrast", "link-in-text-block"];

/** What a screen does wrong, in lines: nothing, where it is as it should be. */
async function faultsOf(page: Page, theme: "light" | "dark"): Promise<readonly string[]> {
  // The other mode opens a page of its own, which Electron has none of.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (theme === "light" ? axe.withTags(levels) : axe.withRules(colourRules)).analyze();
  const wide = await page.evaluate(() => ({ page: document.documentElement.scrollWidth, window: innerWidth }));
  return [
    ...violations.flatMap(({ id, nodes }) =>
      nodes
        .filter(({ html }) => !(id === "label-content-name-mismatch" && isOption(html)))
        .map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary ?? ""}`),
    ),
    ...(wide.page > wide.window ? [`it is ${wide.page} px wide in a window of ${wide.window} px`] : []),
  ];
}

/** Every screen and dialog that the main job passes, in light and dark, at the smallest size that is promised. */
test.describe.serial("every screen at 1280 × 800, in light and dark", () => {
  let app: LaunchedApp;
  let journey: Journey;
  const faults: string[] = [];

  test.beforeAll(async () => {
    mkdirSync(pictureFolder, { recursive: true });
    app = await launch();
    await setSize(app, 1280, 800);
    journey = beginJourney(app, {
      look: async (name) => {
        for (const colorScheme of ["light", "dark"] as const) {
          await app.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await expect(app.page.locator("html")).toHaveAttribute("data-theme", colorScheme);
          for (const fault of await faultsOf(app.page, colorScheme)) faults.push(`${name}, ${colorScheme}: ${fault}`);
          await app.page.screenshot({ path: join(pictureFolder, `${name}-1280x800-${colorScheme}.png`) });
        }
      },
    });
  });

  test.afterAll(async () => {
    await app.close();
    journey.end();
  });

  for (const { words, go } of mainJob) {
    test(words, async () => {
      await go(journey);
    });
  }

  test("no screen has a fault, and none complained", () => {
    expect.soft(faults).toEqual([]);
    expect(journey.complaints).toEqual([]);
  });
});
