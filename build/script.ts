/** For the person at the terminal: one line of what is going on, beside the output proper. */
export function notice(line: string): void {
  console.error(line);
}

/** Runs a build script; a failure becomes its message and exit status 1, not a stack. */
export async function runScript(script: () => Promise<void>): Promise<void> {
  try {
    await script();
  } catch (error) {
    notice(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
