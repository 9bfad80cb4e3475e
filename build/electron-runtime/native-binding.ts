import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { capture } from "../command.ts";
import { exclusively } from "../exclusive.ts";
import { cacheFolder } from "../paths.ts";
import { type ElectronRuntime, needsCompiledBinding } from "./runtime.ts";

const require = createRequire(import.meta.url);

function packageFolder(name: string, from: NodeJS.Require = require): string {
  return dirname(from.resolve(`${name}/package.json`));
}

function versionOf(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) return String(manifest.version);
  throw new Error(`${folder}/package.json names no version`);
}

/**
 * The SQLite binding (`better_sqlite3.node`) that this Electron can load: the binary that better-sqlite3 ships, or,
 * for a runtime whose Node-API is older than the shipped binary's, one compiled on this machine once and cached.
 */
export async function nativeBindingFor(runtime: ElectronRuntime, notice: (line: string) => void): Promise<string> {
  const sqlite = packageFolder("better-sqlite3");
  if (!needsCompiledBinding(runtime)) {
    const shipped = join(sqlite, "prebuilds", `${process.platform}-${process.arch}.node`);
    if (!existsSync(shipped)) throw new Error(`better-sqlite3 ships no binary for ${process.platform}-${process.arch}`);
    return shipped;
  }
  const name = `better-sqlite3-${versionOf(sqlite)}-node-api-9-${process.platform}-${process.arch}`;
  const binding = join(cacheFolder(), name, "better_sqlite3.node");
  if (existsSync(binding)) return binding;
  await exclusively(join(cacheFolder(), `${name}.lock`), async () => {
    if (existsSync(binding)) return;
    notice("Compiling SQLite's binding for this Electron (once, about a minute)");
    const workFolder = join(cacheFolder(), `${name}.build-${String(process.pid)}`);
    try {
      const binary = await compileForNodeApi9(sqlite, workFolder);
      mkdirSync(dirname(binding), { recursive: true });
      renameSync(binary, binding);
    } finally {
      rmSync(workFolder, { recursive: true, force: true });
    }
  });
  return binding;
}

/** Works on a copy, so that node_modules stays as npm laid it. */
async function compileForNodeApi9(sqlite: string, folder: string): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  cpSync(sqlite, folder, { recursive: true, filter: (path) => !path.startsWith(join(sqlite, "prebuilds")) });
  const fromSqlite = createRequire(join(sqlite, "package.json"));
  const addonApi = packageFolder("node-addon-api", fromSqlite);
  cpSync(addonApi, join(folder, "node_modules", "node-addon-api"), { recursive: true });
  const headers = await nodeHeaders(folder);
  const nodeGyp = join(packageFolder("node-gyp"), "bin", "node-gyp.js");
  await capture(process.execPath, [nodeGyp, "rebuild", "--release", "--force_build=1", `--nodedir=${headers}`], {
    cwd: folder,
    env: {
      ...process.env,
      // The sources ask for Node-API 10; the experimental header set has what they use and Electron 33 exports it.
      CXXFLAGS: "-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT",
    },
  });
  return join(folder, "build", "Release", "better_sqlite3.node");
}

/**
 * Node's headers, from the platform package behind the npm package `node` that also gave this Node. npm prunes the
 * copy inside node_modules on every install, so the package is asked for again.
 */
async function nodeHeaders(folder: string): Promise<string> {
  const parcel = join(folder, "headers");
  mkdirSync(parcel);
  const name = `node-${process.platform}-${process.arch}@${process.versions.node}`;
  await capture("npm", ["pack", name, "--pack-destination", parcel, "--ignore-scripts", "--loglevel=error"], {
    cwd: parcel,
  });
  const tarball = readdirSync(parcel).find((file) => file.endsWith(".tgz"));
  if (tarball === undefined) throw new Error(`npm pack gave no archive of ${name}`);
  await capture("tar", ["-xzf", join(parcel, tarball), "-C", parcel, "package/include"]);
  return join(parcel, "package");
}
