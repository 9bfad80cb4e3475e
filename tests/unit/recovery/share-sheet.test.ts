import { beforeAll, describe, expect, it } from "vitest";
import { makeShares } from "../../../electron/recovery/make-shares.ts";
import { recoveryInstructions } from "../../../electron/recovery/recovery-instructions.ts";
import type { Share } from "../../../electron/recovery/recovery-share.ts";
import { shareSheet } from "../../../electron/recovery/share-sheet.ts";
import { codeOf, newSet, recoveryId, typedIn, vaultId } from "./fixtures.ts";

let share: Share;
let page: string;

beforeAll(async () => {
  const { shares } = await newSet(3, 5);
  const [, second] = shares;
  if (second === undefined) throw new Error("five shares");
  share = second;
  page = new TextDecoder().decode(shareSheet(share));
});

describe("the sheet to print", () => {
  it("has every group of the code, in order, and what the file says", () => {
    const groups = [...page.matchAll(/<span>(\w{4})<\/span>/g)].map(([, group]) => group);
    expect(groups).toEqual(codeOf(share).match(/\b\w{4}\b/g));
    expect(groups).toHaveLength(42);
    for (const fact of ["Share 2 of 5", "Any 3 of 5", "Custodian B", "North desk", vaultId, recoveryId, share.setId]) {
      expect(page).toContain(fact);
    }
    for (const fingerprint of share.details?.fingerprints ?? []) expect(page).toContain(fingerprint);
  });

  it("has no script, and nothing that would be loaded", () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|<object|<base|@import|url\(|https?:|\son\w+=|href=|src=/i);
    expect(page).toContain(`default-src 'none'; style-src 'unsafe-inline'`);
    expect(page).toContain("@page{size:A4");
  });

  it("shows labels as text", async () => {
    const [first] = await makeShares({
      secret: new Uint8Array(32).fill(1),
      threshold: 2,
      holders: [`<script>alert("1")</script>`, "B"],
      vaultId,
      recoveryId,
      vaultLabel: "Büro & 保管",
      madeAt: 0,
    });
    if (first === undefined) throw new Error("two shares");
    const text = new TextDecoder().decode(shareSheet(first));
    expect(text).not.toContain("<script>");
    expect(text).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
    expect(text).toContain("Büro &amp; 保管");
  });

  it("cannot be made of a share that was typed in", () => {
    expect(() => shareSheet(typedIn(share))).toThrow(RangeError);
  });
});

describe("the instructions", () => {
  it("are a page of plain ASCII with the numbers of this set", () => {
    const text = recoveryInstructions({ threshold: 3, total: 5 });
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(text).toContain("5 were made, any 3");
    expect(text).toContain("Meet with 2 other holders or more");
    expect(recoveryInstructions({ threshold: 2, total: 2 })).toContain("Meet with 1 other holder or more");
  });
});
