/**
 * The house: which folder may import which, and where each npm package may run. Longest folder wins. The rule
 * `evalvault/layers` (layers-rule.ts) holds every import against these tables.
 */
export interface Layer {
  readonly folder: string;
  /** Our own folders, or single files, that this one may import besides itself. */
  readonly imports: readonly string[];
  /** Whether Node's own modules are to be had here. */
  readonly node: boolean;
  /** npm packages; one ending in `/` stands for all of its scope. */
  readonly packages: readonly string[];
  /** npm packages of which only types may be imported, which leaves nothing behind at run time. */
  readonly typesOf?: readonly string[];
}

export const layers: readonly Layer[] = [
  { folder: "electron/contract", imports: [], node: false, packages: ["zod"] },
  {
    folder: "electron/vault",
    imports: [],
    node: true,
    packages: ["better-sqlite3", "libsodium-wrappers-sumo", "zod"],
  },
  { folder: "electron/statistics", imports: ["electron/contract"], node: false, packages: ["@stdlib/"] },
  {
    folder: "electron/domain",
    imports: ["electron/contract", "electron/statistics"],
    node: false,
    packages: ["ae-cvss-calculator", "temporal-polyfill", "zod"],
  },
  {
    folder: "electron/interchange",
    imports: ["electron/contract", "electron/statistics"],
    node: true,
    packages: [
      "@secvisogram/csaf-validator-lib",
      "@stdlib/",
      "canonicalize",
      "csv-parse",
      "csv-stringify",
      "hyparquet-writer",
      "yauzl",
      "ical-generator",
      "zod",
      "zstddec",
    ],
  },
  {
    folder: "electron/sealing",
    imports: ["electron/contract", "electron/vault/durable-file.ts", "electron/vault/signed-note.ts"],
    node: true,
    packages: [
      "@scure/base",
      "@scure/bip39",
      "age-encryption",
      "canonicalize",
      "libsodium-wrappers-sumo",
      "tar-stream",
      "zod",
    ],
  },
  { folder: "electron/recovery", imports: ["electron/contract"], node: true, packages: ["shamir-secret-sharing"] },
  {
    folder: "electron/handover",
    imports: [
      "electron/contract",
      "electron/sealing",
      "electron/vault/canonical.ts",
      "electron/vault/merkle.ts",
      "electron/vault/signed-note.ts",
      "electron/vault/sodium.ts",
    ],
    node: true,
    packages: ["zod"],
  },
  {
    folder: "electron/publishing",
    imports: ["electron/contract", "electron/statistics", "renderer/charts"],
    node: true,
    packages: ["csv-stringify", "markdown-it", "react", "react-dom", "zod"],
  },
  { folder: "electron/runner", imports: ["electron/contract"], node: true, packages: ["zod"] },
  {
    folder: "electron/service",
    imports: [
      "electron/contract",
      "electron/vault",
      "electron/domain",
      "electron/statistics",
      "electron/interchange",
      "electron/sealing",
      "electron/handover",
      "electron/recovery",
      "electron/publishing",
      "electron/runner",
    ],
    node: true,
    packages: ["better-sqlite3", "canonicalize", "zod"],
    typesOf: ["electron"],
  },
  {
    folder: "electron/main",
    imports: ["electron/contract", "package.json"],
    node: true,
    packages: ["electron", "zod"],
  },
  { folder: "electron/preload", imports: ["electron/contract"], node: false, packages: ["electron"] },
  {
    folder: "electron/cli",
    imports: ["electron/service", "electron/contract", "electron/recovery", "package.json"],
    node: true,
    packages: ["zod"],
  },
  // Drawn in the page and, for reports, in the service: nothing but numbers in, SVG out.
  { folder: "renderer/charts", imports: ["electron/contract"], node: false, packages: ["@visx/", "react"] },
  {
    folder: "renderer",
    imports: ["electron/contract"],
    node: false,
    packages: [
      "@fontsource-variable/",
      "@visx/",
      "@zxcvbn-ts/",
      "markdown-it",
      "react",
      "react-aria-components",
      "react-dom",
      "tinykeys",
      "zod",
      "zustand",
    ],
  },
];

/** Modules through which something could leave the machine, or somebody look in. */
export const networkModules: readonly string[] = [
  "net",
  "http",
  "http2",
  "https",
  "tls",
  "dns",
  "dns/promises",
  "dgram",
  "inspector",
  "inspector/promises",
];

/** The one file that may touch them: it makes them throw. */
export const silencingFile = "electron/service/silence.ts";
