import dgram from "node:dgram";
import dns from "node:dns";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import inspector from "node:inspector";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import tls from "node:tls";

/** Something in this process tried to reach a network. `call` names what was tried, never where to. */
export class NetworkBlockedError extends Error {
  override readonly name = "NetworkBlockedError";
  readonly code = "network-blocked";
  readonly call: string;

  constructor(call: string) {
    super(`${call} was refused: EvalVault is offline by design. Report this as a defect.`);
    this.call = call;
  }
}

/** A function or a class (it can be called with and without `new`) that refuses. */
function refusal(call: string): () => never {
  return function refuse(): never {
    throw new NetworkBlockedError(call);
  };
}

function replace(owner: object, label: string, names: readonly string[]): void {
  for (const name of names) {
    if (!(name in owner)) continue;
    // Left configurable, since a getter of the same name may stand there (fetch and WebSocket are lazy getters).
    Object.defineProperty(owner, name, {
      value: refusal(`${label}.${name}`),
      writable: true,
      configurable: true,
      enumerable: true,
    });
  }
}

function functionNames(owner: object): string[] {
  return Object.getOwnPropertyNames(owner).filter(
    (name) => name !== "constructor" && typeof Reflect.get(owner, name) === "function",
  );
}

/**
 * Makes every way to a network throw {@link NetworkBlockedError} in this thread: sockets of any kind (local ones too:
 * nothing here needs one), servers, name look-ups, HTTP clients, `fetch`, `WebSocket`, `EventSource`, and opening the
 * debugger's port. Session rules of Electron do not govern Node's own network modules, so this is their lock.
 *
 * To be called before anything else of the process runs. It holds for modules that were imported before, too, since
 * the built-in modules' exports themselves are replaced. A worker thread has built-in modules of its own.
 */
export function silenceNetwork(): void {
  replace(net, "net", ["connect", "createConnection", "createServer"]);
  replace(net.Socket.prototype, "net.Socket", ["connect"]);
  replace(net.Server.prototype, "net.Server", ["listen"]);
  replace(tls, "tls", ["connect", "createServer"]);
  replace(dgram, "dgram", ["createSocket"]);
  replace(dgram.Socket.prototype, "dgram.Socket", ["bind", "connect", "send", "addMembership"]);
  // Before the classes themselves are replaced: somebody may hold a resolver already.
  replace(dns.Resolver.prototype, "dns.Resolver", functionNames(dns.Resolver.prototype));
  replace(dns.promises.Resolver.prototype, "dns.Resolver", functionNames(dns.promises.Resolver.prototype));
  replace(dns.promises, "dns.promises", functionNames(dns.promises));
  replace(dns, "dns", functionNames(dns));
  replace(http, "http", ["request", "get", "createServer", "ClientRequest"]);
  replace(https, "https", ["request", "get", "createServer"]);
  replace(http2, "http2", ["connect", "createServer", "createSecureServer"]);
  replace(inspector, "inspector", ["open"]);
  replace(globalThis, "globalThis", ["fetch", "WebSocket", "EventSource", "XMLHttpRequest", "WebTransport"]);
  // So that `import { connect } from "node:net"` sees the replacement as well as `net.connect`.
  syncBuiltinESMExports();
}
