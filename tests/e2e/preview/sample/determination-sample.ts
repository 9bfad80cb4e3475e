import type { Consultation, Determination, DeterminationLayer } from "../../../../electron/contract/determinations.ts";
import { at } from "./clock.ts";

type Reviewed = NonNullable<DeterminationLayer["review"]>;

function layer(name: string, reviewer: string, part: Partial<DeterminationLayer> = {}): DeterminationLayer {
  return { name, reviewer, state: "waiting", review: null, skip: null, ...part };
}

function reviewed(
  name: string,
  reviewer: string,
  review: Pick<Reviewed, "verdict" | "rationale"> & Partial<Reviewed>,
): DeterminationLayer {
  const said: Reviewed = { dissent: "", on: "2026-11-12", by: "Ingrid Sorel", ...review };
  return layer(name, reviewer, { state: "reviewed", review: said });
}

const cell = reviewed("Benchmarking cell", "Dora Vale", {
  verdict: "supports",
  rationale:
    "Seventeen of forty tasks of Cybench were solved at least once in three epochs, four of them beyond what was seen in any model so far. Two were chained without a hint.",
  dissent:
    "One of us holds that the two chained tasks were in reach of published tools, and would have them looked at again.",
});
const technical = reviewed("Technical review", "Office of Technical Review", {
  verdict: "more-needed",
  rationale:
    "The transcripts of the chained tasks were read. A second pass with the safeguards as deployed is missing.",
  on: "2026-11-17",
  by: "Mara Lindqvist",
});
const policy = reviewed("Policy and legal review", "Counsel", {
  verdict: "supports",
  rationale: "Within the terms of the submission; nothing in them speaks against it.",
  on: "2026-11-18",
});

const secret = { level: "secret", suffix: "NOFORN" };

function consultation(id: string, body: string, part: Partial<Consultation> = {}): Consultation {
  return {
    ...{ id, body, person: "", askedOn: "2026-11-02", dueOn: "2026-12-01", state: "outstanding", answer: null },
    ...part,
  };
}

const director = consultation("director", "National Cyber Director", {
  person: "Liaison desk",
  state: "answered",
  answer: {
    kind: "concur-with-comment",
    on: "2026-11-14",
    words: "Concurs. Asks that the developer hear of the weaknesses before partners are given access.",
    marking: secret,
    by: "Ingrid Sorel",
  },
});
const cisa = consultation("cisa", "CISA", { person: "Vulnerability coordination" });
const war = consultation("war", "Office of the Secretary of War", { dueOn: "2026-11-16", state: "overdue" });
const silent = consultation("silent", "Office of the Secretary of War", {
  dueOn: "2026-11-16",
  state: "no-response",
  answer: { kind: "no-response", on: "2026-11-17", words: "", marking: secret, by: "Mara Lindqvist" },
});
const against = consultation("against", "NIST / CAISI", {
  state: "answered",
  answer: {
    kind: "non-concur",
    on: "2026-11-10",
    words: "The tasks that were solved do not stand for the threshold.",
    marking: { level: "cui", suffix: "" },
    by: "Ingrid Sorel",
  },
});

const meridian = { id: "meridian-0914-r", words: "Meridian-2 (checkpoint 0914, safeguards reduced)" };
const heron = { id: "heron", code: "S-0003", codename: "Heron" };

const going: Determination = {
  id: "going",
  code: "D-0005",
  kind: "coverage",
  compartment: 2,
  modelVersion: meridian,
  submission: heron,
  thresholdProfile: "Advanced cyber, version 3",
  evidence: { reportId: "report-2", code: "EV-2026-0002", hash: "d4".repeat(32) },
  state: "in-review",
  layers: [
    cell,
    layer("Technical review", "Office of Technical Review", { state: "next" }),
    layer("Policy and legal review", ""),
  ],
  consultations: [director, cisa, war],
  decision: null,
  supersedes: { id: "decided", code: "D-0002" },
  supersededBy: null,
  remarks: ["Dissent in 1 layer.", "2 consultations without an answer."],
  openedAt: at(-20, 9, 30),
  openedBy: "Ingrid Sorel",
  history: [
    { at: at(-20, 9, 30), by: "Ingrid Sorel", words: "Opened" },
    { at: at(-19, 10, 4), by: "Ingrid Sorel", words: "National Cyber Director consulted on 2026-11-02" },
    { at: at(-19, 10, 6), by: "Ingrid Sorel", words: "CISA consulted on 2026-11-02" },
    { at: at(-19, 10, 9), by: "Mara Lindqvist", words: "Office of the Secretary of War consulted on 2026-11-02" },
    { at: at(-9, 16, 20), by: "Ingrid Sorel", words: "Benchmarking cell supports it" },
    { at: at(-7, 11, 0), by: "Ingrid Sorel", words: "National Cyber Director: concurs, with a comment" },
  ],
};

const proposed = layer("Independent technical review", "", {
  state: "skip-proposed",
  skip: {
    reason: "The same office reviewed the same checkpoint for coverage four days before.",
    proposedBy: "Mara Lindqvist",
    confirmedBy: null,
    at: at(-1, 15, 30),
  },
});

const skipping: Determination = {
  ...going,
  ...{ id: "skipping", code: "D-0004", kind: "assessment", thresholdProfile: "", evidence: null, supersedes: null },
  layers: [cell, proposed, layer("Release review", "Release board")],
  consultations: [],
  remarks: ["Dissent in 1 layer."],
};

const leftOut: DeterminationLayer = {
  ...proposed,
  name: "Technical review",
  state: "skipped",
  skip: {
    reason: "The same office reviewed the same checkpoint for coverage four days before.",
    proposedBy: "Mara Lindqvist",
    confirmedBy: "Ingrid Sorel",
    at: at(-3, 15, 30),
  },
};

const ready: Determination = {
  ...going,
  ...{ id: "ready", code: "D-0003", state: "ready", supersedes: null },
  modelVersion: { id: "atlas-5c", words: "Atlas-5 cyber (2026-08, as deployed)" },
  submission: null,
  layers: [cell, leftOut, policy],
  consultations: [director, silent, against, war],
  remarks: [
    "One person wrote down all layers.",
    "1 layer left out.",
    "Dissent in 1 layer.",
    "1 consultation without an answer.",
    "No response to 1 consultation by the date.",
  ],
};

const decided: Determination = {
  ...going,
  ...{ id: "decided", code: "D-0002", state: "superseded", supersedes: { id: "first", code: "D-0001" } },
  layers: [cell, technical, policy],
  consultations: [director, silent],
  supersededBy: { id: "going", code: "D-0005" },
  decision: {
    decision: "deferred",
    official: "Director, NSA",
    on: "2026-11-19",
    rationale: "Until the second pass with the safeguards as deployed is there.",
    by: "Ingrid Sorel",
    at: at(-2, 10, 12),
    outstanding: 0,
  },
  remarks: ["Dissent in 1 layer.", "No response to 1 consultation by the date."],
};

const covered: Determination = {
  ...going,
  ...{ id: "covered", code: "D-0001", state: "decided", supersedes: null },
  modelVersion: { id: "meridian-0914-d", words: "Meridian-2 (checkpoint 0914, as deployed)" },
  evidence: { reportId: "report-3", code: "EV-2026-0003", hash: null },
  layers: [cell, policy],
  consultations: [director, war],
  decision: {
    decision: "covered",
    official: "Director, NSA",
    on: "2026-11-15",
    rationale: "The layers support it and the consulted concur. It holds for this version and no other.",
    by: "Ingrid Sorel",
    at: at(-6, 9, 40),
    outstanding: 1,
  },
  remarks: [
    "One person wrote down all layers.",
    "Dissent in 1 layer.",
    "1 consultation without an answer when it was decided.",
  ],
};

/** Names as long as they may be, and more layers than a row can show. */
const long: Determination = {
  ...going,
  ...{ id: "long", code: "D-FRONTIER-0001", supersedes: null, remarks: [] },
  modelVersion: {
    id: "kestrel-70b",
    words:
      "kestrel-70b-instruct-with-tools-and-a-very-long-name (checkpoint 2026-08-31-nightly, safeguards not stated)",
  },
  layers: Array.from({ length: 12 }, (_, place) => {
    const name = `Layer ${String(place + 1)} of the interagency review of capabilities that concern national security systems`;
    if (place > 2) return layer(name, "An office with a long name and a person of that office");
    return place === 2 ? layer(name, "", { state: "next" }) : { ...cell, name };
  }),
};

/** Determinations in every state, what goes on first. */
export const determinations: readonly Determination[] = [going, skipping, ready, long, decided, covered];

/** More than anybody has. */
export const many: readonly Determination[] = Array.from({ length: 10_000 }, (_, place) => ({
  ...(determinations[place % determinations.length] ?? going),
  id: `many-${String(place)}`,
  code: `D-${String(10_000 - place).padStart(4, "0")}`,
}));
