import { chmodSync, chownSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { spawnSync } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import { appUser } from "../../../build/machine/unprivileged-user.ts";
import { inspectVault, verifyVault } from "../../../electron/vault/index.ts";
import { startObeying, type Obeying } from "./obeying.ts";
import { makeSmallVault, temporaryFolder, type SmallVault } from "./small-vault.ts";

/**
 * A vault whose surroundings change under the program: permissions, the file, its folder, room for it. Each answer is one
 * clear error or true; what was acknowledged is in the file.
 */

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});

const canLimit = spawnSync("prlimit", ["--version"]).status === 0;
let made = 0;

/** A vault in a folder of its own, which belongs to whoever runs the program. */
async function vaultOf(owner?: { readonly uid: number; readonly gid: number }): Promise<SmallVault> {
  made += 1;
  const own = join(folder.path, String(made));
  mkdirSync(own);
  const small = await makeSmallVault(join(own, "a.evault"), { second: false });
  if (owner !== undefined) {
    chmodSync(folder.path, 0o755);
    for (const path of [own, small.path]) chownSync(path, owner.uid, owner.gid);
  }
  return small;
}

async function withProgram(
  small: SmallVault,
  prefix: readonly string[],
  act: (tell: Obeying["tell"]) => Promise<void>,
): Promise<void> {
  const program = startObeying(small, prefix);
  try {
    await act(program.tell);
  } finally {
    await program.end();
  }
}

/** The vault is whole, and has what it had and so many entries more. */
async function expectWhole(small: SmallVault, more: number): Promise<void> {
  const vault = small.open();
  expect([...vault.entries(0)].length).toBe(small.contents.entries.length + more);
  vault.close();
  expect((await verifyVault(small.path)).problems).toEqual([]);
}

/** As an unprivileged user: permissions say nothing to root. */
describe("permissions, as a user without rights", () => {
  it.each([
    ["the file cannot be written", "file", 0o444, { inspect: "ok", verify: "ok", open: "read-only" }],
    ["the file cannot be read", "file", 0o000, { inspect: "read-only", verify: "read-only", open: "read-only" }],
    ["the folder cannot be written", "folder", 0o555, { inspect: "ok", verify: "ok", open: "read-only" }],
  ] as const)("%s: one clear error, nothing changed", async (_, what, mode, answers) => {
    const user = await appUser();
    const small = await vaultOf(user);
    const bytes = readFileSync(small.path);
    chmodSync(what === "file" ? small.path : dirname(small.path), mode);
    await withProgram(small, user.prefix, async (tell) => {
      for (const [order, answer] of Object.entries(answers)) expect(await tell(order), order).toBe(answer);
    });
    chmodSync(small.path, 0o600);
    chmodSync(dirname(small.path), 0o700);
    expect(readFileSync(small.path).equals(bytes)).toBe(true);
  });

  it("lost while the vault is open: what was and is acknowledged is there", async () => {
    const user = await appUser();
    const small = await vaultOf(user);
    let acknowledged = 0;
    await withProgram(small, user.prefix, async (tell) => {
      expect(await tell("open")).toBe("ok");
      expect(await tell("append")).toBe("ok");
      chmodSync(small.path, 0o444);
      chmodSync(dirname(small.path), 0o555);
      for (const order of ["append", "append much"]) if ((await tell(order)) === "ok") acknowledged += 1;
      expect(["ok", "read-only", "disk-full"]).toContain(await tell("snapshot"));
      expect(await tell("read")).toBe("ok");
      expect(await tell("close")).toBe("ok");
      expect(await tell("open")).toBe("read-only");
    });
    chmodSync(dirname(small.path), 0o700);
    chmodSync(small.path, 0o600);
    await expectWhole(small, 1 + acknowledged);
  });
});

describe.skipIf(!canLimit)("a limit on the size of files (needs prlimit)", () => {
  it("refuses with one clear error, and keeps what was acknowledged", { timeout: 60_000 }, async () => {
    const small = await vaultOf();
    const limit = statSync(small.path).size + 700_000;
    let acknowledged = 0;
    await withProgram(small, ["prlimit", `--fsize=${String(limit)}`], async (tell) => {
      expect(await tell("open")).toBe("ok");
      let answer = "ok";
      while (acknowledged < 100 && (answer = await tell("append much")) === "ok") acknowledged += 1;
      expect(answer).toMatch(/^(disk-full|io)$/);
      expect(acknowledged).toBeGreaterThan(3);
      expect(await tell("blob")).toMatch(/^(disk-full|io)$/);
      expect(await tell("snapshot")).toMatch(/^(ok|disk-full|io)$/);
      expect(await tell("read")).toBe("ok");
      expect(await tell("close")).toBe("ok");
    });
    await expectWhole(small, acknowledged);
  });
});

describe("a vault that goes away while it is open", () => {
  const away: readonly (readonly [string, (path: string) => void])[] = [
    [
      "deleted",
      (path) => {
        rmSync(path);
      },
    ],
    [
      "renamed",
      (path) => {
        renameSync(path, `${path}.elsewhere`);
      },
    ],
    [
      "replaced by another file",
      (path) => {
        rmSync(path);
        writeFileSync(path, "something else");
      },
    ],
    [
      "gone with its folder",
      (path) => {
        rmSync(dirname(path), { recursive: true });
      },
    ],
  ];

  it.each(away)("%s: nothing is acknowledged any more, reading goes on, locking works", async (_, goAway) => {
    const small = await vaultOf();
    await withProgram(small, [], async (tell) => {
      expect(await tell("open")).toBe("ok");
      expect(await tell("append")).toBe("ok");
      goAway(small.path);
      for (const order of ["append", "append much", "snapshot"]) expect(await tell(order), order).toBe("missing");
      expect(await tell("blob")).toBe("missing");
      expect(await tell("read")).toBe("ok");
      expect(await tell("close")).toBe("ok");
      expect(await tell("open")).toMatch(/^(missing|not-a-vault)$/);
    });
  });

  it("renamed: what was acknowledged before is in the file under its new name", async () => {
    const small = await vaultOf();
    const elsewhere = `${small.path}.elsewhere`;
    await withProgram(small, [], async (tell) => {
      expect(await tell("open")).toBe("ok");
      expect(await tell("append")).toBe("ok");
      renameSync(small.path, elsewhere);
      expect(await tell("close")).toBe("ok");
    });
    expect(inspectVault(elsewhere).entries).toBe(small.contents.entries.length + 1);
    expect((await verifyVault(elsewhere)).problems).toEqual([]);
  });

  it("put back: it goes on", async () => {
    const small = await vaultOf();
    await withProgram(small, [], async (tell) => {
      expect(await tell("open")).toBe("ok");
      renameSync(small.path, `${small.path}.elsewhere`);
      expect(await tell("append")).toBe("missing");
      renameSync(`${small.path}.elsewhere`, small.path);
      expect(await tell("append")).toBe("ok");
      expect(await tell("close")).toBe("ok");
    });
    await expectWhole(small, 1);
  });
});
