/** Set by the bundler: true only in the build that the end-to-end tests drive through a debugger. */
declare const __E2E__: boolean | undefined;

/** True in the end-to-end build, which allows the debugging switches that a release refuses. */
export function isEndToEndBuild(): boolean {
  return typeof __E2E__ !== "undefined" && __E2E__;
}
