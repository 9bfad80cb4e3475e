import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPackage } from "@electron/asar";

const manifest = { name: "default-app", version: "1.0.0", type: "module", main: "main.js" };

/** Does what the default app of a stock Electron does with `electron FOLDER`: runs the app in that folder. */
const source = `import { app } from "electron";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const given = process.argv.slice(1).find((argument) => !argument.startsWith("-"));
if (given === undefined) {
  console.error("Name the folder of the app to run.");
  process.exit(2);
}
const path = resolve(given);
let entry = path;
if (!/\\.[cm]?js$/.test(path)) {
  const { main, name, version } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  if (name) app.setName(name);
  if (version) app.setVersion(version);
  entry = join(path, main ?? "index.js");
  app.setAppPath(path);
} else {
  app.setAppPath(dirname(path));
}
await import(pathToFileURL(entry).href);
`;

/**
 * Writes `default_app.asar`, which lets a runtime without one be started as `electron FOLDER`, like a stock Electron.
 * electron-builder leaves it out of what it packages.
 */
export async function writeDefaultApp(resourcesFolder: string): Promise<void> {
  const draft = mkdtempSync(join(tmpdir(), "evalvault-default-app-"));
  try {
    writeFileSync(join(draft, "package.json"), JSON.stringify(manifest));
    writeFileSync(join(draft, "main.js"), source);
    mkdirSync(resourcesFolder, { recursive: true });
    await createPackage(draft, join(resourcesFolder, "default_app.asar"));
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
