// Builds out/ where it is stale: node build/bundle.ts [--partial]
import { bundleWhereStale } from "./bundle/bundle.ts";
import { notice, runScript } from "./script.ts";

await runScript(() => bundleWhereStale(notice, !process.argv.includes("--partial")));
