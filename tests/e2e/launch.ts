import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, type ElectronApplication, type Page } from "@playwright/test";

/** What `build/e2e.ts` tells the tests about the packaged app and who runs it. */
interface Setup {
  readonly executable: string;
  readonly user: { uid: number; gid: number; prefix: readonly string[]; home: string | null };
}

function isSetup(value: unknown): value is Setup {
  if (typeof value !== "object" || value === null) return false;
  return "executable" in value && typeof value.executable === "string" && "user" in value;
}

/** The packaged app's executable and the user that it runs as. */
export function e2eSetup(): Setup {
  const setup: unknown = JSON.parse(process.env.EVALVAULT_E2E ?? "null");
  if (!isSetup(setup)) throw new Error("End-to-end tests need the packaged app: run them with npm run test:e2e");
  return setup;
}

export interface LaunchOptions {
  /** The profile folder; a fresh one where not given, removed at close. */
  readonly profile?: string;
  /** More arguments for the app. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Command words put before everything, as the user of the tests: `["strace", "-f", "-o", FILE]`. */
  readonly wrap?: readonly string[];
}

export interface LaunchedApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly profile: string;
  /** Quits the app and removes the profile that was made for it. */
  close(): Promise<void>;
}

/** Makes a folder that the app's user may read and write: for vaults, logs, reports. The caller removes it. */
export function appFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `evalvault-${name}-`));
  giveToApp(folder);
  return folder;
}

/** Makes a file or folder the app's user's own. */
export function giveToApp(path: string): void {
  const { uid, gid } = e2eSetup().user;
  if (process.getuid?.() === 0) chownSync(path, uid, gid);
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Only what the app needs: nothing of the tests' own environment gets in unseen. */
function environmentOf(setup: Setup, extra: Readonly<Record<string, string>>): Record<string, string> {
  const kept = ["PATH", "LANG", "DISPLAY", "TMPDIR"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const home = setup.user.home ?? process.env.HOME ?? tmpdir();
  return { ...Object.fromEntries(kept), HOME: home, ...extra };
}

/**
 * Starts the app with Playwright attached. On a busy machine Playwright now and then misses the app's "ready" and waits
 * for it in vain, with the debugger attached and the app running: said aloud, and tried once more.
 */
async function attach(options: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  try {
    return await _electron.launch(options);
  } catch (error) {
    if (!(error instanceof Error && error.name === "TimeoutError")) throw error;
    console.warn("Playwright did not get hold of the app in time; once more.");
    return _electron.launch(options);
  }
}

/**
 * Starts the packaged app as the unprivileged user, with Chromium's sandbox on, and waits for its first window.
 */
export async function launch(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const setup = e2eSetup();
  const profile = options.profile ?? appFolder("profile");
  // Playwright starts one executable: this one steps down from root, keeping its process id.
  const launcherFolder = mkdtempSync(join(tmpdir(), "evalvault-launcher-"));
  const launcher = join(launcherFolder, "evalvault");
  const words = [...(options.wrap ?? []), ...setup.user.prefix, setup.executable];
  writeFileSync(launcher, `#!/bin/sh\nexec ${words.map(quoted).join(" ")} "$@"\n`);
  chmodSync(launcher, 0o755);
  try {
    const electron = await attach({
      executablePath: launcher,
      args: [`--profile=${profile}`, ...(options.args ?? [])],
      env: environmentOf(setup, options.env ?? {}),
      cwd: profile,
      // Playwright would otherwise add --no-sandbox by itself.
      chromiumSandbox: true,
      timeout: 40_000,
    });
    const page = await electron.firstWindow({ timeout: 60_000 });
    return {
      electron,
      page,
      profile,
      close: async () => {
        await electron.close();
        if (options.profile === undefined) rmSync(profile, { recursive: true, force: true });
      },
    };
  } finally {
    rmSync(launcherFolder, { recursive: true, force: true });
  }
}
