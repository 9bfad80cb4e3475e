import type { reportTemplateIds } from "./reporting.ts";

/** What a report starts from: data, not code. A lead writes over all of it. */
export interface ReportTemplateSection {
  readonly id: string;
  readonly heading: string;
  /** What belongs here; shown beside the editor, never printed. */
  readonly guidance: string;
  /** The text that the section starts with. A line `[[figure:ID]]` or `[[table:ID]]` places a block. */
  readonly markdown: string;
  /** Follows the text where the scope has two model versions to compare on some benchmark. */
  readonly compared?: string;
}

export interface ReportTemplate {
  readonly title: string;
  /** What it is for and who reads it, in one sentence. */
  readonly purpose: string;
  readonly sections: readonly ReportTemplateSection[];
}

/** Stands on every report, unchanged. */
export const advisoryNotice =
  "EvalVault advises; it licenses nothing. This report says what was assessed and observed, under the conditions that " +
  "it states. No approval is given or withheld by it. Nothing in it creates a licensing, preclearance or permitting " +
  "requirement for the development, publication, release or distribution of a model.";

const purposeSection: ReportTemplateSection = {
  id: "purpose",
  heading: "Purpose and question",
  guidance:
    "The question that this evaluation was to answer, for whom, and the capability and threat that it stands for. What " +
    "result would have ruled the capability in or out, and whether that was written down before the first result. " +
    "Thresholds belong in an annex with a marking of its own.",
  markdown: "",
};

const protocolSection: ReportTemplateSection = {
  id: "protocol",
  heading: "Protocol and elicitation",
  guidance:
    "Scaffold and version, tools, network policy, token, step, time and cost limits, temperature, reasoning effort, " +
    "epochs, seeds, stop rules. Prompts and prompt variant, fine-tuning or none, human help, attempts allowed within " +
    "one run. Whether the plan was registered before the first result, and every deviation from it: the table lists what " +
    "the records show, the text says why.",
  markdown: "[[table:deviations]]",
};

const environmentSection: ReportTemplateSection = {
  id: "environment",
  heading: "Environment",
  guidance: "Hosts, container or image digests, what showed that it was offline, where the clock came from, operators.",
  markdown: "",
};

const ledgerSection: ReportTemplateSection = {
  id: "ledger",
  heading: "Every planned attempt",
  guidance:
    "Planned, made, invalid and left out, with the reasons. Say what happened to attempts that ended in a fault, a limit " +
    "or a refusal, and which denominator the headline uses.",
  markdown: "[[figure:ledger]]\n\n[[table:ledger]]",
};

const resultsSection: ReportTemplateSection = {
  id: "results",
  heading: "Results",
  guidance:
    "Counts first, then rates with their intervals and the unit of resampling. Where the denominators differ say which " +
    "one the headline uses, and why. Say how many comparisons were made. Do not mix pass@k with best-of or union numbers.",
  markdown: "[[figure:rates]]\n\n[[table:results]]\n\n[[table:denominators]]\n\n[[figure:matrix]]",
  compared: "[[figure:pairs]]\n\n[[table:pairs]]",
};

const qualitySection: ReportTemplateSection = {
  id: "quality",
  heading: "Quality checks",
  guidance:
    "How many transcripts were reviewed and by whom, cheating found (solution contamination, grader gaming), refusals, " +
    "signs of evaluation awareness, environment faults, corrected scores. Whether the logs' own metrics were recomputed " +
    "and what came of it.",
  markdown: "[[table:metrics]]",
};

const baselinesSection: ReportTemplateSection = {
  id: "baselines",
  heading: "Baselines",
  guidance:
    "Human, previous model, comparison class with its definition; or why there is none. Name the source of each human " +
    "time: first solve, expert completion, estimate, censored.",
  markdown: "",
};

const claimsSection: ReportTemplateSection = {
  id: "claims",
  heading: "What follows, and how surely",
  guidance:
    "Keep apart: observation (what was measured), inference (what it says about the model), prediction (what may follow). " +
    "Tag each, give the confidence, and name disagreement. No verdict on release.",
  markdown: "",
};

const findingsSection: ReportTemplateSection = {
  id: "findings",
  heading: "Findings",
  guidance:
    "Software vulnerabilities go to the clearinghouse, weaknesses of the model to its developer: never in one channel. " +
    "Counts here, details in an annex.",
  markdown: "",
};

const limitsSection: ReportTemplateSection = {
  id: "limits",
  heading: "Limits",
  guidance:
    "What was not tested and why; how the setting differs from deployment (defenders, tooling, safeguards); what more " +
    "budget or elicitation might change; known defects of the benchmarks; contamination.",
  markdown: "",
};

export const reportTemplates: Readonly<Record<(typeof reportTemplateIds)[number], ReportTemplate>> = {
  evaluation: {
    title: "Evaluation report",
    purpose: "The whole account of an evaluation, for those who will rely on it or check it.",
    sections: [
      {
        id: "summary",
        heading: "Summary",
        guidance:
          "Half a page for a reader who reads nothing else: what was assessed, under which safeguards, the headline rates " +
          "with n and interval, the largest doubt. Use: assessed, observed, advised.",
        markdown: "",
      },
      purposeSection,
      protocolSection,
      environmentSection,
      ledgerSection,
      resultsSection,
      qualitySection,
      baselinesSection,
      claimsSection,
      findingsSection,
      limitsSection,
      {
        id: "runs",
        heading: "Runs and tasks",
        guidance: "Leave the tables; add what a reader needs to find the evidence again.",
        markdown: "[[table:runs]]\n\n[[table:tasks]]",
      },
    ],
  },
  "capability-brief": {
    title: "Capability brief",
    purpose: "One or two pages for an official: what was observed, how surely, and what it does not say.",
    sections: [
      {
        id: "observed",
        heading: "What was observed",
        guidance:
          "Three to five sentences with the headline rates. Counts before percentages. Name the safeguard variant.",
        markdown: "[[figure:rates]]\n\n[[table:results]]",
        compared: "[[figure:pairs]]",
      },
      claimsSection,
      baselinesSection,
      limitsSection,
      {
        id: "basis",
        heading: "Basis",
        guidance: "Which runs this rests on, and where the full evaluation report is.",
        markdown: "[[table:ledger]]\n\n[[table:runs]]",
      },
    ],
  },
  "vulnerability-notice": {
    title: "Vulnerability notice",
    purpose: "Tells the clearinghouse or a vendor of a vulnerability that a model found during an evaluation.",
    sections: [
      {
        id: "vulnerability",
        heading: "Vulnerability",
        guidance:
          "Product, vendor, affected versions, component, weakness (CWE), severity vector with its version, exploit " +
          "maturity, whether it is public or exploited. One vulnerability a notice.",
        markdown: "",
      },
      {
        id: "discovery",
        heading: "How it was found",
        guidance:
          "Model version and safeguard variant, run, task and attempt, tools and network that it had. Leave out what the " +
          "recipient does not need: thresholds, other results, names of partners.",
        markdown: "[[table:runs]]",
      },
      {
        id: "validation",
        heading: "Validation and reproduction",
        guidance:
          "Validated by a person: yes or no, by whom, when. Steps to reproduce, environment, expected and observed result. " +
          "Deconfliction key and known duplicates.",
        markdown: "",
      },
      {
        id: "impact",
        heading: "Impact and mitigation",
        guidance: "What someone could do with it, what to change, what can be done until then, ideas for detection.",
        markdown: "",
      },
      {
        id: "disclosure",
        heading: "Disclosure",
        guidance: "Embargo until, who was told when, who answered, credits, what the sender asks for and by when.",
        markdown: "",
      },
      limitsSection,
    ],
  },
};
