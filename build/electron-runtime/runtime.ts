/** A real Electron on this machine. */
export interface ElectronRuntime {
  /** `override`: ELECTRON_OVERRIDE_DIST_PATH. `pinned`: the release named in package.json. `fallback`: an older one. */
  readonly kind: "override" | "pinned" | "fallback";
  /** Electron's own version, e.g. "33.2.1"; "unknown" where the folder does not say. */
  readonly version: string;
  /** The folder that electron-builder calls `electronDist`. */
  readonly folder: string;
  readonly executable: string;
}

/**
 * The oldest Electron whose Node-API (10) runs better-sqlite3's shipped binaries; an older one gets a binding
 * compiled for Node-API 9.
 */
const FIRST_MAJOR_WITH_NODE_API_10 = 36;

/** True where better-sqlite3's shipped binary cannot be loaded and one has to be compiled. */
export function needsCompiledBinding(runtime: ElectronRuntime): boolean {
  const major = Number.parseInt(runtime.version, 10);
  return Number.isInteger(major) && major < FIRST_MAJOR_WITH_NODE_API_10;
}
