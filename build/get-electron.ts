// Gets what running the app needs beyond npm's packages, and says where it is:
//   node build/get-electron.ts
import { findElectronRuntime } from "./electron-runtime/find.ts";
import { nativeBindingFor } from "./electron-runtime/native-binding.ts";

const notice = (line: string): void => {
  console.error(line);
};
const runtime = await findElectronRuntime(notice);
const binding = await nativeBindingFor(runtime, notice);
console.log(JSON.stringify({ ...runtime, binding }, null, 2));
