import { findingEdges, findingStates } from "../../../../electron/contract/finding-states.ts";
import type { CvssScore, Finding, FindingCard } from "../../../../electron/contract/findings.ts";
import type { Affected, FindingFields, Severity, SeverityScale } from "../../../../electron/contract/finding-fields.ts";
import type { ParsedInput, RequestOutput } from "../../../../electron/contract/index.ts";
import type { TableRow } from "../../../../electron/contract/tables.ts";
import { at, today } from "./clock.ts";

/** Findings of both kinds in every state, and as many as a long list has. */

const titles = [
  "Heap overflow in the header parser of the mail gateway",
  "Reads files outside the export folder",
  "Template of the report page is evaluated",
  "Session token survives the change of a password",
  "Integer wraps in the length of a chunk",
  "Deserialises what an administrator uploads",
  "Answers about the synthesis of a precursor when asked in verse",
  "Takes a tool's output for the developer's instruction",
  "Lowers its score when it knows that it is tested",
  "Writes a working exploit after three refusals in a row",
];
const products = ["Example Mail Gateway", "Orchard Export Service", "Fictional CMS", "Sable Auth"];
const severityOf: readonly (Severity | null)[] = ["critical", "high", "medium", "high", "low", null];
const scores = [9.3, 8.2, 5.1, 7.7, 2.3, null];

function cardAt(place: number): FindingCard {
  const kind = place % 10 >= 6 ? "model-weakness" : "software-vulnerability";
  const severity = severityOf[place % severityOf.length] ?? null;
  return {
    id: `finding-${String(place + 1)}`,
    code: `F-${String(place + 1).padStart(4, "0")}`,
    kind,
    title: titles[place % titles.length] ?? "",
    state: findingStates[(place * 7) % findingStates.length] ?? "recorded",
    severity,
    score: kind === "model-weakness" ? null : (scores[place % scores.length] ?? null),
    priority: place % 5 === 0 ? "urgent" : "normal",
    product: kind === "model-weakness" ? "Example Labs Meridian-2" : (products[place % products.length] ?? ""),
    embargoUntil: place % 4 === 0 ? at(30, 12, 0) : null,
    changedAt: at(-place % 60, 9, 0),
  };
}

/** The second is the one that is shown whole. */
export const cards: readonly FindingCard[] = [
  { ...cardAt(0), state: "triaged" },
  { ...cardAt(1), state: "acknowledged", severity: "critical", score: 9.3, title: titles[0] ?? "" },
  ...Array.from({ length: 22 }, (_, place) => cardAt(place + 2)),
];
const many: readonly FindingCard[] = [...cards, ...Array.from({ length: 9_976 }, (_, place) => cardAt(place + 24))];

function rowOf(card: FindingCard): TableRow {
  const { id, code, kind, title, state, severity, score, product, embargoUntil, changedAt } = card;
  const [vendor = "", ...rest] = product.split(" ");
  return {
    id,
    group: null,
    cells: {
      ...{ code, title, kind, state, severity, score, vendor, product: rest.join(" ") },
      ...{ embargo: embargoUntil, changed: changedAt },
    },
  };
}

/** Rows under a view, as far as the preview's scenes go: filters, the group by kind, the words. */
export function page({ view, offset, limit }: ParsedInput<"tables.page">): RequestOutput<"tables.page"> {
  const left = many
    .map(rowOf)
    .filter(({ cells }) =>
      view.filters.every((filter) => filter.test !== "any-of" || filter.values.includes(String(cells[filter.column]))),
    );
  const found = left.filter(({ cells }) => JSON.stringify(cells).includes(view.words));
  if (view.group === null) return { total: found.length, groups: [], rows: found.slice(offset, offset + limit) };
  const kindOf = ({ cells }: TableRow): string => String(cells["kind"]);
  const ordered = found.toSorted((a, b) => (kindOf(a) < kindOf(b) ? -1 : kindOf(a) > kindOf(b) ? 1 : 0));
  const groups = [...new Set(ordered.map(kindOf))].map((value) => ({
    value,
    words: value === "model-weakness" ? "Model weakness" : "Software vulnerability",
    count: ordered.filter((row) => kindOf(row) === value).length,
  }));
  const rows = ordered.slice(offset, offset + limit).map((row) => ({ ...row, group: kindOf(row) }));
  return { total: ordered.length, groups, rows };
}

export function board({ kind, limit }: ParsedInput<"findings.board">): RequestOutput<"findings.board"> {
  return findingStates.map((state) => {
    const found = cards.filter((card) => card.state === state && (kind === undefined || card.kind === kind));
    return { state, count: found.length, cards: found.slice(0, limit) };
  });
}

const vector = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";
const affected: readonly Affected[] = [
  {
    ...{ vendor: "Example", product: "Mail Gateway", component: "lib/header.c" },
    ...{ ecosystem: "npm", package: "mail-gateway" },
    ranges: [{ introduced: "1.2.0", fixed: "2.0.1", lastAffected: null }],
    versions: ["3.0.0-beta.1"],
  },
];

const fields: FindingFields = {
  title: titles[0] ?? "",
  summary:
    "A header line longer than **4,096** bytes is copied behind its buffer by `parse_header()`. The length is taken from the message.\n\nReached without an account, by one message.",
  marking: { level: "secret", suffix: "NOFORN" },
  affected: [...affected],
  sink: "parse_header()",
  cwes: ["CWE-122", "CWE-787"],
  severity: { scheme: "cvss", v4: vector, v3: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" },
  exploitMaturity: "proof-of-concept",
  priority: "urgent",
  impact: "Runs code as the gateway's user.",
  mitigation: "Drop messages with header lines longer than 2,000 bytes before the gateway.",
  detection: "",
  remediation: { state: "in-progress", note: "The vendor named 2.0.1 for it" },
  distribution: { state: "not-started", note: "" },
  embargoUntil: at(30, 12, 0),
  credits: [{ name: "Northgate evaluation cell", role: "finder" }],
  references: [{ url: "https://example.org/gateway/security", title: "The vendor's page", kind: "web" }],
  aliases: ["CVE-2026-12345"],
};

const clearinghouse = { channel: "clearinghouse" as const, name: "Clearinghouse intake", recipientId: "clearing" };
const vendor = { channel: "vendor" as const, name: "Example", recipientId: null };

const whole: Omit<Finding, keyof FindingCard | "next" | "fields"> = {
  compartment: 2,
  source: {
    modelVersion: {
      id: "meridian-0914-r",
      words: "Meridian-2 (checkpoint 0914, safeguards reduced)",
      developer: "Example Labs",
    },
    run: { id: "run-7", code: "R-0007" },
    attempt: { task: "urgent", epoch: 2 },
  },
  recordedAt: at(-20, 10, 5),
  recordedBy: "Tomas Reyes",
  severityWords: "9.3 critical (CVSS v4.0), 9.8 critical (CVSS v3.1)",
  scores: { v4: 9.3, v3: 9.8 },
  cwes: [
    { id: "CWE-122", name: "Heap-based Buffer Overflow" },
    { id: "CWE-787", name: "Out-of-bounds Write" },
  ],
  validation: "reproduced",
  validations: [
    {
      ...{ id: "v-1", result: "unvalidated", at: at(-19, 9, 0), byName: "Tomas Reyes", secondLook: false },
      ...{ steps: "The test bed did not start.", environment: "", evidence: [] },
    },
    {
      ...{ id: "v-2", result: "reproduced", at: at(-17, 15, 40), byName: "Ingrid Sorel", secondLook: true },
      steps:
        "1. Start the gateway with its own settings.\n2. Send the message of the attempt.\n3. It ends with a write behind the buffer.",
      environment: "Gateway 2.0.0 in the enclave's test bed",
      evidence: [
        {
          id: "evidence-1",
          name: "crash.txt",
          bytes: 18_200,
          sha256: "9c41".padEnd(64, "0"),
          addedAt: at(-17, 15, 40),
        },
      ],
    },
  ],
  keys: ["5b0c2ee19a7d4c3f8e6a1b9d0f2c4e68a1b3c5d7e9f00112233445566778899a"],
  duplicateOf: null,
  duplicates: cards.slice(2, 3),
  possibleDuplicates: cards.slice(3, 4),
  routes: [
    { ...clearinghouse, at: at(-14, 9, 0), byName: "Ingrid Sorel" },
    { ...vendor, at: at(-14, 9, 0), byName: "Ingrid Sorel" },
  ],
  timeline: [
    {
      ...{ id: "n-1", party: clearinghouse, at: at(-14, 11, 0), byName: "Ingrid Sorel", note: "Sealed report" },
      answerDueAt: at(-7, 23, 0),
      answer: { at: at(-9, 10, 0), byName: "Ingrid Sorel", words: "Taken in; the vendor is asked for a date." },
    },
    {
      ...{ id: "n-2", party: vendor, at: at(-13, 9, 30), byName: "Ingrid Sorel", note: "By courier" },
      ...{ answerDueAt: at(-3, 23, 0), answer: null },
    },
  ],
  history: [
    { id: "h-1", at: at(-20, 10, 5), byName: "Tomas Reyes", words: "recorded", without: null },
    { id: "h-2", at: at(-20, 11, 0), byName: "Ingrid Sorel", words: "triaged", without: null },
    { id: "h-3", at: at(-17, 15, 40), byName: "Ingrid Sorel", words: "reproduced", without: null },
    {
      ...{ id: "h-4", at: at(-16, 9, 0), byName: "Mara Lindqvist", words: "closed: a duplicate" },
      without: "it was taken back",
    },
    {
      id: "h-5",
      at: at(-14, 9, 0),
      byName: "Ingrid Sorel",
      words: "routed to Clearinghouse intake, Example",
      without: null,
    },
    { id: "h-6", at: at(-9, 10, 0), byName: "Ingrid Sorel", words: "acknowledged", without: null },
  ],
  undo: null,
  mayEdit: true,
  mayTell: true,
};

const untouched: typeof whole = {
  ...whole,
  ...{ validation: "unvalidated", validations: [], routes: [], timeline: [], duplicates: [], mayTell: false },
  history: whole.history.slice(0, 2),
  undo: { id: "h-2", words: "triaged" },
};

const weakness: Pick<FindingFields, "affected" | "sink" | "cwes" | "severity"> = {
  affected: [{ ...newAffected("Example Labs", "Meridian-2") }],
  sink: "verse",
  cwes: [],
  severity: {
    ...{ scheme: "scale", scale: "safeguard-weakness", level: "serious" },
    dimensions: { uplift: "medium", reach: "high" },
  },
};

function newAffected(vendorName: string, product: string): Affected {
  return { vendor: vendorName, product, component: "", ecosystem: "", package: "", ranges: [], versions: [] };
}

/** The finding of that id: what nobody did anything to yet has little to say. */
export function finding(id: string): Finding | undefined {
  const card = many.find((one) => one.id === id);
  if (card === undefined) return undefined;
  const isOut = ["routed", "acknowledged", "remediated", "distributed", "closed"].includes(card.state);
  const next = findingEdges
    .filter(({ from }) => from === card.state)
    .map(({ to, by, needsReason }) => ({ to, by, needsReason, mayDo: true }));
  const isWeakness = card.kind === "model-weakness";
  const routes = isWeakness
    ? [
        {
          channel: "developer" as const,
          name: "Example Labs",
          recipientId: "labs",
          at: at(-4, 9, 0),
          byName: "Ingrid Sorel",
        },
      ]
    : whole.routes;
  return {
    ...card,
    ...(isOut ? whole : untouched),
    ...(isOut && isWeakness ? { routes, timeline: [] } : {}),
    ...(isWeakness ? { cwes: [], severityWords: "Serious: to be mended before release (Safeguard weakness)" } : {}),
    fields: { ...fields, ...(isWeakness ? weakness : {}), title: card.title },
    severity: isWeakness ? "high" : card.severity,
    next,
  };
}

const given = [
  ["AV", "Attack Vector", "N", "Network", "Reached from anywhere on the network."],
  ["AC", "Attack Complexity", "L", "Low", "Nothing stands in the way that has to be got around."],
  ["AT", "Attack Requirements", "N", "None", "It does not depend on how the system is set up."],
  ["PR", "Privileges Required", "N", "None", "No account is needed."],
  ["UI", "User Interaction", "N", "None", "Nobody has to do anything."],
  ["VC", "Confidentiality, vulnerable system", "H", "High", "All of it is disclosed."],
  ["VI", "Integrity, vulnerable system", "H", "High", "All of it can be changed."],
  ["VA", "Availability, vulnerable system", "H", "High", "It can be stopped altogether."],
] as const;

export function score(text: string): CvssScore {
  const isFour = text.startsWith("CVSS:4.0");
  if (!isFour && !text.startsWith("CVSS:3.1")) {
    const none = { version: null, vector: null, score: null, severity: null, nomenclature: null, metrics: [] };
    return { problem: "It begins with neither CVSS:4.0 nor CVSS:3.1.", ...none };
  }
  return {
    ...{ problem: null, version: isFour ? "4.0" : "3.1", vector: text },
    ...{ score: isFour ? 9.3 : 9.8, severity: "critical", nomenclature: isFour ? "CVSS-B" : null },
    metrics: given.map(([id, name, value, words, explanation]) => ({
      ...{ id, name, group: "Base", value, words, explanation },
    })),
  };
}

/** The base metrics, each with the value of the sample's vector and one other. */
export const metrics: RequestOutput<"findings.cvssMetrics"> = given.map(([id, name, value, words, explanation]) => ({
  ...{ id, name, group: "Base", explanation, isBase: true },
  values: [
    { value, words, explanation },
    { value: "X", words: "Another value", explanation: "Something else." },
  ],
}));

const levels = ["low", "medium", "high"].map((id) => ({
  id,
  words: id.replace(/^./, (letter) => letter.toUpperCase()),
}));
export const scales: SeverityScale[] = [
  {
    id: "safeguard-weakness",
    name: "Safeguard weakness",
    levels: [
      { id: "notable", words: "Notable: to be mended in the ordinary course", severity: "medium" },
      { id: "serious", words: "Serious: to be mended before release", severity: "high" },
    ],
    dimensions: [
      { id: "uplift", words: "What it adds to what somebody could do without the model", levels },
      { id: "reach", words: "How many could make use of it", levels },
    ],
  },
];

const names: readonly (readonly [id: string, name: string])[] = [
  ["CWE-787", "Out-of-bounds Write"],
  ["CWE-122", "Heap-based Buffer Overflow"],
  ["CWE-79", "Improper Neutralization of Input During Web Page Generation ('Cross-site Scripting')"],
  ["CWE-22", "Improper Limitation of a Pathname to a Restricted Directory ('Path Traversal')"],
];

export function weaknesses({ words }: ParsedInput<"findings.cwe">): RequestOutput<"findings.cwe"> {
  const found = names.filter(([id, name]) => `${id} ${name}`.toLowerCase().includes(words.toLowerCase()));
  return { version: "4.17", weaknesses: found.map(([id, name]) => ({ id, name })) };
}

export const publisher: RequestOutput<"findings.publisher"> = {
  ...{ name: "", namespace: "", category: "coordinator" },
  ...{ contact: "", issuingAuthority: "", cnaId: null },
};

/** An export that lacks what most first ones lack. */
export function exported({ format, findingIds }: ParsedInput<"findings.export">): RequestOutput<"findings.export"> {
  const found = cards.filter(({ id }) => findingIds.includes(id));
  if (format === "csv") {
    const written = found.map((one) => ({ finding: one, lacks: [], leftOut: [] }));
    return { fileName: "findings.csv", bytes: 4_096, suggestedName: "findings.csv", findings: written };
  }
  const lacks = [
    { field: "publisher.name", needs: "who answers for the advisory", test: null },
    { field: "publisher.namespace", needs: "a web address that the publisher owns", test: "schema" },
  ];
  const rows = found.map((one) => ({ finding: one, lacks, leftOut: [] }));
  return { fileName: null, bytes: 0, suggestedName: null, findings: rows };
}

export const advisory: RequestOutput<"findings.importAdvisory"> = {
  ...{ kind: "advisory", format: "CSAF 2.0", id: "EXAMPLE-2026-0041", vulnerabilities: 12, passedOver: [] },
  matches: [
    {
      ...{ title: "Header parser writes out of bounds", vendor: "Example", product: "Mail Gateway" },
      ...{ cve: "CVE-2026-12345", aliases: [], versions: ["before 2.0.1"] },
      findings: cards.slice(1, 3).map((card, place) => ({ finding: card, why: place === 0 ? "name" : "product" })),
    },
  ],
};

export const due: RequestOutput<"findings.due"> = cards
  .filter(({ embargoUntil }) => embargoUntil !== null)
  .map((card) => ({
    ...{ finding: card, what: "embargo", at: card.embargoUntil ?? today },
    ...{ overdue: false, party: null },
  }));
