import { spawn } from "node:child_process";
import { createServer, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const silence = new URL("../../../electron/service/silence.ts", import.meta.url).href;

/** Ways out, as program text with `PORT` for a listening port of this test. */
const ways: Readonly<Record<string, string>> = {
  "net.connect": `import net from "node:net"; await opened(net.connect(PORT, "127.0.0.1"));`,
  "named connect": `import { connect } from "node:net"; await opened(connect(PORT, "127.0.0.1"));`,
  "net.createConnection": `import net from "node:net"; await opened(net.createConnection({ port: PORT }));`,
  "new net.Socket": `import net from "node:net"; await opened(new net.Socket().connect(PORT, "127.0.0.1"));`,
  "a local socket": `import net from "node:net"; await opened(net.connect("/tmp/none.sock"));`,
  "net.createServer": `import net from "node:net"; net.createServer().listen(0);`,
  "new net.Server": `import net from "node:net"; new net.Server().listen(0);`,
  "tls.connect": `import tls from "node:tls"; tls.connect(PORT, "127.0.0.1");`,
  "new tls.TLSSocket": `import tls from "node:tls"; new tls.TLSSocket().connect(PORT, "127.0.0.1");`,
  "http.get": `import http from "node:http"; http.get("http://127.0.0.1:PORT/");`,
  "named http request": `import { request } from "node:http"; request("http://127.0.0.1:PORT/").end();`,
  "http.ClientRequest": `import http from "node:http"; new http.ClientRequest("http://127.0.0.1:PORT/").end();`,
  "http.Server": `import http from "node:http"; new http.Server().listen(0);`,
  "https.request": `import https from "node:https"; https.request("https://127.0.0.1:PORT/");`,
  "http2.connect": `import http2 from "node:http2"; http2.connect("http://127.0.0.1:PORT/");`,
  "dgram.createSocket": `import dgram from "node:dgram"; dgram.createSocket("udp4").bind(0);`,
  "new dgram.Socket": `import dgram from "node:dgram"; new dgram.Socket("udp4").send("x", PORT, "127.0.0.1");`,
  "dns.lookup": `import dns from "node:dns"; dns.lookup("localhost", () => {});`,
  "named dns lookup": `import { lookup } from "node:dns"; lookup("localhost", () => {});`,
  "dns.promises": `import { resolve4 } from "node:dns/promises"; await resolve4("localhost");`,
  "dns.Resolver": `import dns from "node:dns"; new dns.Resolver().resolve4("localhost", () => {});`,
  "a resolver made before": `import "node:dns"; before.resolve4("localhost", () => {});`,
  fetch: `await fetch("http://127.0.0.1:PORT/");`,
  "fetch through globalThis": `await globalThis["fetch"]("http://127.0.0.1:PORT/");`,
  WebSocket: `new WebSocket("ws://127.0.0.1:PORT/");`,
  EventSource: `if (typeof EventSource === "undefined") throw Object.assign(new Error(), { code: "network-blocked" });
    new EventSource("http://127.0.0.1:PORT/");`,
  "the debugger's port": `import inspector from "node:inspector"; inspector.open(0);`,
};

const program = (silent: boolean, way: string): string => `
  import { Resolver as BeforeResolver } from "node:dns";
  const before = new BeforeResolver();
  ${silent ? `const { silenceNetwork } = await import(${JSON.stringify(silence)}); silenceNetwork();` : ""}
  globalThis.before = before;
  globalThis.opened = (socket) => new Promise((resolve, reject) => {
    socket.once("connect", () => resolve(socket.destroy())).once("error", reject);
  });
  const outcome = await import("data:text/javascript," + encodeURIComponent(${JSON.stringify(way)}))
    .then(() => "went", (error) => String(error.code));
  process.stdout.write(outcome);
  process.exit(0);
`;

function run(silent: boolean, way: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--no-warnings", "--input-type=module", "-e", program(silent, way)], {
      cwd: fileURLToPath(new URL("../../..", import.meta.url)),
      stdio: ["ignore", "pipe", "ignore"],
    });
    let said = "";
    child.stdout.on("data", (bytes: Buffer) => {
      said += bytes.toString();
    });
    child.once("error", reject);
    child.once("close", () => {
      resolve(said);
    });
  });
}

/** Runs everything against a listening port of ours, and counts who came. */
async function withListener<T>(use: (port: number) => Promise<T>): Promise<{ value: T; visitors: number }> {
  const visitors = new Set<Socket>();
  const server = createServer((socket) => {
    visitors.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  try {
    return { value: await use(port), visitors: visitors.size };
  } finally {
    for (const socket of visitors) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe("a silenced process", () => {
  it.each(Object.keys(ways))("cannot reach out by %s", async (name) => {
    const result = await withListener((port) => run(true, (ways[name] ?? "").replaceAll("PORT", port.toString())));
    expect(result).toEqual({ value: "network-blocked", visitors: 0 });
  });

  it("would have reached out otherwise, so this test sees what it should", async () => {
    const visits = { "net.connect": 1, "named connect": 1, "new net.Socket": 1, fetch: 1, "dns.lookup": 0 };
    for (const [name, visitors] of Object.entries(visits)) {
      const result = await withListener((port) => run(false, (ways[name] ?? "").replaceAll("PORT", port.toString())));
      expect({ name, ...result }).toEqual({ name, value: "went", visitors });
    }
  });
});
