import { AxeBuilder } from "@axe-core/playwright";
import { openPreview, openScene } from "./browser.ts";
import { scenes } from "./scenes.ts";

/*
 * Runs axe (WCAG 2.2 A and AA) on every scene: node tests/e2e/preview/check.ts [NAME_PART] [light,dark,contrast]
 * Prints each violation with its first elements; ends with status 1 when there is one.
 */
const [namePart = "", themeList = "light,dark,contrast"] = process.argv.slice(2);

let violations = 0;
const preview = await openPreview();
for (const scene of scenes.filter(({ name }) => name.includes(namePart))) {
  for (const theme of themeList.split(",")) {
    const context = await preview.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await openScene(page, preview.base, scene, theme);
    const result = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
    for (const violation of result.violations) {
      violations += 1;
      const where = violation.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.failureSummary ?? ""}`);
      console.log(`${scene.name}-${theme}: ${violation.id}: ${violation.help}\n  ${where.join("\n  ")}`);
    }
    await context.close();
  }
}
await preview.close();
console.log(`${String(violations)} violations`);
process.exitCode = violations === 0 ? 0 : 1;
