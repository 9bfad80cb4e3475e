import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "@playwright/test";
import { fusesOf, readFuses } from "../../build/packaging/fuses.ts";
import { FuseV1Options } from "@electron/fuses";
import { e2eSetup, launch } from "./launch.ts";

test("every fuse stands as decided", async () => {
  const states = await readFuses(e2eSetup().executable);
  const wanted = new Map(
    Object.entries(fusesOf("e2e")).map(([index, state]) => [FuseV1Options[Number(index)] ?? index, state]),
  );
  expect(Object.keys(states).length).toBeGreaterThanOrEqual(8);
  for (const [name, state] of Object.entries(states))
    expect(`${name} ${String(state)}`).toBe(`${name} ${String(wanted.get(name))}`);
});

test("the package holds the binding outside of its archive and no default app", () => {
  const resources = join(dirname(e2eSetup().executable), "resources");
  expect(existsSync(join(resources, "native", "better_sqlite3.node"))).toBe(true);
  expect(existsSync(join(resources, "default_app.asar"))).toBe(false);
});

test("the app opens its window with the sandbox on, as a user without rights", async () => {
  const app = await launch();
  try {
    expect(app.page.url()).toMatch(/^app:\/\/main\//);
    const { pids, uid } = await app.electron.evaluate(({ app: electronApp }) => ({
      pids: electronApp.getAppMetrics().map(({ type, pid }) => ({ type, pid })),
      uid: process.getuid?.(),
    }));
    expect(uid).not.toBe(0);
    const tab = pids.find(({ type }) => type === "Tab");
    expect(tab).toBeDefined();
    // Chromium's renderer sandbox: a seccomp filter (mode 2) and no privilege to gain.
    const status = readFileSync(`/proc/${String(tab?.pid)}/status`, "utf8");
    expect(status).toMatch(/^Seccomp:\s+2$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
  } finally {
    await app.close();
  }
});
