import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { internetCalls, socketCalls } from "../../e2e/air-gap-sockets.ts";

const local = `101 connect(9, {sa_family=AF_UNIX, sun_path="/tmp/.X11-unix/X0"}, 110) = 0`;
const route = `101 bind(47, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=0x000113}, 12) = 0`;
const debuggerPort = `101 bind(40, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("127.0.0.1")}, 16) = 0`;
const debuggerBegun = debuggerPort.replace(") = 0", " <unfinished ...>");
const outside = [
  `102 connect(19, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28) = 0`,
  `102 connect(19, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.1")}, 16 <unfinished ...>`,
  `103 sendto(5, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.1")}, 16) = 1`,
  `103 bind(20, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("0.0.0.0")}, 16) = 0`,
  `103 bind(20, {sa_family=AF_INET, sin_port=htons(5353), sin_addr=inet_addr("127.0.0.1")}, 16) = 0`,
  `103 bind(20, {sa_family=AF_PACKET, sll_protocol=htons(ETH_P_ALL)}, 20) = 0`,
];

describe("reading a trace of socket calls", () => {
  let folder = "";
  const trace = (...lines: string[]): string => {
    const file = join(folder, "trace");
    writeFileSync(file, `${lines.join("\n")}\n`);
    return file;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "evalvault-trace-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("sees every call that concerns the internet", () => {
    for (const line of outside) expect(internetCalls(trace(local, line, route), 2)).toEqual([line]);
  });

  it("lets local sockets and the debugger's own ports pass, but no more of them than there are", () => {
    expect(internetCalls(trace(local, route, debuggerPort, debuggerBegun), 2)).toEqual([]);
    expect(internetCalls(trace(debuggerPort, debuggerPort, debuggerPort), 2)).toEqual([debuggerPort]);
    expect(internetCalls(trace(debuggerPort), 0)).toEqual([debuggerPort]);
    expect(socketCalls(trace(local, route))).toBe(2);
  });
});
