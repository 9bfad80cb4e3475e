import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { capture, CommandError } from "../../build/command.ts";
import { exclusively } from "../../build/exclusive.ts";
import { cacheFolder } from "../../build/paths.ts";

const requirements = join(import.meta.dirname, "requirements.txt");
/** Pins of requirements.txt are of releases that need at least this. */
const oldestPython = { major: 3, minor: 11 };

/** What the peers tests need and this machine does not have; the tests are skipped with these words. */
export class PeerMissing extends Error {
  override name = "PeerMissing";
}

async function ranWell(command: string, args: readonly string[]): Promise<boolean> {
  try {
    await capture(command, args);
    return true;
  } catch (error) {
    if (error instanceof CommandError || (error instanceof Error && "code" in error)) return false;
    throw error;
  }
}

async function findPython(): Promise<{ python: string; version: string }> {
  const { major, minor } = oldestPython;
  const newEnough = `import sys, venv, ensurepip; sys.exit(sys.version_info < (${String(major)}, ${String(minor)}))`;
  for (const python of ["python3", "python3.13", "python3.12", "python3.11"]) {
    if (!(await ranWell(python, ["-c", newEnough]))) continue;
    return { python, version: (await capture(python, ["-c", "import sys; print(sys.version.split()[0])"])).trim() };
  }
  throw new PeerMissing(`Python ${String(major)}.${String(minor)} or newer with its venv module`);
}

function pinOf(name: string, pins: string): string {
  const pin = pins.split("\n").find((line) => line.startsWith(`${name}==`));
  if (pin === undefined) throw new Error(`requirements.txt does not pin ${name}`);
  return pin;
}

/** Installs the pins; where that fails it is the registry that is missing only if it does not give one of them either. */
async function install(python: string, pins: string, scratch: string): Promise<void> {
  const pip = ["-m", "pip", "--disable-pip-version-check", "--no-input", "--retries", "1"];
  const probe = [...pip, "download", "-q", "--no-deps", "--no-cache-dir", "-d", scratch, pinOf("inspect_ai", pins)];
  try {
    if (!(await ranWell(python, probe))) throw new PeerMissing("a Python package registry that answers pip");
    await capture(python, [...pip, "install", "-q", "--no-compile", "--find-links", scratch, "-r", requirements]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * The Python of a virtual environment with the pinned Inspect in it: made once for each set of pins and Python, and kept
 * with what else is dear to make, outside of the checkout.
 * @throws PeerMissing where there is no fitting Python, or no registry to install from
 */
export async function inspectPython(): Promise<string> {
  const { python, version } = await findPython();
  const pins = readFileSync(requirements, "utf8");
  const hash = createHash("sha256").update(`${version}\n${pins}`).digest("hex").slice(0, 12);
  const name = `peers-${pinOf("inspect_ai", pins).replace("==", "-")}-${hash}`;
  const environment = join(cacheFolder(), name);
  const made = join(environment, "made");
  const own = join(environment, "bin", "python");
  return exclusively(`${environment}.lock`, async () => {
    if (existsSync(made)) return own;
    rmSync(environment, { recursive: true, force: true });
    mkdirSync(environment, { recursive: true });
    try {
      await capture(python, ["-m", "venv", environment]);
      await install(own, pins, `${environment}.download`);
      writeFileSync(made, "");
      return own;
    } finally {
      if (!existsSync(made)) rmSync(environment, { recursive: true, force: true });
    }
  });
}

/** The environment of a run: nothing of the caller's but the path, a home of its own, no settings, no keys. */
export function quietEnvironment(home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH ?? "",
    LANG: "C.UTF-8",
    HOME: home,
    TMPDIR: home,
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_DATA_HOME: join(home, "data"),
    XDG_RUNTIME_DIR: join(home, "run"),
    PYTHONDONTWRITEBYTECODE: "1",
    INSPECT_LOG_LEVEL: "critical",
    INSPECT_DISPLAY: "none",
  };
}
