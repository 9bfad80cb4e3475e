import { describe, expect, it } from "vitest";
import { ClipboardGuard, type TextClipboard } from "../../../electron/main/clipboard-guard.ts";

class FakeClipboard implements TextClipboard {
  text = "";
  cleared = 0;

  readText(): Promise<string> {
    return Promise.resolve(this.text);
  }

  writeText(text: string): void {
    this.text = text;
  }

  clear(): void {
    this.cleared += 1;
    this.text = "";
  }
}

function workplace() {
  const clipboard = new FakeClipboard();
  const timers = new Set<{ run: () => void; ms: number }>();
  const guard = new ClipboardGuard(
    clipboard,
    (run, ms) => {
      const timer = { run, ms };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    10_000,
  );
  const ring = async (): Promise<void> => {
    for (const timer of timers) timer.run();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { clipboard, timers, guard, ring };
}

describe("clipboard guard", () => {
  it("clears what it copied after ten seconds", async () => {
    const { clipboard, timers, guard, ring } = workplace();
    await guard.copy("a score");
    expect(clipboard.text).toBe("a score");
    expect([...timers].map(({ ms }) => ms)).toEqual([10_000]);
    await ring();
    expect(clipboard).toMatchObject({ text: "", cleared: 1 });
  });

  it("leaves alone what somebody else copied since", async () => {
    const { clipboard, guard, ring } = workplace();
    await guard.copy("a score");
    clipboard.text = "somebody else's";
    await ring();
    expect(clipboard).toMatchObject({ text: "somebody else's", cleared: 0 });
  });

  it("counts the ten seconds from the last copy", async () => {
    const { clipboard, timers, guard, ring } = workplace();
    await guard.copy("one");
    await guard.copy("two");
    expect(timers.size).toBe(1);
    await ring();
    expect(clipboard).toMatchObject({ text: "", cleared: 1 });
  });

  it("clears at once when asked (lock, quit), and only once", async () => {
    const { clipboard, timers, guard } = workplace();
    expect(await guard.clearIfOurs()).toBe(false);
    await guard.copy("a score");
    expect(await guard.clearIfOurs()).toBe(true);
    expect(timers.size).toBe(0);
    expect(await guard.clearIfOurs()).toBe(false);
    expect(clipboard.cleared).toBe(1);
  });

  it("does not keep the text itself", async () => {
    const { guard } = workplace();
    await guard.copy("canary-word");
    const { inspect } = await import("node:util");
    expect(inspect(guard, { showHidden: true, depth: 9 })).not.toContain("canary-word");
  });
});
