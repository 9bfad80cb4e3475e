// `npm run bench`: the sources are loaded through Vite, which knows JSX; Node alone does not.
import { join } from "node:path";
import { runnerImport } from "vite";

await runnerImport(join(import.meta.dirname, "table.ts"), { configFile: false, logLevel: "error" });
