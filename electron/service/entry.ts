import type { MessagePortMain } from "electron";
import { z } from "zod";
import { toServiceSchema, type FromService, type ToService } from "../contract/supervision.ts";
import { configureSqlite } from "../vault/index.ts";
import { Door } from "./door.ts";
import { Host } from "./host.ts";
import { leaveMemoryOutOfDumps } from "./no-dumps.ts";
import { Printer } from "./printer.ts";
import { silenceNetwork } from "./silence.ts";

/** The service process: the only one that ever has keys and plaintext. Main starts it and ends it. */

silenceNetwork();
leaveMemoryOutOfDumps();

/** The part of Electron's parent port that is used; `process.parentPort` is there in a utility process only. */
interface ParentPort {
  on(event: "message", listener: (event: { data: unknown; ports: MessagePortMain[] }) => void): void;
  postMessage(message: FromService): void;
}

const parent: ParentPort = process.parentPort;
const doors = new Set<Door>();
let host: Host | null = null;

/** The one port of a message that comes with one. */
function onlyPort(ports: MessagePortMain[]): MessagePortMain {
  return z.tuple([z.custom<MessagePortMain>((value) => value !== undefined)]).parse(ports)[0];
}

function printerAt(port: MessagePortMain): Printer {
  const printer = new Printer((message) => {
    port.postMessage(message);
  });
  port.on("message", ({ data }) => {
    printer.receive(data);
  });
  port.on("close", () => {
    printer.close();
  });
  port.start();
  return printer;
}

function start(message: Extract<ToService, { kind: "start" }>, port: MessagePortMain): void {
  configureSqlite({ nativeBinding: message.nativeBinding });
  host = new Host({
    profileFolder: message.profileFolder,
    version: message.version,
    listener: {
      vaultChanged: ({ open, marking, label }) => {
        parent.postMessage({ kind: "vault", open, marking, name: label });
      },
      busy: (job, fraction) => {
        // The step may name what is worked on: main is told that there is work, not which.
        parent.postMessage({ kind: "busy", job: job === null ? null : "Working", fraction });
      },
      produced: (handle, path) => {
        parent.postMessage({ kind: "produced", handle, path });
      },
    },
  });
  host.printer = printerAt(port);
  parent.postMessage({ kind: "ready" });
}

function connect(port: MessagePortMain, connected: Host): void {
  const door = new Door(connected, {
    send: (message) => {
      port.postMessage(message);
    },
  });
  doors.add(door);
  port.on("message", ({ data }) => {
    door.receive(data);
  });
  port.on("close", () => {
    doors.delete(door);
    void door.close();
  });
  port.start();
}

/** Stops what runs, writes the snapshot, wipes the keys; the process ends with it. */
async function lock(): Promise<void> {
  await Promise.all([...doors].map((door) => door.close()));
  host?.lock();
  parent.postMessage({ kind: "lock-done" });
  process.exit(0);
}

function receive(raw: unknown, ports: MessagePortMain[]): void {
  const message = toServiceSchema.parse(raw);
  switch (message.kind) {
    case "start":
      start(message, onlyPort(ports));
      return;
    case "connect":
      if (host !== null) connect(onlyPort(ports), host);
      return;
    case "grant":
      host?.files.grant(message.handle, message.path, message.mode);
      return;
    case "lock":
      void lock();
  }
}

parent.on("message", ({ data, ports }) => {
  receive(data, ports);
});

// A defect must not leave a half-alive process that holds keys: it ends, and main starts another.
process.on("unhandledRejection", () => {
  process.exit(70);
});
