import type { NewDeadline } from "./deadlines.ts";
import type { DeterminationKind } from "./determinations.ts";
import type { SubmissionTerms, WindowRule } from "./submissions.ts";

/**
 * What a process starts from: data that a lead writes over. The process is not settled; where sources differ both stand
 * here under their own names.
 */

interface DeadlinePreset {
  readonly id: string;
  readonly title: string;
  /** Where it is from, and what of it is doubtful. */
  readonly note: string;
  readonly deadlines: readonly NewDeadline[];
}

const signed = { trigger: "Order signed", triggerOn: "2026-06-02" };

export const deadlinePresets: readonly DeadlinePreset[] = [
  {
    id: "eo-14409",
    title: "EO 14409 as signed",
    note: "Days after signing on 2 June 2026. Whether they were met was not announced anywhere found by 10 October 2026.",
    deadlines: [
      { title: "Cybersecurity clearinghouse formed", basis: "EO 14409 §2(d)", ...signed, days: 30, owner: "Treasury" },
      {
        title: "National security systems: defence prioritised",
        basis: "EO 14409 §2",
        ...signed,
        days: 30,
        owner: "Secretary of War, CNSS",
      },
      {
        title: "Directives to strengthen government networks",
        basis: "EO 14409 §2",
        ...signed,
        days: 30,
        owner: "CISA with OMB and NCD",
      },
      { title: "Grant funding checked", basis: "EO 14409 §2", ...signed, days: 30, owner: "OMB" },
      {
        title: "Classified benchmarking process",
        basis: "EO 14409 §3(a)",
        ...signed,
        days: 60,
        owner: "Treasury, NSA, CISA",
      },
      {
        title: "Voluntary framework",
        basis: "EO 14409 §3(b)",
        ...signed,
        days: 60,
        owner: "Treasury, NSA, CISA",
      },
      { title: "Hiring pathways", basis: "EO 14409 §2", ...signed, days: 60, owner: "OPM" },
    ],
  },
  {
    id: "press",
    title: "Press summary",
    note: "What news reports of the order name, with their days.",
    deadlines: [
      { title: "Clearinghouse formed", basis: "News reports", ...signed, days: 30, owner: "Treasury" },
      { title: "Military networks secured", basis: "News reports", ...signed, days: 30, owner: "Pentagon" },
      {
        title: "Federal networks: directives issued",
        basis: "News reports",
        ...signed,
        days: 30,
        owner: "Federal agencies",
      },
    ],
  },
];

interface WindowPreset {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly basis: string;
  readonly window: WindowRule;
}

export const windowPresets: readonly WindowPreset[] = [
  {
    id: "signed",
    title: "30 days, as signed",
    note: "Up to 30 days before the planned release to other trusted partners. The text states no rule for counting days.",
    basis: "EO 14409 §3(b)(ii)",
    window: { days: 30, dayCount: "elapsed", zone: "America/New_York" },
  },
  {
    id: "draft",
    title: "90 days, May 2026 draft",
    note: "Of a draft that was never in force: for comparing only.",
    basis: "May 2026 draft, never in force",
    window: { days: 90, dayCount: "elapsed", zone: "America/New_York" },
  },
];

export const emptyTerms: SubmissionTerms = {
  window: { days: 30, dayCount: "elapsed", zone: "America/New_York" },
  basis: "EO 14409 §3(b)(ii)",
  permittedUses: "",
  agreement: "",
  handling: "",
  waiver: "",
  retainUntil: null,
  resultsAfterWithdrawal: false,
};

interface LayerPreset {
  readonly layers: readonly { readonly name: string; readonly reviewer: string }[];
  /** Who is usually consulted. */
  readonly consult: readonly string[];
  /** Who decides. */
  readonly official: string;
}

/** Reports speak of several layers and name none of them: these names are a beginning. */
export const layerPresets: Readonly<Record<DeterminationKind, LayerPreset>> = {
  coverage: {
    layers: [
      { name: "Benchmarking cell", reviewer: "" },
      { name: "Technical review", reviewer: "" },
      { name: "Policy and legal review", reviewer: "" },
    ],
    consult: ["National Cyber Director", "CISA", "Office of the Secretary of War"],
    official: "Director, NSA",
  },
  assessment: {
    layers: [
      { name: "Benchmarking cell", reviewer: "" },
      { name: "Independent technical review", reviewer: "" },
      { name: "Release review", reviewer: "" },
    ],
    consult: ["CISA", "NIST / CAISI"],
    official: "",
  },
};
