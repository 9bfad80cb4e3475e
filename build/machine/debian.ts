import { existsSync } from "node:fs";
import { CommandError, capture } from "../command.ts";

/** What Electron links against or opens at run time. */
export const electronPackages = [
  "libgtk-3-0",
  "libnss3",
  "libasound2",
  "libgbm1",
  "libxss1",
  "libxtst6",
  "libnotify4",
  "libsecret-1-0",
] as const;

/** Where there is no display. */
export const displayPackages = ["xvfb", "xauth"] as const;

/** The stock tools that sealed reports are checked against, and the one that watches for network calls. */
export const testPackages = ["age", "minisign", "strace"] as const;

/** Where the compiler for SQLite's binding is missing. */
export const compilerPackages = ["g++", "make", "python3"] as const;

async function isInstalled(name: string): Promise<boolean> {
  // Debian 13 and later name some libraries anew for 64-bit time.
  for (const spelling of [name, `${name}t64`]) {
    try {
      const status = await capture("dpkg-query", ["-W", "-f=${db:Status-Status}", spelling]);
      if (status.includes("installed") && !status.includes("not-installed")) return true;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
    }
  }
  return false;
}

/**
 * Makes sure that Debian packages are there: as root installs what is missing, else says in one line what to install.
 * Does nothing on other systems than Debian and its kin.
 * @returns the packages that are still missing
 */
export async function ensureDebianPackages(
  names: readonly string[],
  notice: (line: string) => void,
): Promise<readonly string[]> {
  if (process.platform !== "linux" || !existsSync("/usr/bin/dpkg-query")) return [];
  const there = await Promise.all(names.map(isInstalled));
  const missing = names.filter((_, index) => there[index] !== true);
  if (missing.length === 0) return [];
  if (process.getuid?.() !== 0) {
    notice(`Missing on this machine; install with: sudo apt-get install ${missing.join(" ")}`);
    return missing;
  }
  notice(`Installing Debian packages: ${missing.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await capture("apt-get", ["update", "-qq"], { env });
  await capture("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing], { env });
  return [];
}
