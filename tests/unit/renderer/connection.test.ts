import { describe, expect, it, vi } from "vitest";
import type { ClientMessage } from "../../../electron/contract/wire.ts";
import { ServiceConnection } from "../../../renderer/state/connection.ts";

function connected() {
  const connection = new ServiceConnection();
  const sent: ClientMessage[] = [];
  const port = {
    postMessage: (message: ClientMessage) => void sent.push(message),
    close: vi.fn(),
  };
  return { connection, sent, port };
}

const closed = { open: false };

describe("the page's end of the port", () => {
  it("keeps requests until the port is there, and answers each by its number", async () => {
    const { connection, sent, port } = connected();
    const first = connection.request("vault.state", {});
    const second = connection.request("vault.recent", {});
    expect(sent).toEqual([]);
    connection.attach(port);
    expect(sent.map((message) => message.id)).toEqual([1, 2]);
    connection.receive({ kind: "response", id: 2, result: { ok: true, value: [] } });
    connection.receive({ kind: "response", id: 1, result: { ok: true, value: closed } });
    expect(await first).toEqual({ ok: true, value: closed });
    expect(await second).toEqual({ ok: true, value: [] });
  });

  it("passes a failure on as a value", async () => {
    const { connection, port } = connected();
    connection.attach(port);
    const request = connection.request("overview.get", {});
    connection.receive({ kind: "response", id: 1, result: { ok: false, error: { code: "vault-locked" } } });
    expect(await request).toEqual({ ok: false, error: { code: "vault-locked" } });
  });

  it("refuses an answer that does not fit the contract, and names the request only", async () => {
    const { connection, port } = connected();
    connection.attach(port);
    const request = connection.request("vault.state", {});
    connection.receive({ kind: "response", id: 1, result: { ok: true, value: { open: "canary" } } });
    const result = await request;
    expect(result).toMatchObject({ ok: false, error: { code: "internal" } });
    expect(JSON.stringify(result)).toContain("vault.state");
    expect(JSON.stringify(result)).not.toContain("canary");
  });

  it("drops what is no message of the service", async () => {
    const { connection, port } = connected();
    connection.attach(port);
    const request = connection.request("vault.state", {});
    for (const data of [null, 7, "response", { kind: "response" }, { kind: "response", id: 1, result: { ok: 1 } }]) {
      connection.receive(data);
    }
    connection.receive({ kind: "response", id: 99, result: { ok: true, value: closed } });
    connection.receive({ kind: "response", id: 1, result: { ok: true, value: closed } });
    expect(await request).toEqual({ ok: true, value: closed });
  });

  it("reports progress and sends a cancel", async () => {
    const { connection, sent, port } = connected();
    connection.attach(port);
    const abort = new AbortController();
    const onProgress = vi.fn();
    const request = connection.request("vault.verify", {}, { signal: abort.signal, onProgress });
    const progress = { step: "Checking", done: 1, total: null, unit: "entries" } as const;
    connection.receive({ kind: "progress", id: 1, progress });
    expect(onProgress).toHaveBeenCalledExactlyOnceWith(progress);
    abort.abort();
    expect(sent.at(-1)).toEqual({ kind: "cancel", id: 1 });
    connection.receive({ kind: "response", id: 1, result: { ok: false, error: { code: "cancelled" } } });
    expect(await request).toEqual({ ok: false, error: { code: "cancelled" } });
    abort.abort();
    expect(sent.filter((message) => message.kind === "cancel")).toHaveLength(1);
  });

  it("does not ask what was cancelled before", async () => {
    const { connection, sent, port } = connected();
    connection.attach(port);
    const result = await connection.request("vault.verify", {}, { signal: AbortSignal.abort() });
    expect(result).toEqual({ ok: false, error: { code: "cancelled" } });
    expect(sent).toEqual([]);
  });

  it("fails everything when the service ends, and works again with a new port", async () => {
    const { connection, port } = connected();
    connection.attach(port);
    const request = connection.request("vault.state", {});
    connection.end();
    expect(await request).toEqual({ ok: false, error: { code: "service-stopped" } });
    expect(await connection.request("vault.state", {})).toEqual({ ok: false, error: { code: "service-stopped" } });
    connection.attach(port);
    const again = connection.request("vault.state", {});
    connection.receive({ kind: "response", id: 2, result: { ok: true, value: closed } });
    expect(await again).toEqual({ ok: true, value: closed });
  });

  it("hands on events that fit the contract, until nobody listens", () => {
    const { connection, port } = connected();
    connection.attach(port);
    const listener = vi.fn();
    const stop = connection.on("changed", listener);
    connection.receive({ kind: "event", name: "changed", payload: { entries: 5 } });
    connection.receive({ kind: "event", name: "changed", payload: { entries: -1 } });
    connection.receive({ kind: "event", name: "constructor", payload: {} });
    stop();
    connection.receive({ kind: "event", name: "changed", payload: { entries: 6 } });
    expect(listener).toHaveBeenCalledExactlyOnceWith({ entries: 5 });
  });
});
