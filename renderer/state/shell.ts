import type { ShellBridge } from "../../electron/contract/shell.ts";
import { servicePortMessage } from "../../electron/contract/shell-channels.ts";
import type { ServiceConnection } from "./connection.ts";

declare global {
  interface Window {
    /** Made by the preload script; absent when the page is opened outside the application. */
    readonly evalvault?: ShellBridge;
  }
}

/** The way to the main process. @throws Error when the page was opened outside the application. */
export function shell(): ShellBridge {
  const bridge = window.evalvault;
  if (bridge === undefined) throw new Error("EvalVault's page was opened outside EvalVault.");
  return bridge;
}

/** Asks main for a port to the service and hands it to the connection when it arrives. */
export function connectToService(connection: ServiceConnection): void {
  window.addEventListener("message", (event) => {
    const port = event.ports[0];
    if (event.source !== window || event.data !== servicePortMessage || port === undefined) return;
    port.addEventListener("message", (message: MessageEvent<unknown>) => {
      connection.receive(message.data);
    });
    port.addEventListener("close", () => {
      connection.end();
    });
    port.start();
    connection.attach(port);
  });
  void shell()
    .connectService()
    .then((result) => {
      if (!result.ok) connection.end();
    });
}
