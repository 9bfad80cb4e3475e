import { shell } from "../../state/shell.ts";

/** Asks where to save; null where nothing was chosen. */
export async function saveLocation(title: string, suggestedName: string): Promise<string | null> {
  const place = await shell().chooseSaveLocation({ title, suggestedName });
  return place.ok && place.value.file !== null ? place.value.file.handle : null;
}
