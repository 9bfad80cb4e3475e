import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { isOurPage, type Call } from "../../../electron/main/caller-check.ts";
import { answer, ShellError } from "../../../electron/main/shell-door.ts";

const page = { name: "our window's contents" };
const frame = { origin: "app://main", parent: null };

describe("sender check", () => {
  it("knows our own top frame", () => {
    expect(isOurPage({ sender: page, senderFrame: frame }, page)).toBe(true);
  });

  it.each<[string, Call]>([
    ["another window", { sender: { ...page }, senderFrame: frame }],
    ["a frame that is gone", { sender: page, senderFrame: null }],
    ["a frame in a frame", { sender: page, senderFrame: { ...frame, parent: frame } }],
    ["the empty page", { sender: page, senderFrame: { ...frame, origin: "app://empty" } }],
    ["an origin that begins alike", { sender: page, senderFrame: { ...frame, origin: "app://main.evil" } }],
    ["an opaque origin", { sender: page, senderFrame: { ...frame, origin: "null" } }],
    ["the web", { sender: page, senderFrame: { ...frame, origin: "https://main" } }],
  ])("turns %s away", (_who, call) => {
    expect(isOurPage(call, page)).toBe(false);
  });

  it("turns everyone away while there is no window", () => {
    expect(isOurPage({ sender: null, senderFrame: frame }, null)).toBe(false);
  });
});

describe("one request through the door", () => {
  const schemas = { input: z.strictObject({ n: z.int().max(9) }), output: z.strictObject({ twice: z.int() }) };
  const good: Call = { sender: page, senderFrame: frame };
  const ask = (input: unknown, handler: (input: unknown) => unknown, event: Call = good) => {
    const turnedAway = vi.fn();
    const options = { isOurPage: (call: Call) => isOurPage(call, page), turnedAway };
    return answer(options, schemas, handler, { event, input, name: "double" }).then((result) => ({
      result,
      turnedAway,
    }));
  };
  const double = (input: unknown) => ({ twice: schemas.input.parse(input).n * 2 });

  it("answers with a value", async () => {
    const { result, turnedAway } = await ask({ n: 4 }, double);
    expect(result).toEqual({ ok: true, value: { twice: 8 } });
    expect(turnedAway).not.toHaveBeenCalled();
  });

  it("does not run the handler for a foreign caller, and counts it", async () => {
    const handler = vi.fn(double);
    const { result, turnedAway } = await ask({ n: 4 }, handler, { sender: page, senderFrame: null });
    expect(result).toEqual({ ok: false, error: { code: "not-allowed", subject: "double" } });
    expect(handler).not.toHaveBeenCalled();
    expect(turnedAway).toHaveBeenCalledOnce();
  });

  it.each([[{ n: 10 }], [{ n: 1, path: "/etc/passwd" }], [null], ["x"], [{ n: Number.NaN }]])(
    "refuses the input %j before the handler sees it",
    async (input) => {
      const handler = vi.fn(double);
      const { result } = await ask(input, handler);
      expect(result).toEqual({ ok: false, error: { code: "invalid-request", subject: "double" } });
      expect(handler).not.toHaveBeenCalled();
    },
  );

  it("lets out nothing that the contract does not name", async () => {
    const { result } = await ask({ n: 1 }, () => ({ twice: 2, path: "/home/someone" }));
    expect(result).toEqual({ ok: false, error: { code: "internal", subject: "double" } });
  });

  it("turns a named failure into a value and keeps quiet about any other", async () => {
    const named = await ask({ n: 1 }, () => {
      throw new ShellError({ code: "unknown-handle", subject: "file-x" });
    });
    expect(named.result).toEqual({ ok: false, error: { code: "unknown-handle", subject: "file-x" } });
    const other = await ask({ n: 1 }, () => Promise.reject(new Error("ENOENT: /home/someone/secret.evault")));
    expect(other.result).toEqual({ ok: false, error: { code: "internal", subject: "double" } });
  });
});
