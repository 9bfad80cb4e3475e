import { shell } from "../state/shell.ts";
import { showToast } from "../parts/index.ts";

/** Puts text on the clipboard and says so. */
export async function copyText(text: string, what: string): Promise<void> {
  const result = await shell().copyText({ text });
  showToast(
    result.ok
      ? { words: `${what} was copied. The clipboard is emptied in ${String(result.value.clearsInSeconds)} s.` }
      : { words: `${what} could not be copied.`, tone: "bad" },
  );
}
