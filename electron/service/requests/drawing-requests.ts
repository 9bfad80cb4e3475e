import type { drawingRequests } from "../../contract/drawing.ts";
import { writeFileDurably } from "../../vault/index.ts";
import type { Handlers } from "../handlers.ts";

export const drawingHandlers: Handlers<keyof typeof drawingRequests> = {
  "exports.drawing": ({ host }, { format, text, destination }) => {
    // A chart is of an open vault: while there is none, this throws.
    void host.session;
    const path = host.destinationPath(destination);
    const head = format === "svg" ? '<?xml version="1.0" encoding="UTF-8"?>\n' : "";
    const bytes = new TextEncoder().encode(`${head}${text}`);
    writeFileDurably(path, bytes);
    host.produced(path);
    return { bytes: bytes.length };
  },
};
