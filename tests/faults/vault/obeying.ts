import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { SmallVault } from "./small-vault.ts";

/** The other end of obeying-process.ts. */
export interface Obeying {
  /** Tells it a word; answers with its line. */
  readonly tell: (order: string) => Promise<string>;
  readonly end: () => Promise<void>;
}

/** Starts it for a vault, with command words before its own that make it run otherwise (as another user, with a limit). */
export function startObeying(small: SmallVault, prefix: readonly string[] = []): Obeying {
  const script = fileURLToPath(new URL("./obeying-process.ts", import.meta.url));
  const words = [...prefix, process.execPath, script, small.path, small.founderId, small.path];
  const child = spawn(words[0] ?? "", words.slice(1), { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "close");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    tell: async (order) => {
      child.stdin.write(`${order}\n`);
      const line = await lines.next();
      return line.done === true ? "it ended" : line.value;
    },
    end: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
