// `npm run --silent cli -- …`: the evalvault command from this checkout, built where stale. Prints nothing of its own.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundleWhereStale } from "./bundle/bundle.ts";
import { outFolder } from "./paths.ts";
import { runScript } from "./script.ts";

await runScript(async () => {
  await bundleWhereStale(() => undefined);
  const entry = join(outFolder, "cli", "index.js");
  // File names are meant from where the person stands, not from the folder that npm runs scripts in.
  const standing = process.env.INIT_CWD;
  if (standing !== undefined) process.chdir(standing);
  process.argv[1] = entry;
  await import(pathToFileURL(entry).href);
});
