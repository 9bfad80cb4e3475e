import { readFileSync } from "node:fs";

/** Command words that write every socket call of a program and its children to `file`. */
export function watchSockets(file: string): string[] {
  return ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg,bind", "-o", file];
}

/**
 * The lines of a trace that concern the internet (AF_INET, AF_INET6) or raw packets.
 * @param debuggers how many debugging ports Playwright opened: each is one bind of 127.0.0.1 with a free port
 */
export function internetCalls(file: string, debuggers: number): string[] {
  const lines = readFileSync(file, "utf8").split("\n");
  const internet = lines.filter((line) => /AF_INET6?\b|AF_PACKET/.test(line));
  // "<unfinished …>": another process of the app called something at the same moment.
  const isDebugger = (line: string): boolean =>
    /\bbind\(\d+, \{sa_family=AF_INET, sin_port=htons\(0\), sin_addr=inet_addr\("127\.0\.0\.1"\)\}, 16(\)| <unfinished)/.test(
      line,
    );
  const others = internet.filter((line) => !isDebugger(line));
  const surplus = internet.filter(isDebugger).slice(debuggers);
  return [...others, ...surplus];
}

/** How many socket calls there are of any kind: a trace of a running app is never empty. */
export function socketCalls(file: string): number {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "").length;
}
