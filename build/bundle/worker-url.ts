import type { Plugin } from "vite";

const workerUrl = /new URL\(\s*(["'])\.\/([\w.-]+)\.worker\.ts\1\s*,\s*import\.meta\.url\s*,?\s*\)/g;

/**
 * Source code starts a worker by `new URL("./NAME.worker.ts", import.meta.url)`, which Node and vitest load as it
 * stands. In a bundle the worker lies beside the running file as `NAME.worker.js`; all files of a Node bundle lie in one
 * folder, so "beside" holds for shared chunks too.
 */
export function rewriteWorkerUrl(code: string): string {
  return code.replace(workerUrl, 'new URL("./$2.worker.js", import.meta.url)');
}

/** {@link rewriteWorkerUrl} for our own source files. */
export function workerUrlPlugin(): Plugin {
  return {
    name: "evalvault:worker-url",
    // Before Vite's own worker handling, which would make a web worker of it.
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith(".ts") || !code.includes(".worker.ts")) return null;
      return { code: rewriteWorkerUrl(code), map: null };
    },
  };
}
