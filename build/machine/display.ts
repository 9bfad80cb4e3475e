import { spawn } from "node:child_process";
import type { Readable } from "node:stream";

/** A display for windows: the environment that leads to it, and its end. */
export interface Display {
  readonly env: Readonly<Record<string, string>>;
  stop(): void;
}

const START_MS = 15_000;

/**
 * The display of this session, or where there is none a virtual one (Xvfb) on a free number.
 * @param fresh true: a virtual one in any case, so that tests see the same screen everywhere
 */
export async function openDisplay(fresh = false): Promise<Display> {
  const hasDisplay = [process.env.DISPLAY, process.env.WAYLAND_DISPLAY].some((name) => (name ?? "") !== "");
  const isOtherSystem = process.platform !== "linux";
  if (isOtherSystem || (hasDisplay && !fresh)) return { env: {}, stop: () => undefined };
  // -ac: the app may run as another user than the one who starts the display; nothing listens beyond this machine.
  const args = ["-displayfd", "3", "-screen", "0", "1920x1200x24", "-nolisten", "tcp", "-ac"];
  const xvfb = spawn("Xvfb", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const number = await firstLine(xvfb.stdio[3] as Readable, xvfb);
  return {
    env: { DISPLAY: `:${number}` },
    stop: () => {
      xvfb.kill();
    },
  };
}

async function firstLine(stream: Readable, child: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => {
      clearTimeout(timer);
      child.kill();
      reject(new Error(`No display: Xvfb ${reason}. Install it with: apt-get install xvfb xauth`));
    };
    const timer = setTimeout(() => {
      fail("did not start in time");
    }, START_MS);
    child.once("error", () => {
      fail("cannot be started");
    });
    child.once("exit", () => {
      fail("ended at once");
    });
    let text = "";
    stream.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      if (!text.includes("\n")) return;
      clearTimeout(timer);
      child.removeAllListeners();
      resolve(text.trim());
    });
  });
}
