import { defineConfig } from "vitest/config";

/** One project a kind of test, with the time that one test of it may take. End-to-end tests are Playwright's. */
const project = (name: string, testTimeoutMs: number) => ({
  test: {
    name,
    include: [`tests/${name}/**/*.test.{ts,tsx}`],
    testTimeout: testTimeoutMs,
    hookTimeout: testTimeoutMs,
  },
});

/** Beside the real Inspect, which writes the logs first. Run by `npm run test:peers` only: it needs a Python registry. */
const peers = { test: { ...project("peers", 120_000).test, globalSetup: "tests/peers/write-peer-logs.ts" } };

export default defineConfig({
  test: {
    projects: [project("unit", 30_000), project("integration", 120_000), project("faults", 300_000), peers],
    reporters: ["default"],
  },
});
