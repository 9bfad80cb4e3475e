import { defineConfig } from "@playwright/test";

const isCi = process.env.CI === "true";

export default defineConfig({
  testDir: "../tests/e2e",
  testMatch: "*.test.ts",
  outputDir: "../test-results/e2e",
  // One app at a time: they share a display, and the machine is small.
  workers: 1,
  fullyParallel: false,
  forbidOnly: isCi,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "../test-results/e2e.json" }]],
});
