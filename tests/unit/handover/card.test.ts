import { describe, expect, it } from "vitest";
import { HandoverError, keyFingerprint, makeCard, readCard } from "../../../electron/handover/index.ts";
import { receiver } from "./sample-package.ts";
import { signedMember } from "./signing.ts";

const lena = signedMember("Lena Ortiz", "11".repeat(16));
const facts = {
  name: lena.name,
  role: "lead" as const,
  vaultId: "ab".repeat(32),
  vaultLabel: "NG-7",
  memberId: lena.id,
  key: lena.key,
  recipient: receiver().recipient,
};

describe("a hand-over card", () => {
  it("is read as it was made, and its fingerprint is that of the key", () => {
    const { card, file } = makeCard(facts, lena.sign);
    expect(readCard(file)).toEqual(card);
    expect(card).toMatchObject({ ...facts, fingerprint: keyFingerprint(lena.key) });
    expect(card.fingerprint.words.split(" ")).toHaveLength(12);
    expect(card.fingerprint.hex.replaceAll(" ", "")).toBe(card.fingerprint.id);
  });

  it.each(["name", "role", "vaultId", "vaultLabel", "memberId", "key", "recipient"] as const)(
    "with another %s is refused: the key signed all of it",
    (field) => {
      const other = { role: "auditor", recipient: receiver().recipient, name: "Mallory", vaultLabel: "X" };
      const { file } = makeCard(facts, lena.sign);
      const value: unknown = {
        ...JSON.parse(new TextDecoder().decode(file)),
        [field]: "c".repeat(facts[field].length),
        ...(field in other ? { [field]: other[field as keyof typeof other] } : {}),
      };
      expect(() => readCard(new TextEncoder().encode(JSON.stringify(value)))).toThrow(HandoverError);
    },
  );

  it.each(["", "{}", "[]", "nonsense", `{"form":"evalvault-card/2"}`, "x".repeat(20_000)])("is not %j", (text) => {
    expect(() => readCard(new TextEncoder().encode(text))).toThrow(HandoverError);
  });
});
