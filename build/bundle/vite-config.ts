import { join } from "node:path";
import react from "@vitejs/plugin-react";
import type { InlineConfig } from "vite";
import { repositoryFolder } from "../paths.ts";
import type { BundleTarget } from "./targets.ts";
import { workerUrlPlugin } from "./worker-url.ts";

/** The oldest runtime that the product must run on: Electron 33 has Node 20.18 and Chromium 130. */
const NODE_TARGET = "node20.18";
const PAGE_TARGET = "chrome130";

const common = (target: BundleTarget): InlineConfig => ({
  configFile: false,
  envDir: false,
  logLevel: "warn",
  define: { __E2E__: JSON.stringify(target.endToEnd) },
});

/** A bundle for Node: everything is in it but Electron's own module and the native SQLite package. */
function nodeConfig(target: BundleTarget, folder: string): InlineConfig {
  const extension = target.format === "cjs" ? "cjs" : "js";
  return {
    ...common(target),
    root: repositoryFolder,
    publicDir: false,
    plugins: [workerUrlPlugin()],
    ssr: { noExternal: true, external: ["better-sqlite3", "electron"], target: "node" },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: NODE_TARGET,
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        input: { ...target.entries },
        external: ["electron", /^electron\//, "better-sqlite3"],
        output: {
          format: target.format,
          // Flat: a worker is found beside whatever chunk starts it. No hashes: nothing here is cached by name.
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `[name].${extension}`,
          ...(target.format === "cjs" ? { codeSplitting: false } : {}),
        },
      },
    },
  };
}

/** The page. No inline scripts or styles and no data: URLs, which its content policy would refuse. */
function pageConfig(target: BundleTarget, folder: string): InlineConfig {
  return {
    ...common(target),
    root: join(repositoryFolder, "renderer"),
    publicDir: false,
    base: "./",
    plugins: [react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: PAGE_TARGET,
      sourcemap: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4_000,
      reportCompressedSize: false,
    },
  };
}

/** How Vite builds one target into a folder. */
export function viteConfigFor(target: BundleTarget, folder: string): InlineConfig {
  return target.name === "renderer" ? pageConfig(target, folder) : nodeConfig(target, folder);
}
