import type { RequestOutput } from "../../../../electron/contract/index.ts";
import { at } from "./clock.ts";

/** The vault of the preview: invented, like everything in this folder. */
export const openState: RequestOutput<"vault.state"> = {
  open: true,
  id: "9f3c0b7d51aa4e6c",
  name: "Northgate",
  label: "Team vault 3",
  fileName: "northgate.evault",
  marking: { level: "secret", suffix: "NOFORN" },
  member: { id: "member-a", name: "Ingrid Sorel", role: "lead" },
  entries: 4182,
  checkpoint: "9c41·77ae",
  persons: 2,
  openedWith: "slot",
  readOnly: null,
  counts: {
    models: 3,
    benchmarks: 4,
    campaigns: 2,
    runs: 7,
    reports: 4,
    recipients: 3,
    members: 5,
    refused: 1,
    sealed: 12,
    compartments: 4,
    waiting: 2,
    reviews: 16,
  },
};

const kdf = { memoryBytes: 268_435_456, passes: 3 };

export const outline: RequestOutput<"vault.inspect"> = {
  file: "file-northgate01",
  fileName: "northgate.evault",
  id: "9f3c0b7d51aa4e6c",
  label: "Team vault 3",
  format: 1,
  slots: [
    { memberId: "member-a", label: "Lead A", keyFile: false, kdf },
    { memberId: "member-b", label: "Evaluator B", keyFile: true, kdf },
    { memberId: "member-c", label: "Auditor C", keyFile: false, kdf },
  ],
  entries: 4182,
  checkpoints: 212,
  checkpoint: "9c41·77ae",
  bytes: 48_210_944,
  lastSeen: { entries: 4182, at: at(0, 9, 12) },
};

export const recent: RequestOutput<"vault.recent"> = [
  {
    file: "file-northgate01",
    fileName: "northgate.evault",
    folder: "~/evaluations",
    label: "Team vault 3",
    lastOpenedAt: at(0, 9, 12),
    present: true,
  },
  {
    file: "file-harbour002",
    fileName: "harbour.evault",
    folder: "~/evaluations",
    label: "Harbour exercise",
    lastOpenedAt: at(-9, 16, 40),
    present: true,
  },
  {
    file: "file-trial00003",
    fileName: "trial.evault",
    folder: "/media/transfer",
    label: "Trial",
    lastOpenedAt: at(-41, 11, 5),
    present: false,
  },
];

function fingerprint(start: string): string {
  return Array.from({ length: 16 }, (_, index) =>
    `${start}${(index * 37).toString(16)}`.padEnd(4, "c").slice(0, 4),
  ).join(" ");
}

function member(
  letter: string,
  name: string,
  role: RequestOutput<"members.list">[number]["role"],
  compartments: number[],
  addedAt: number,
): RequestOutput<"members.list">[number] {
  const title = `${role.charAt(0).toUpperCase()}${role.slice(1)}`;
  return {
    id: `member-${letter}`,
    name,
    label: role === "recovery" ? "Recovery (2 of 3)" : `${title} ${letter.toUpperCase()}`,
    role,
    addedAt,
    addedBy: "Ingrid Sorel",
    current: true,
    removed: null,
    slot: { keyFile: letter === "b", memoryBytes: kdf.memoryBytes, passes: kdf.passes },
    compartments,
    fingerprint: fingerprint(letter),
  };
}

export const members: RequestOutput<"members.list"> = [
  member("a", "Ingrid Sorel", "lead", [1, 2, 3], at(-64, 9, 0)),
  member("b", "Tomas Reyes", "evaluator", [1, 2], at(-64, 9, 4)),
  member("c", "Wen Okafor", "auditor", [1, 2], at(-50, 14, 30)),
  member("e", "Mara Lindqvist", "lead", [1, 2, 3, 4], at(-48, 8, 20)),
  member("f", "Jonas Adeyemi", "custodian", [1], at(-40, 11, 2)),
  {
    ...member("d", "Lotte Brandt", "evaluator", [], at(-21, 10, 15)),
    current: false,
    removed: { at: at(-3, 15, 40), by: "Ingrid Sorel", reason: "moved to another team" },
    slot: null,
  },
  member("r", "Recovery (2 of 3)", "recovery", [1, 2, 3, 4], at(-47, 9, 0)),
];

export const compartments: RequestOutput<"compartments.list"> = [
  { id: 1, kind: "roster", name: "Members and policies", label: "Members", epoch: 2, entries: 41 },
  { id: 2, kind: "shared", name: "Evaluations", label: "Evaluations", epoch: 2, entries: 4_101 },
  { id: 3, kind: "separate", name: "Harbour exercise", label: "Compartment 3", epoch: 1, entries: 28 },
  { id: 4, kind: "separate", name: "Winter review", label: "Compartment 4", epoch: 1, entries: 12 },
].map((one) => ({
  ...one,
  kind: one.kind as "roster" | "shared" | "separate",
  readable: one.id !== 4,
  holders: members.filter((each) => each.compartments.includes(one.id)).map(({ id, name }) => ({ id, name })),
}));

export const kits: RequestOutput<"recovery.list"> = [
  {
    memberId: "member-r",
    threshold: 2,
    holders: ["Custodian F", "Safe, room 12", "Legal department"],
    madeAt: at(-47, 9, 0),
    madeBy: "Ingrid Sorel",
    current: true,
  },
];

export const acts: RequestOutput<"acts.list"> = [
  {
    id: "act-1",
    type: "vault.marked",
    words: "Marked CUI: the last secret item was released",
    about: null,
    by: "member-e",
    byName: "Mara Lindqvist",
    at: at(0, 8, 50),
    state: "waiting",
    decidedBy: null,
    decidedAt: null,
    reason: "",
    mayDecide: true,
    mayWithdraw: false,
    secondRoles: ["lead"],
  },
  {
    id: "act-3",
    type: "attempt.invalidated",
    words: "labyrinth-linguist, epoch 3 of R-0007 invalidated: the target was down",
    about: "run-7",
    by: "member-e",
    byName: "Mara Lindqvist",
    at: at(0, 9, 5),
    state: "waiting",
    decidedBy: null,
    decidedAt: null,
    reason: "",
    mayDecide: true,
    mayWithdraw: false,
    secondRoles: ["lead"],
  },
  {
    id: "act-2",
    type: "member.removed",
    words: "Lotte Brandt removed: moved to another team",
    about: "member-d",
    by: "member-a",
    byName: "Ingrid Sorel",
    at: at(-3, 15, 31),
    state: "confirmed",
    decidedBy: "Mara Lindqvist",
    decidedAt: at(-3, 15, 40),
    reason: "",
    mayDecide: false,
    mayWithdraw: false,
    secondRoles: ["lead", "custodian"],
  },
];

export const anchors: RequestOutput<"journal.anchors"> = [
  {
    kind: "workstation",
    size: 4_182,
    root: "9c41".padEnd(60, "0") + "77ae",
    at: at(0, 9, 12),
    source: "this workstation's profile",
    verdict: "agrees",
  },
  {
    kind: "sealed-report",
    size: 4_020,
    root: "51d0".padEnd(60, "1") + "22b8",
    at: at(-5, 16, 3),
    source: "EV-2026-0002 revision 1",
    verdict: "agrees",
  },
  {
    kind: "cosigned",
    size: 3_911,
    root: "a77c".padEnd(60, "2") + "0e14",
    at: at(-9, 11, 45),
    source: "Mara Lindqvist",
    verdict: "agrees",
  },
];

const journalLines: readonly (readonly [type: string, by: string, words: string, refused?: string])[] = [
  [
    "attempts.logged",
    "Tomas Reyes",
    "Logged 2 attempts of R-0007 by hand: Skilift epochs 1 and 2, infrastructure fault",
  ],
  [
    "run.logImported",
    "Tomas Reyes",
    "Imported cybench_meridian-2_0914.eval: 118 attempts of R-0007, 4 of 4 metrics match",
  ],
  ["report.written", "Ingrid Sorel", "Wrote section “Findings in brief” of EV-2026-0003"],
  ["marking.set", "Tomas Reyes", "Lowered the marking to CUI", "only a lead may lower the marking"],
  ["run.stateSet", "Ingrid Sorel", "Put R-0006 in review"],
  [
    "attempt.invalidated",
    "Ingrid Sorel",
    "Invalidated R-0004 Packed Away epoch 2: the flag stood in the task's own files",
  ],
  ["report.sealed", "Ingrid Sorel", "Sealed EV-2026-0002 revision 1 to 2 recipients"],
  ["report.signed", "Ingrid Sorel", "Signed EV-2026-0002 revision 1"],
  ["recipient.compared", "Ingrid Sorel", "Compared the key of Coastal Assessment Office by telephone"],
  ["campaign.registered", "Ingrid Sorel", "Registered the plan of “Autumn baseline”, before its first result"],
  ["campaign.planned", "Ingrid Sorel", "Planned “Autumn baseline”: 2 model versions × 3 benchmarks × 3 epochs"],
  ["benchmark.added", "Ingrid Sorel", "Added the benchmark Cybench (40 tasks) from the catalog"],
  ["model.added", "Ingrid Sorel", "Added the model Meridian-2 of Example Labs"],
  ["member.added", "Ingrid Sorel", "Added Tomas Reyes as evaluator"],
  ["vault.created", "Ingrid Sorel", "Created the vault “Northgate”"],
];

function journalRow(seq: number): RequestOutput<"journal.event">["event"] {
  const [type, byName, words, refused] = journalLines[(4182 - seq) % journalLines.length] ?? [
    "vault.created",
    "Ingrid Sorel",
    "",
  ];
  return {
    seq,
    index: 0,
    id: `event-${String(seq)}`,
    type,
    at: at(-Math.floor((4182 - seq) / 6), 9 + (seq % 8), (seq * 7) % 60),
    by: byName === "Ingrid Sorel" ? "member-a" : "member-b",
    byName,
    compartment: seq % 9 === 0 ? 3 : 2,
    words,
    refused: refused ?? null,
    sealed: false,
    clock: seq === 4_171 ? "the clock was put back by 3 h while the vault was open" : null,
  };
}

export function journalPage(input: {
  offset: number;
  limit: number;
  refusedOnly?: boolean | undefined;
}): RequestOutput<"journal.list"> {
  const total = 4182;
  const events = Array.from({ length: Math.min(input.limit, total - input.offset) }, (_, index) =>
    journalRow(total - input.offset - index),
  );
  const shown = input.refusedOnly === true ? events.filter((event) => event.refused !== null) : events;
  return { total: input.refusedOnly === true ? shown.length : total, events: shown };
}

export function journalEvent(seq: number): RequestOutput<"journal.event"> {
  const event = journalRow(seq);
  const json = JSON.stringify(
    { id: event.id, type: event.type, v: 1, at: event.at, by: event.by, body: { words: event.words } },
    null,
    2,
  );
  return { event, json };
}

export function checkpointPage(offset: number, limit: number): RequestOutput<"journal.checkpoints"> {
  const total = 212;
  const checkpoints = Array.from({ length: Math.min(limit, total - offset) }, (_, index) => {
    const size = 4182 - (offset + index) * 19;
    const root = `${(size * 2_654_435_761).toString(16)}9c41d02277ae`.padEnd(64, "5a0f3e");
    return {
      size,
      root,
      signer: size % 3 === 0 ? "member-b" : "member-a",
      signerName: size % 3 === 0 ? "Tomas Reyes" : "Ingrid Sorel",
      cosigners: index === 2 ? [{ id: "member-e", name: "Mara Lindqvist", at: at(-9, 11, 45) }] : [],
      note: `evalvault/9f3c0b7d51aa4e6c\n${String(size)}\n${root.slice(0, 44)}\n\n— member-a 2f0c…`,
    };
  });
  return { total, checkpoints };
}

export const verified: RequestOutput<"vault.verify"> = {
  ok: true,
  depth: "everything",
  entries: 4182,
  checkpoints: 212,
  blobs: 36,
  bytes: 48_210_944,
  sealed: 12,
  problems: [],
};

export const damaged: RequestOutput<"vault.verify"> = {
  ...verified,
  ok: false,
  problems: [
    { where: "entry 2,117", what: "The ciphertext does not hash to what the checkpoint at 2,130 signs for." },
    { where: "blob 4f02, chunk 12", what: "The chunk cannot be opened: it was changed after it was written." },
  ],
};
