import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SectionDrafts, type SectionText } from "../../../renderer/screens/report/section-drafts.ts";

const empty: SectionText = { markdown: "", portion: "" };

function text(markdown: string): SectionText {
  return { markdown, portion: "" };
}

describe("text that saves itself", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("saves once after a pause in typing, the last text only", async () => {
    const save = vi.fn(() => Promise.resolve(true));
    const drafts = new SectionDrafts(save, 1_000);
    drafts.write("summary", text("a"), empty);
    await vi.advanceTimersByTimeAsync(900);
    drafts.write("summary", text("ab"), empty);
    expect(drafts.state).toBe("changed");
    await vi.advanceTimersByTimeAsync(900);
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(save.mock.calls).toEqual([["summary", text("ab")]]);
    expect(drafts.state).toBe("saved");
    expect(drafts.text("summary")).toEqual(text("ab"));
  });

  it("saves nothing when what was typed was taken back", async () => {
    const save = vi.fn(() => Promise.resolve(true));
    const drafts = new SectionDrafts(save, 1_000);
    drafts.write("summary", text("a"), empty);
    drafts.write("summary", empty, empty);
    expect(drafts.state).toBe("saved");
    expect(await drafts.flush()).toBe(true);
    expect(save).not.toHaveBeenCalled();
  });

  it("keeps what could not be saved and tries it again", async () => {
    let works = false;
    const save = vi.fn(() => Promise.resolve(works));
    const drafts = new SectionDrafts(save, 1_000);
    drafts.write("summary", text("a"), empty);
    expect(await drafts.flush()).toBe(false);
    expect(drafts.state).toBe("failed");
    works = true;
    expect(await drafts.flush()).toBe(true);
    expect(drafts.state).toBe("saved");
    expect(save).toHaveBeenCalledTimes(2);
  });

  it("waits for a save that is under way, and then saves what was typed meanwhile", async () => {
    const saved: string[] = [];
    let release: (() => void) | undefined;
    const drafts = new SectionDrafts(async (_id, written) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      saved.push(written.markdown);
      return true;
    }, 1_000);
    drafts.write("summary", text("a"), empty);
    const first = drafts.flush();
    await vi.advanceTimersByTimeAsync(0);
    drafts.write("summary", text("ab"), empty);
    const second = drafts.flush();
    release?.();
    await first;
    await vi.advanceTimersByTimeAsync(0);
    release?.();
    expect(await second).toBe(true);
    expect(saved).toEqual(["a", "ab"]);
    expect(drafts.state).toBe("saved");
  });
});
