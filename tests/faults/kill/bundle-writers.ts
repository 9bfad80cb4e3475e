import { readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { viteConfigFor } from "../../../build/bundle/vite-config.ts";
import { repositoryFolder } from "../../../build/paths.ts";

/** The writing processes as single files, as the product is shipped: they start in a fraction of the time. */
export interface Writers {
  readonly vault: string;
  readonly service: string;
  readonly canary: string;
  readonly importing: string;
  readonly remove: () => void;
}

const source = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Worker threads stand beside the file that starts them. */
function workers(): Record<string, string> {
  const electron = join(repositoryFolder, "electron");
  const files = readdirSync(electron, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".worker.ts"),
  );
  return Object.fromEntries(files.map((name) => [basename(name, ".ts"), join(electron, name)]));
}

/** Bundles them into a folder from where the native SQLite package is found. */
export async function bundleWriters(): Promise<Writers> {
  const folder = join(repositoryFolder, "node_modules", ".cache", `evalvault-faults-${String(process.pid)}`);
  const entries = {
    "vault-writer": source("./vault-writer.ts"),
    "service-writer": source("./service-writer.ts"),
    "canary-service": source("../canary/canary-service.ts"),
    "import-child": source("../import/import-child.ts"),
    ...workers(),
  };
  await build(viteConfigFor({ name: "service", entries, format: "es", endToEnd: false }, folder));
  return {
    vault: join(folder, "vault-writer.js"),
    service: join(folder, "service-writer.js"),
    canary: join(folder, "canary-service.js"),
    importing: join(folder, "import-child.js"),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
