// Gets what running the app needs beyond npm's packages, and says where it is: node build/get-electron.ts
import { getAppRuntime } from "./app-runtime.ts";
import { notice, runScript } from "./script.ts";

await runScript(async () => {
  const { electron, binding } = await getAppRuntime(notice);
  console.log(JSON.stringify({ ...electron, binding }, null, 2));
});
