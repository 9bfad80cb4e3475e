import type { drawingRequests } from "../../contract/drawing.ts";
import { Refusal } from "../../domain/refusal.ts";
import { writeFileDurably } from "../../vault/index.ts";
import type { Handlers } from "../handlers.ts";

export const drawingHandlers: Handlers<keyof typeof drawingRequests> = {
  "exports.drawing": ({ host }, { format, text, destination }) => {
    const state = host.session.state();
    if (!state.open) throw new Refusal("vault-locked", "");
    const path = host.destinationPath(destination);
    const head = format === "svg" ? '<?xml version="1.0" encoding="UTF-8"?>\n' : "";
    const bytes = new TextEncoder().encode(`${head}${text}`);
    writeFileDurably(path, bytes);
    host.produced(path);
    return { bytes: bytes.length };
  },
};
