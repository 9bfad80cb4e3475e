// `npm run bench`: the sources are loaded through Vite, which knows JSX; Node alone does not.
// A part that is measured in a process of its own is named by the first argument.
import { join } from "node:path";
import { runnerImport } from "vite";

const part = process.argv[2] === "import-one" ? "import-one.ts" : "table.ts";
await runnerImport(join(import.meta.dirname, part), { configFile: false, logLevel: "error" });
