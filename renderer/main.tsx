import "./zod-config.ts";
import "./trusted-html.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { restoreAppearance } from "./state/appearance.ts";
import { connection } from "./state/service.ts";
import { connectToService } from "./state/shell.ts";
import "./theme/global.css";
import "./theme/layout.css";

/** Draws the page, once it is known how it looks: nothing is drawn light that is dark a moment later. */
async function start(root: HTMLElement): Promise<void> {
  connectToService(connection);
  await restoreAppearance();
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root element");
void start(root);
