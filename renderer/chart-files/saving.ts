import { shell } from "../state/shell.ts";
import { showToast } from "../parts/index.ts";
import { useCommand } from "../state/service.ts";

/** Saves a drawing or its numbers where a person says. The file is not encrypted, and is said to be so. */
export function useSaving(): (format: "svg" | "csv", name: string, text: string) => Promise<void> {
  const command = useCommand("exports.drawing", { job: "Saving a chart" });
  return async (format, name, text) => {
    const place = await shell().chooseSaveLocation({
      title: format === "svg" ? "Save the chart" : "Save the numbers",
      suggestedName: `${name}.${format}`,
      filters: [{ name: format.toUpperCase(), extensions: [format] }],
    });
    if (!place.ok || place.value.file === null) return;
    const { handle, name: fileName } = place.value.file;
    const result = await command.run({ format, text, destination: handle });
    if (result.ok) showToast({ words: `Saved as ${fileName}. That file is not encrypted.`, tone: "info" });
    else if (result.error.code !== "cancelled")
      showToast({ words: `${fileName} could not be saved (${result.error.code}).`, tone: "bad" });
  };
}
