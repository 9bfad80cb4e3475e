import "../../../renderer/zod-config.ts";
import { fakeShell } from "./fake-shell.ts";

/*
 * The page of the application in a plain browser, with a shell and a service that answer from samples.
 * ?scene=SCREEN  ?open=no  ?empty=yes  ?damaged=yes  ?theme=light|dark|contrast  ?density=compact; all else are params.
 */
const query = new URLSearchParams(window.location.search);
const reserved = new Set(["scene", "open", "empty", "damaged", "theme", "density", "marking"]);
const scene = {
  open: query.get("open") !== "no",
  empty: query.get("empty") === "yes",
  damaged: query.get("damaged") === "yes",
};
Object.defineProperty(window, "evalvault", { value: fakeShell(scene) });
window.sessionStorage.setItem(
  "evalvault.appearance",
  `${query.get("theme") ?? "light"} ${query.get("density") ?? "regular"}`,
);
if (!scene.open) window.sessionStorage.setItem("evalvault.marking", query.get("marking") ?? "secret//NOFORN");

const { replacePlace, screenIds } = await import("../../../renderer/state/view.ts");
const screen = screenIds.find((id) => id === query.get("scene")) ?? "overview";
replacePlace(screen, Object.fromEntries([...query].filter(([key]) => !reserved.has(key))));
await import("../../../renderer/main.tsx");
