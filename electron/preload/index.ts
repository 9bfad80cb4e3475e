import { contextBridge, ipcRenderer, webFrame, webUtils } from "electron";
import {
  eventChannel,
  policyViolationChannel,
  requestChannel,
  servicePortChannel,
  servicePortMessage,
  shellEventNames,
  shellRequestNames,
} from "../contract/shell-channels.ts";
import { guardPage } from "./page-guard.ts";

void webFrame.executeJavaScript(`(${guardPage.toString()})()`);

const requests = shellRequestNames.map((name) => [
  name,
  (input: unknown) => ipcRenderer.invoke(requestChannel(name), input) as Promise<unknown>,
]);

contextBridge.exposeInMainWorld("evalvault", {
  ...(Object.fromEntries(requests) as Record<string, unknown>),
  droppedFiles: (files: readonly File[]) =>
    ipcRenderer.invoke(requestChannel("adoptDroppedFiles"), {
      paths: files.map((file) => webUtils.getPathForFile(file)),
    }),
  on: (name: (typeof shellEventNames)[number], listener: (payload: unknown) => void) => {
    if (!shellEventNames.includes(name)) return () => undefined;
    const relay = (_event: unknown, payload: unknown): void => {
      listener(payload);
    };
    ipcRenderer.on(eventChannel(name), relay);
    return () => void ipcRenderer.off(eventChannel(name), relay);
  },
});

ipcRenderer.on(servicePortChannel, (event) => {
  window.postMessage(servicePortMessage, "app://main", event.ports);
});
window.addEventListener("securitypolicyviolation", () => {
  ipcRenderer.send(policyViolationChannel);
});
