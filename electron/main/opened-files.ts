import { resolve } from "node:path";

/** File types that the system may hand to the app: vaults and sealed reports. */
const ours = /\.(evault|sealed|tar\.age)$/i;

/**
 * The file that a command line asks to open, as an absolute path, or null.
 * @param arguments_ without the executable; switches are skipped
 */
export function fileToOpen(arguments_: readonly string[], workingFolder: string): string | null {
  const file = arguments_.filter((argument) => !argument.startsWith("-") && ours.test(argument)).at(-1);
  return file === undefined ? null : resolve(workingFolder, file);
}
