import { spawnSync } from "node:child_process";
import { CommandError, capture } from "../command.ts";

/** A system user without rights, made by the end-to-end tests when they run as root. */
const userName = "evalvault-e2e";

/** Who starts the app in tests. */
export interface AppUser {
  readonly uid: number;
  readonly gid: number;
  /** The command words before the app's own that make it run as this user; none when it is the current user. */
  readonly prefix: readonly string[];
  readonly home: string | null;
}

async function idOf(option: "-u" | "-g"): Promise<number> {
  return Number.parseInt(await capture("id", [option, userName]), 10);
}

/**
 * As root: the unprivileged user, made where it does not exist, because Chromium's sandbox refuses to work for root
 * and tests must see the app as people run it. Otherwise: the current user.
 */
export async function appUser(): Promise<AppUser> {
  const uid = process.getuid?.() ?? -1;
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? -1, prefix: [], home: null };
  const home = `/var/lib/${userName}`;
  if (spawnSync("id", [userName]).status !== 0) {
    try {
      await capture("useradd", ["--system", "--user-group", "--create-home", "--home-dir", home, userName]);
    } catch (error) {
      // Status 9: somebody else made it meanwhile.
      if (!(error instanceof CommandError) || error.status !== 9) throw error;
    }
  }
  const ids = { uid: await idOf("-u"), gid: await idOf("-g") };
  const prefix = [
    "setpriv",
    `--reuid=${String(ids.uid)}`,
    `--regid=${String(ids.gid)}`,
    "--clear-groups",
    "--inh-caps=-all",
    "--",
  ];
  return { ...ids, prefix, home };
}
