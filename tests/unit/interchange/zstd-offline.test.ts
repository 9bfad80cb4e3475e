import { expect, it } from "vitest";
import { bytesSource } from "../../../electron/interchange/byte-source.ts";
import { readLog } from "../../../electron/interchange/inspect/index.ts";
import { evalLog } from "../../fixtures/inspect/generate.ts";

it("loads the zstd decoder in a process whose fetch throws, and leaves fetch as it was", async () => {
  const before = globalThis.fetch;
  let calls = 0;
  const blocked = (): never => {
    calls += 1;
    throw new Error("the network is off");
  };
  globalThis.fetch = blocked;
  try {
    const bytes = evalLog({ samples: [{ id: "a", scores: { s: "C" } }] }, { method: "zstd" });
    expect(await readLog(bytesSource(bytes))).toMatchObject({
      kind: "run",
      run: { attempts: [{ task: "a", score: 1 }] },
    });
    expect(globalThis.fetch).toBe(blocked);
    expect(calls).toBe(0);
  } finally {
    globalThis.fetch = before;
  }
});
