import { describe, expect, it } from "vitest";
import { metricVerdicts, outcomeStates } from "../../../electron/contract/attempt.ts";
import { keyWords } from "../../../renderer/parts/kbd.tsx";
import { outcomeLook } from "../../../renderer/parts/outcome-tag.tsx";
import { suffixError } from "../../../renderer/parts/marking-field.tsx";
import { guessingWords, passphraseStrength, requiredScore } from "../../../renderer/parts/passphrase-strength.ts";
import {
  defaultLabel,
  emptyMember,
  memberErrors,
  toNewMember,
} from "../../../renderer/screens/members/member-draft.ts";
import { lowersMarking } from "../../../electron/contract/marking.ts";
import { warningsToSay } from "../../../renderer/screens/open-report/warning-words.ts";
import { byteWords, progressWords } from "../../../renderer/state/progress-words.ts";

describe("words on the screen", () => {
  it("names every outcome by a word of its own", () => {
    const looks = outcomeStates.flatMap((state) =>
      state === "scored" ? [true, false, null].map((solved) => outcomeLook(state, solved)) : [outcomeLook(state, null)],
    );
    expect(new Set(looks.map((look) => look.words)).size).toBe(looks.length);
    expect(metricVerdicts.length).toBe(6);
  });

  it("writes sizes and progress", () => {
    expect([0, 999, 1_200, 48_210_944, 512_000_000].map(byteWords)).toEqual([
      "0 B",
      "999 B",
      "1.2 kB",
      "48.2 MB",
      "512 MB",
    ]);
    expect(progressWords({ step: "", done: 12, total: 40, unit: "files" })).toBe("12 of 40 files");
    expect(progressWords({ step: "", done: 4_200, total: null, unit: "entries" })).toBe("4,200 entries");
    expect(progressWords({ step: "", done: 1_500, total: 3_000_000, unit: "bytes" })).toBe("1.5 kB of 3.0 MB");
  });

  it("writes keys as people read them", () => {
    expect(keyWords("Ctrl+Shift+k")).toBe("Ctrl Shift K");
    expect(keyWords("Alt+ArrowLeft")).toBe("Alt ←");
  });

  it("says each warning once: what the verdict says already is left out", () => {
    const warning = (code: string) => ({ code, words: `Words of ${code}.` });
    expect(warningsToSay([warning("unsigned"), warning("signer-unknown")])).toEqual([]);
    expect(warningsToSay([warning("signer-unknown"), warning("opened-by-unlisted-key")])).toEqual([
      "Words of opened-by-unlisted-key.",
    ]);
  });
});

describe("a new member", () => {
  const draft = { ...emptyMember("evaluator"), name: " Tomas Reyes ", passphrase: "a b", again: "a b" };

  it("gets an outer label that says no name", () => {
    expect(defaultLabel("evaluator", 1)).toBe("Evaluator B");
    const member = toNewMember(draft, 1);
    expect(member).toMatchObject({ name: "Tomas Reyes", label: "Evaluator B" });
    expect(new TextDecoder().decode(member.passphrase)).toBe("a b");
  });

  it("needs a name, a strong passphrase, and the same passphrase twice", () => {
    expect(memberErrors(draft, true)).toEqual({});
    expect(Object.keys(memberErrors(emptyMember("lead"), false))).toEqual(["name", "passphrase"]);
    expect(memberErrors({ ...draft, again: "a c" }, true)).toHaveProperty("again");
    expect(memberErrors(draft, false)).toHaveProperty("passphrase");
  });
});

describe("a marking", () => {
  it("is lowered by a lower level or by words taken away, not by words added", () => {
    const secret = { level: "secret", suffix: "NOFORN" };
    expect(lowersMarking(secret, { level: "cui", suffix: "NOFORN" })).toBe(true);
    expect(lowersMarking(secret, { level: "secret", suffix: "" })).toBe(true);
    expect(lowersMarking(secret, { level: "secret", suffix: "NOFORN/REL" })).toBe(false);
    expect(lowersMarking(secret, { level: "top-secret", suffix: "" })).toBe(false);
    expect(lowersMarking({ level: "unknown", suffix: "" }, secret)).toBe(true);
  });

  it("takes capital letters after it only", () => {
    expect(suffixError("NOFORN, REL TO XYZ")).toBeNull();
    expect(suffixError("noforn")).not.toBeNull();
    expect(suffixError("NO<B>")).not.toBeNull();
  });
});

describe("the strength of a passphrase", () => {
  it("refuses what is guessed first and takes unrelated words", async () => {
    expect((await passphraseStrength("password123", [])).score).toBeLessThan(requiredScore);
    expect((await passphraseStrength("evalvault1", [])).score).toBeLessThan(requiredScore);
    expect((await passphraseStrength("seven otters paint quiet harbours", [])).score).toBeGreaterThanOrEqual(
      requiredScore,
    );
  });

  it("counts the names of the vault and the member as guessed", async () => {
    const alone = await passphraseStrength("northgate ingrid", []);
    const related = await passphraseStrength("northgate ingrid", ["Northgate", "Ingrid"]);
    expect(related.guessesLog10).toBeLessThan(alone.guessesLog10);
  });

  it("says longer times for harder ones, in order", () => {
    const said = [2, 5.5, 6.5, 7.5, 9, 11.5, 20].map(guessingWords);
    expect(said).toEqual(["under an hour", "hours", "days", "months", "years", "centuries", "over ten thousand years"]);
  });
});
