import { mkdirSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { pictureFolder } from "./journey-steps.ts";

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

/** Looks at screens in light and dark: keeps a picture of each, and notes what is wrong with it. */
export class ScreenInspector {
  readonly faults: string[] = [];
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    mkdirSync(pictureFolder, { recursive: true });
  }

  async look(name: string): Promise<void> {
    for (const colorScheme of ["light", "dark"] as const) {
      await this.#page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expect(this.#page.locator("html")).toHaveAttribute("data-theme", colorScheme);
      for (const fault of await faultsOf(this.#page, colorScheme))
        this.faults.push(`${name}, ${colorScheme}: ${fault}`);
      await this.#page.screenshot({ path: join(pictureFolder, `${name}-1280x800-${colorScheme}.png`) });
    }
  }
}
