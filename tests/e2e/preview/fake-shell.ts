import type { ChosenFile, ShellBridge } from "../../../electron/contract/shell.ts";
import type { Result } from "../../../electron/contract/result.ts";
import { servicePortMessage } from "../../../electron/contract/shell-channels.ts";
import type { Scene } from "./answers.ts";
import { serveSamples } from "./fake-service.ts";

function ok<T>(value: T): Promise<Result<T>> {
  return Promise.resolve({ ok: true, value });
}

const refused = {
  total: 0,
  request: 0,
  policy: 0,
  navigation: 0,
  window: 0,
  permission: 0,
  device: 0,
  download: 0,
  caller: 0,
};

function chosen(name: string, index: number): ChosenFile {
  return { handle: `file-preview${String(index).padStart(4, "0")}`, name };
}

/** What the preload script would make, answering by itself. */
export function fakeShell(scene: Scene): ShellBridge {
  return {
    appInfo: () =>
      ok({
        version: "0.1.0",
        packaged: false,
        platform: "linux",
        refused,
        idleMinutes: 10,
        theme: "system",
        density: "regular",
        lastLock: null,
        serviceFailed: false,
      }),
    connectService: () => {
      const { port1, port2 } = new MessageChannel();
      serveSamples(port2, scene);
      window.postMessage(servicePortMessage, "*", [port1]);
      return ok({});
    },
    chooseFiles: (input) =>
      ok({ files: [input?.folder === true ? chosen("EV-2026-0002.sealed", 3) : chosen("chosen-file.eval", 1)] }),
    chooseSaveLocation: (input) => ok({ file: chosen(input.suggestedName, 2) }),
    reveal: () => ok({}),
    copyText: () => ok({ clearsInSeconds: 10 }),
    clearClipboard: () => ok({ cleared: true }),
    setAppearance: () => ok({}),
    setTitle: ({ marking, name }) => {
      document.title = [marking, name, "EvalVault"].filter(Boolean).join(" · ");
      return ok({});
    },
    setAutoLock: () => ok({}),
    activity: () => ok({}),
    lock: () => {
      window.location.assign("?scene=unlock&open=no");
      return ok({});
    },
    quit: () => ok({}),
    droppedFiles: (files) => ok({ files: files.map((file, index) => chosen(file.name, index + 10)) }),
    on: () => () => undefined,
  };
}
