// Builds out/ where it is stale: node build/bundle.ts [--partial]
import { bundleWhereStale } from "./bundle/bundle.ts";

await bundleWhereStale((line) => {
  console.error(line);
}, !process.argv.includes("--partial"));
