import { formatCount } from "../../electron/contract/number-text.ts";
import { showToast } from "../parts/index.ts";
import { shell } from "../state/shell.ts";
import { kindLook } from "./kind-looks.ts";
import type { TranscriptReader } from "./reader.ts";

/** Most UTF-16 units that the clipboard is given at once. */
export const mostCopied = 1_000_000;

/** Copies a text, says so, and says that it will not stay there. */
export async function copyText(text: string, what: string): Promise<void> {
  if (text === "") {
    showToast({ words: `${what} is empty: there is nothing to copy.`, tone: "info" });
    return;
  }
  const part = text.slice(0, mostCopied);
  const result = await shell().copyText({ text: part });
  if (!result.ok) {
    showToast({ words: `${what} could not be copied.`, tone: "bad" });
    return;
  }
  const much =
    part.length < text.length
      ? `The first ${formatCount(part.length)} characters of ${what.toLowerCase()} were copied.`
      : `${what} was copied.`;
  showToast({ words: `${much} The clipboard is emptied in ${String(result.value.clearsInSeconds)} s.` });
}

/** Copies the texts of an item as the log holds them, up to what the clipboard is given at once. */
export async function copyItem(reader: TranscriptReader, index: number): Promise<void> {
  const what = `Item ${formatCount(index + 1)}`;
  const result = await reader.source.item(index, 0, 0);
  if (!result.ok) {
    showToast({ words: `${what} could not be read (${result.error.code}).`, tone: "bad" });
    return;
  }
  const { text, detail, item } = result.value;
  const inOrder = kindLook(item.kind).inputFirst === true ? [detail.page, text.page] : [text.page, detail.page];
  await copyText(inOrder.filter((part) => part !== "").join("\n\n"), what);
}
