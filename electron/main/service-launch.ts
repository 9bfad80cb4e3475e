import { utilityProcess, type MessagePortMain } from "electron";
import { leaveOutOfCoreDumps } from "./core-dumps.ts";
import type { ServiceChild, ServiceListeners } from "./service-supervisor.ts";

/** What the service may know of the environment: how to write times, nothing else. Never empty: `{}` would mean "all". */
function smallEnvironment(): Record<string, string> {
  const passedOn = ["TZ", "LANG", "SystemRoot"].flatMap((name): [string, string][] => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(passedOn), EVALVAULT_PROCESS: "service" };
}

/**
 * Starts the service in a process of its own.
 * @param entry path of out/service/entry.js
 * @param showOutput its output goes to ours, in development only: it might say what was evaluated
 */
export function launchService(
  entry: string,
  showOutput: boolean,
  listeners: ServiceListeners,
): ServiceChild<MessagePortMain> {
  const child = utilityProcess.fork(entry, [], {
    env: smallEnvironment(),
    stdio: showOutput ? "inherit" : "ignore",
    serviceName: "EvalVault service",
  });
  child.on("spawn", () => {
    if (child.pid !== undefined) leaveOutOfCoreDumps(child.pid);
  });
  child.on("message", listeners.message);
  child.on("exit", () => {
    listeners.exit();
  });
  return {
    send: (message, ports) => {
      child.postMessage(message, ports);
    },
    kill: () => {
      endAtOnce(child.pid, () => child.kill());
    },
  };
}

/** SIGKILL where there is one: a service that is stuck in native code does not take a SIGTERM. */
function endAtOnce(pid: number | undefined, politely: () => boolean): void {
  if (pid === undefined) {
    politely();
    return;
  }
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    politely();
  }
}
