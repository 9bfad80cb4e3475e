import type {
  Contributor,
  HandoverCard,
  HandoverPreview,
  KeyFingerprint,
} from "../../../../electron/contract/handover.ts";
import type { RequestOutput } from "../../../../electron/contract/index.ts";
import { at } from "./clock.ts";

function fingerprint(digit: string, words: string): KeyFingerprint {
  const id = `${digit}4e07b2c95af`.repeat(3).slice(0, 32);
  return { id, hex: id.replaceAll(/(.{4})(?=.)/g, "$1 "), words };
}

const selmaKey = fingerprint("7", "harbour violin orbit canyon maple lantern ticket grain copper window salad ridge");
const ownKey = fingerprint("a", "meadow copper signal winter ladder almond river stone basket planet cousin velvet");

export const ownCard: HandoverCard = {
  name: "Ingrid Sorel",
  role: "lead",
  vaultId: "9f".repeat(32),
  vaultLabel: "Team vault 3",
  memberId: "a1".repeat(16),
  key: "a4".repeat(32),
  recipient: "age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq",
  fingerprint: ownKey,
};

export const otherCard: HandoverCard = {
  ...ownCard,
  name: "Selma Okonkwo",
  role: "evaluator",
  vaultLabel: "Field vault 2",
  memberId: "b2".repeat(16),
  key: "74".repeat(32),
  fingerprint: selmaKey,
};

function contributor(part: Pick<Contributor, "name" | "key" | "fingerprint" | "standing" | "signed">): Contributor {
  return { ...part, memberId: part.key.slice(0, 32), vaultName: "Field station", events: part.signed ? 148 : 6 };
}

const sender = contributor({
  name: "Selma Okonkwo",
  key: otherCard.key,
  fingerprint: selmaKey,
  standing: "new",
  signed: true,
});
const colleague = contributor({
  name: "Piet Vermeer",
  key: "c5".repeat(32),
  fingerprint: fingerprint("c", "orchard pencil summer gravel anchor tulip hammer cloud silver pocket engine lemon"),
  standing: "accepted",
  signed: false,
});

const meridian = "Meridian-2 (checkpoint 0914, safeguards reduced)";

export const preview: HandoverPreview = {
  packageId: "5d".repeat(16),
  kind: "runs",
  packedAt: at(-1, 16, 20),
  marking: { level: "secret", suffix: "NOFORN" },
  vault: { id: "3c".repeat(32), name: "Field station" },
  sender,
  others: [colleague],
  newContributor: true,
  checkpoint: { size: 412, root: "51d0".padEnd(64, "e"), standing: "first" },
  models: [{ id: "meridian", words: meridian, newness: "known" }],
  benchmarks: [
    { id: "cybench", words: "Cybench", newness: "known" },
    { id: "nyu", words: "NYU CTF Bench", newness: "new" },
  ],
  campaigns: [{ id: "autumn", words: "Autumn baseline", newness: "known" }],
  runs: [
    {
      id: "field-1",
      code: null,
      model: meridian,
      benchmark: "NYU CTF Bench",
      campaign: "Autumn baseline",
      newness: "new",
      newEvents: 96,
      planned: 600,
      run: 412,
      state: "running",
      sameLogAs: null,
    },
    {
      id: "run-2",
      code: "R-0002",
      model: meridian,
      benchmark: "Cybench",
      campaign: "Autumn baseline",
      newness: "changed",
      newEvents: 41,
      planned: 120,
      run: 120,
      state: "logged",
      sameLogAs: null,
    },
    {
      id: "field-2",
      code: null,
      model: "kestrel-70b-instruct",
      benchmark: "InterCode-CTF",
      campaign: null,
      newness: "new",
      newEvents: 3,
      planned: 237,
      run: 237,
      state: "in-review",
      sameLogAs: "R-0004",
    },
  ],
  events: { total: 154, new: 140, known: 14 },
  heldBack: [
    {
      type: "attempts.logged",
      about: "R-0002",
      by: "Selma Okonkwo",
      at: at(-2, 11, 5),
      reason: "The run was accepted here: it takes no more attempts.",
    },
  ],
  evidence: { files: 5, bytes: 18_402_113 },
};

export const list: RequestOutput<"handover.list"> = {
  handovers: [
    {
      direction: "received",
      packageId: "5d".repeat(16),
      kind: "runs",
      at: at(-8, 10, 12),
      byName: "Ingrid Sorel",
      peer: { name: "Piet Vermeer", vaultName: "Field station", fingerprint: colleague.fingerprint },
      runs: 2,
      events: 88,
      entry: 3_911,
    },
    {
      direction: "sent",
      packageId: "6e".repeat(16),
      kind: "assignment",
      at: at(-19, 9, 45),
      byName: "Ingrid Sorel",
      peer: { name: "Piet Vermeer", vaultName: "Field station", fingerprint: colleague.fingerprint },
      runs: 0,
      events: 12,
      entry: 3_102,
    },
  ],
  contributors: [colleague],
};
