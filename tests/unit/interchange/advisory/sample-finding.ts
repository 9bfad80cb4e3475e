import type {
  AdvisoryEngine,
  AdvisoryProduct,
  PublishableFinding,
  Publisher,
} from "../../../../electron/interchange/advisory.ts";

export const samplePublisher: Publisher = {
  name: "Example Evaluation Cell",
  namespace: "https://cell.example.org",
  category: "coordinator",
  contact: "findings@cell.example.org",
  issuingAuthority: "",
  cnaId: null,
};

export const sampleEngine: AdvisoryEngine = { name: "EvalVault", version: "0.1.0" };

export const sampleProduct: AdvisoryProduct = {
  vendor: "Example Software",
  product: "libpicture",
  component: "src/decode.c",
  status: "affected",
  versions: [{ kind: "range", scheme: "semver", introduced: "1.2.0", fixed: "1.4.3", lastAffected: null }],
  package: { ecosystem: "npm", name: "libpicture", purl: "pkg:npm/libpicture", repository: null },
};

/** A software vulnerability with something in every field. */
export const sampleFinding: PublishableFinding = {
  trackingId: "EVAL-2026-0001",
  kind: "software-vulnerability",
  title: "Out-of-bounds write in the picture decoder of libpicture",
  description: "A picture with a width of 0 makes the decoder write before the start of its buffer.",
  products: [sampleProduct],
  weaknesses: [
    { id: "CWE-787", name: "Out-of-bounds Write" },
    { id: "CWE-20", name: "Improper Input Validation" },
  ],
  scores: [
    { version: "3.1", vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", score: 9.8 },
    { version: "4.0", vector: "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", score: 9.3 },
  ],
  exploitMaturity: "proof-of-concept",
  validation: {
    state: "validated",
    summary: "Reproduced twice in a fresh container.",
    reproduction: "Open crash.pic.",
  },
  impact: "Code of the attacker's choice runs as the user who opens the picture.",
  detection: "Look for pictures whose header gives a width of 0.",
  remediations: [
    {
      category: "vendor-fix",
      details: "Update to 1.4.3.",
      url: "https://example.com/1.4.3",
      date: "2026-04-01T00:00:00Z",
    },
    { category: "workaround", details: "Open no pictures from strangers.", url: null, date: null },
  ],
  references: [{ url: "https://example.com/advisory?id=1", summary: "The vendor's words", kind: "advisory" }],
  credits: [
    { name: "Model M, version 3", organization: null, role: "tool" },
    { name: "A. Lead", organization: "Example Evaluation Cell", role: "reporter" },
  ],
  involvements: [
    { party: "vendor", status: "contact-attempted", date: "2026-03-02T09:00:00Z", summary: "Mail to security@" },
    { party: "vendor", status: "completed", date: "2026-03-09T09:00:00Z", summary: "Fix agreed on" },
  ],
  cve: "CVE-2026-12345",
  aliases: ["GHSA-abcd-efgh-ijkl"],
  discoveredAt: "2026-03-01T12:00:00Z",
  embargoUntil: "2026-05-01T00:00:00Z",
  tlp: "AMBER",
  marking: null,
  distribution: "For the vendor's security team.",
  status: "final",
  revisions: [
    { number: "1", date: "2026-03-02T10:00:00Z", summary: "First version" },
    { number: "2", date: "2026-04-02T10:00:00Z", summary: "The fix is out" },
  ],
};
