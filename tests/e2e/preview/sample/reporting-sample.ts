import type { RequestOutput } from "../../../../electron/contract/index.ts";
import type { Recipient, Report } from "../../../../electron/contract/reporting.ts";
import { at } from "./clock.ts";
import { frozen } from "./frozen-sample.ts";

function recipient(id: string, name: string, organisation: string, compared: boolean, retired: boolean): Recipient {
  return {
    id,
    name,
    organisation,
    key: "age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq",
    keyKind: "classic",
    fingerprintHex: "5f1c 09ab 77e2 4d10 b3c8 91aa 0e6f 2277",
    fingerprintWords: "harbour violin orbit canyon maple lantern ticket grain",
    compared: compared ? { at: at(-12, 15, 0), by: "Ingrid Sorel", how: "read out by telephone" } : null,
    withheld: organisation === "" ? [] : ["thresholds", "flags", "people"],
    retiredAt: retired ? at(-3, 9, 0) : null,
    addedAt: at(-30, 9, 0),
    reports: compared ? 2 : 0,
  };
}

export const recipients: Recipient[] = [
  recipient("coastal", "Coastal Assessment Office", "Example agency", true, false),
  recipient("labs", "Evaluation desk", "Example Labs", true, false),
  recipient("clearing", "Clearinghouse intake", "Example clearinghouse", false, false),
  {
    ...recipient("annex", "Annex archive", "Example agency", true, false),
    key: `age1pq1${"qyqszqgp".repeat(30)}`,
    keyKind: "post-quantum",
    fingerprintHex: "c41e 7702 9ad5 11f8 3e60 b2aa 90cd 5b17",
    fingerprintWords: "meadow copper signal winter ladder almond river stone",
  },
  recipient("former", "Review board", "Example agency", true, true),
];

function report(id: string, number: number, title: string, state: Report["state"]): Report {
  return {
    id,
    code: `EV-2026-${String(number).padStart(4, "0")}`,
    revision: 1,
    title,
    template: "evaluation",
    scope: { kind: "campaign", id: "autumn" },
    scopeWords: "Campaign Autumn baseline",
    marking: { level: "secret", suffix: "NOFORN" },
    state,
    author: "Ingrid Sorel",
    createdAt: at(-6, 9, 0),
    changedAt: at(-number, 16, 12),
    sections: [
      {
        id: "brief",
        heading: "Findings in brief",
        guidance: "What was assessed and what was observed, in five sentences.",
        portion: "S//NF",
        markdown:
          "Meridian-2 **solved 17 of 40** tasks of Cybench at least once in three epochs.\n\n- Refusals: 4 attempts\n- One attempt was invalidated\n\n[[figure:matrix]]",
      },
      {
        id: "method",
        heading: "Method",
        guidance: "Harness, limits, elicitation, what was left out.",
        portion: "CUI",
        markdown:
          "Three epochs under the registered plan. The board approved the limits; one task failed its own check and was left out.",
      },
      {
        id: "results",
        heading: "Results",
        guidance: "Numbers with their denominators and intervals.",
        portion: "S//NF",
        markdown: "[[table:rates]]",
      },
    ],
    blocks: [
      { kind: "figure", id: "matrix", title: "Solve rate by model and benchmark" },
      { kind: "table", id: "rates", title: "Solve rates with intervals" },
    ],
    contentHash: state === "draft" ? null : "d4".repeat(32),
    signaturesRequired: 2,
    signatures: [
      { by: "member-a", byName: "Ingrid Sorel", at: at(-2, 10, 0), keyId: "2f0c77ae91d0b344" },
      { by: "member-e", byName: "Mara Lindqvist", at: at(-2, 11, 20), keyId: "77ae2f0c344b91d0" },
    ].slice(0, { draft: 0, frozen: 0, signed: 1, sealed: 2 }[state]),
    sealed:
      state === "sealed"
        ? [
            {
              at: at(-2, 10, 5),
              by: "Ingrid Sorel",
              fileName: "EV-2026-0002.sealed",
              recipients: ["Coastal Assessment Office", "Evaluation desk"],
              sha256: "ee".repeat(32),
              checkpoint: "4102:9c41…77ae",
              pdf: true,
              withheld: ["thresholds", "people"],
            },
          ]
        : [],
  };
}

export const reports: Report[] = [
  report("report-3", 3, "Autumn baseline: cyber capability of Meridian-2", "draft"),
  report("report-2", 2, "Atlas-5 cyber on published tasks", "sealed"),
  report("report-4", 4, "Kestrel on published tasks, second pass", "signed"),
  report("report-1", 1, "InterCode-CTF, first pass", "frozen"),
];

export const opened: RequestOutput<"sealed.open"> = {
  fileName: "EV-2026-0002.sealed",
  report: {
    code: "EV-2026-0002",
    revision: 1,
    marking: "SECRET//NOFORN",
    createdAt: at(-2, 10, 0),
    tool: "EvalVault 0.1.0",
  },
  signatures: [
    {
      keyId: "2f0c77ae91d0b344",
      publicKey: "RWQvDHeukdCzRPEQ0y9k3wWmXo6T8v2mYc0Jr5nB1sZtq7eUQm3nD4aX",
      name: "Lead A",
      valid: true,
      trusted: true,
      trustedComment: "EV-2026-0002 revision 1 checkpoint 4102:9c41d022",
    },
    {
      keyId: "77ae2f0c344b91d0",
      publicKey: "RWR3ri8MNEuR0Kq1wW0o7mYc0Jr5nB1sZtq7eUQm3nD4aXPEQ0y9k3wW",
      name: "Lead E",
      valid: true,
      trusted: false,
      trustedComment: "EV-2026-0002 revision 1 checkpoint 4102:9c41d022",
    },
  ],
  recipients: [
    {
      name: "Coastal Assessment Office",
      key: "age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq",
      you: true,
    },
    { name: "Evaluation desk", key: "age1zqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqs9x7kd2", you: false },
  ],
  checkpoint: {
    size: 4102,
    root: "9c41d02277ae5a0f3e".padEnd(64, "b7"),
    vault: "9f3c0b7d51aa4e6c",
    signatureValid: true,
  },
  members: [
    { path: "report.html", bytes: 88_120, sha256: "11".repeat(32) },
    { path: "report.json", bytes: 41_007, sha256: "22".repeat(32) },
    { path: "tables/rates.csv", bytes: 1_904, sha256: "33".repeat(32) },
    { path: "figures/matrix.svg", bytes: 12_220, sha256: "44".repeat(32) },
    { path: "checkpoint.note", bytes: 402, sha256: "55".repeat(32) },
  ],
  warnings: [
    {
      code: "checkpoint-signer-unknown",
      words: "Its vault checkpoint is signed by a key that is not a signer's of this report.",
    },
  ],
  reportJson: JSON.stringify(frozen),
};
