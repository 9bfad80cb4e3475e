import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from "@electron/fuses";

/** Every switch that is burnt into the Electron binary of a package, and why it stands where it does. */
export function fusesOf(variant: "release" | "e2e"): Record<FuseV1Options, boolean> {
  return {
    // Otherwise an environment variable turns the app into a script runner.
    [FuseV1Options.RunAsNode]: false,
    // One-way and touches the system's keyring; the app's session has no cookies.
    [FuseV1Options.EnableCookieEncryption]: false,
    // NODE_OPTIONS could load foreign code.
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    // A debugger could read everything. Playwright needs it, so the end-to-end build alone keeps it.
    [FuseV1Options.EnableNodeCliInspectArguments]: variant === "e2e",
    // Takes effect on macOS and Windows.
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    // Without it an app/ folder beside the archive would be run instead.
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    // Needs a snapshot of our own.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // The page comes from app://, not from file://.
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    // libsodium is WebAssembly, which is slow with explicit bounds checks.
    [FuseV1Options.WasmTrapHandlers]: true,
  };
}

/**
 * Burns them in. A fuse of a later Electron that is not named above is an error, not an oversight; one that an older
 * Electron does not have yet is left out.
 */
export async function burnFuses(executable: string, variant: "release" | "e2e"): Promise<void> {
  const wanted = fusesOf(variant);
  const present = await readFuses(executable);
  if (Object.keys(wanted).length === Object.keys(present).length) {
    await flipFuses(executable, { version: FuseVersion.V1, strictlyRequireAllFuses: true, ...wanted });
    return;
  }
  const known = Object.entries(wanted).filter(([index]) => (FuseV1Options[Number(index)] ?? "") in present);
  await flipFuses(executable, { version: FuseVersion.V1, ...Object.fromEntries(known) });
}

/** Reads them back: name → on or off; a fuse that this Electron does not have yet is left out. */
export async function readFuses(executable: string): Promise<Record<string, boolean>> {
  const wire = new Map<string, unknown>(Object.entries(await getCurrentFuseWire(executable)));
  const states: Record<string, boolean> = {};
  for (const [name, index] of Object.entries(FuseV1Options)) {
    const state = wire.get(String(index));
    if (typeof index === "number" && state !== undefined) states[name] = state === FuseState.ENABLE;
  }
  return states;
}
