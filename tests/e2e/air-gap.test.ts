import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { tryEverything } from "./air-gap-hostile.ts";
import { internetCalls, socketCalls, watchSockets } from "./air-gap-sockets.ts";
import { watchJourney } from "./air-gap-watch.ts";
import { appFolder, e2eSetup, launch, type LaunchedApp } from "./launch.ts";

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Process {
  readonly pid: number;
  readonly command: string;
}

function childrenOf(pid: number): Process[] {
  const tasks = readdirSync(`/proc/${String(pid)}/task`);
  return tasks.flatMap((task) =>
    readFileSync(`/proc/${String(pid)}/task/${task}/children`, "utf8")
      .split(" ")
      .filter((child) => child.trim() !== "")
      .map((child) => ({
        pid: Number(child),
        command: readFileSync(`/proc/${child}/cmdline`, "utf8").replaceAll("\0", " "),
      })),
  );
}

/** The app without a debugger, as people run it: starts it, gives it time, ends it by a signal. */
async function runUnattended(trace: string, profile: string, seconds: number): Promise<Process[]> {
  const { executable, user } = e2eSetup();
  const [command, ...words] = [...watchSockets(trace), ...user.prefix, executable, `--profile=${profile}`];
  const home = user.home ?? profile;
  const strace = spawn(command, words, {
    cwd: profile,
    stdio: "ignore",
    env: { PATH: process.env.PATH ?? "", DISPLAY: process.env.DISPLAY ?? "", HOME: home },
  });
  const ended = new Promise((resolve) => strace.once("exit", resolve));
  await wait(seconds * 1_000);
  const main = childrenOf(strace.pid ?? 0)[0];
  if (main === undefined) throw new Error("the app ended by itself");
  const children = childrenOf(main.pid);
  process.kill(main.pid, "SIGTERM");
  await ended;
  return children;
}

async function refusedTotal(app: LaunchedApp): Promise<number> {
  const info = await app.page.evaluate(() => window.evalvault?.appInfo({}));
  if (info?.ok !== true) throw new Error("the page has no way to main");
  return info.value.refused.total;
}

/** Why main locked last, null while the page is being replaced. */
async function lastLock(app: LaunchedApp): Promise<string | null> {
  const info = await app.page.evaluate(() => window.evalvault?.appInfo({})).catch(() => null);
  return info?.ok === true ? info.value.lastLock : null;
}

test("it starts, idles and ends without one call that concerns the internet", async () => {
  const profile = appFolder("air-gap");
  const trace = join(profile, "trace");
  try {
    const children = await runUnattended(trace, profile, 20);
    // It really ran: a page, a network service that had nothing to do, and a service of our own.
    expect(children.some(({ command }) => command.includes("--type=zygote"))).toBe(true);
    expect(children.some(({ command }) => command.includes("node.mojom.NodeService"))).toBe(true);
    // It ended in order: the window's place is written when the window closes.
    expect(existsSync(join(profile, "window.json"))).toBe(true);
    expect(socketCalls(trace)).toBeGreaterThan(100);
    expect(internetCalls(trace, 0)).toEqual([]);
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
});

test("locking and starting over makes no such call either, and replaces both processes", async () => {
  const processes = (app: LaunchedApp): Promise<Record<string, number>> =>
    app.electron.evaluate(({ app: electronApp }) =>
      Object.fromEntries(electronApp.getAppMetrics().map(({ type, name, pid }) => [name ?? type, pid])),
    );
  const { calls, internet, debuggers } = await watchJourney(async (app) => {
    expect(await refusedTotal(app)).toBe(0);
    const before = await processes(app);
    expect(Object.keys(before)).toContain("EvalVault service");
    await app.page.evaluate(() => {
      // Not awaited: the page that asks is gone before the answer.
      void window.evalvault?.lock({});
    });
    const service = (now: Record<string, number>): number | undefined => now["EvalVault service"];
    await expect
      .poll(async () => {
        const pid = service(await processes(app));
        return pid !== undefined && pid !== service(before);
      })
      .toBe(true);
    await expect.poll(() => lastLock(app)).toBe("command");
    const after = await processes(app);
    expect(after.Tab).not.toBe(before.Tab);
    await expect.poll(() => existsSync(`/proc/${String(before.Tab)}`)).toBe(false);
    expect(existsSync(`/proc/${String(before["EvalVault service"])}`)).toBe(false);
    // Nothing of these processes would be in a core dump.
    for (const pid of [after.Browser, after["EvalVault service"]]) {
      expect(readFileSync(`/proc/${String(pid)}/coredump_filter`, "utf8")).toMatch(/^0+$/m);
    }
    await wait(3_000);
  });
  expect(calls).toBeGreaterThan(100);
  expect(debuggers).toBe(2);
  expect(internet).toEqual([]);
});

test("suspend, a locked screen and Ctrl+L lock, and what was copied is taken off the clipboard", async () => {
  const app = await launch();
  const clipboard = (): Promise<string> => app.electron.evaluate((electron) => electron.clipboard.readText());
  try {
    await app.page.evaluate(() => window.evalvault?.copyText({ text: "a value of ours" }));
    expect(await clipboard()).toBe("a value of ours");
    await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit("suspend"));
    await expect.poll(() => lastLock(app)).toBe("suspend");
    await expect.poll(clipboard).toBe("");
    // While one lock is under way another is none, so each is asked for until it is seen; each time with the time that
    // a lock takes, or asking again would replace the page that is to be read.
    const seen = { timeout: 6_000 };
    await expect(async () => {
      await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit("lock-screen"));
      await expect.poll(() => lastLock(app), seen).toBe("screen-lock");
    }).toPass({ timeout: 40_000 });
    await expect(async () => {
      // A key as the system sends it, which main takes before the page can.
      await app.electron.evaluate(({ webContents }) => {
        const page = webContents.getAllWebContents().find((contents) => contents.getURL() === "app://main/");
        page?.sendInputEvent({ type: "keyDown", keyCode: "L", modifiers: ["control"] });
      });
      await expect.poll(() => lastLock(app), seen).toBe("command");
    }).toPass({ timeout: 40_000 });
  } finally {
    await app.close();
  }
});

test("a service that ends by itself is started again three times, then no more", async () => {
  const app = await launch();
  const info = async () => {
    const result = await app.page.evaluate(() => window.evalvault?.appInfo({})).catch(() => null);
    return result?.ok === true ? result.value : null;
  };
  /** The service's process, once it is another than those seen before. */
  const newService = async (seen: ReadonlySet<number>): Promise<number> => {
    for (let tries = 0; tries < 100; tries += 1) {
      const pid = await servicePid();
      if (pid !== null && !seen.has(pid)) return pid;
      await wait(50);
    }
    throw new Error("the service was not started again");
  };
  const servicePid = (): Promise<number | null> =>
    app.electron.evaluate(
      (electron) => electron.app.getAppMetrics().find(({ name }) => name === "EvalVault service")?.pid ?? null,
    );
  try {
    const seen = new Set<number>();
    for (let ends = 0; ends < 4; ends += 1) {
      const pid = await newService(seen);
      seen.add(pid);
      process.kill(pid, "SIGKILL");
    }
    expect(seen.size).toBe(4);
    await expect.poll(async () => (await info())?.serviceFailed).toBe(true);
    await expect.poll(() => lastLock(app)).toBe("service-ended");
    expect(await servicePid()).toBeNull();
  } finally {
    await app.close();
  }
});

test("a hostile page reaches nothing, whatever it tries, and what was refused is counted", async () => {
  const { internet } = await watchJourney(async (app) => {
    const ended = await app.page.evaluate(tryEverything);
    expect(Object.keys(ended).length).toBeGreaterThan(25);
    // Words in capitals are what a try says when it got through.
    expect(Object.entries(ended).filter(([, how]) => /^[A-Z]{4}/.test(how))).toEqual([]);
    expect(app.page.url()).toMatch(/^app:\/\/main\//);
    expect(app.electron.windows()).toHaveLength(1);
    expect(await refusedTotal(app)).toBeGreaterThan(15);
  });
  expect(internet).toEqual([]);
});

test("a second start with the same profile comes back to the first", async () => {
  const first = await launch();
  try {
    const second = spawn(
      ...((): [string, string[]] => {
        const { executable, user } = e2eSetup();
        const [command, ...words] = [...user.prefix, executable, `--profile=${first.profile}`];
        return [command, words];
      })(),
      { stdio: "ignore", env: { PATH: process.env.PATH ?? "", DISPLAY: process.env.DISPLAY ?? "" } },
    );
    const status = await new Promise((resolve) => second.once("exit", resolve));
    expect(status).toBe(0);
    expect(first.electron.windows()).toHaveLength(1);
  } finally {
    await first.close();
  }
});
