import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  affectedSchema,
  findingChangeSchema,
  findingSeveritySchema,
} from "../../../electron/contract/finding-fields.ts";
import { findingRequests } from "../../../electron/contract/findings.ts";
import {
  keptProduct,
  newProduct,
  rangeFault,
  typedProduct,
  versionWords,
} from "../../../renderer/screens/finding/affected-draft.ts";
import { changeOf, fieldsDraft } from "../../../renderer/screens/finding/edit-draft.ts";
import { severityDraft, severityOf } from "../../../renderer/screens/finding/severity-draft.ts";
import { recordFaults, recordInput, recordOf, versionsOf } from "../../../renderer/screens/findings/record-draft.ts";

const input = findingRequests["findings.record"].input;

describe("a finding that is recorded", () => {
  const seen = recordOf({ run: "run-7", task: "urgent", epoch: "2" });

  it("keeps the attempt in which it was seen", () => {
    const asked = recordInput({ ...seen, kind: "model-weakness", title: " Says how " });
    expect(input.parse(asked)).toMatchObject({
      source: { modelVersionId: null, runId: "run-7", attempt: { task: "urgent", epoch: 2 } },
      fields: { title: "Says how" },
    });
  });

  it("is not asked for without a kind, a title, or whose weakness it is", () => {
    expect(recordInput({ ...seen, title: "Says how" })).toBeNull();
    expect(recordInput({ ...seen, kind: "model-weakness", title: " " })).toBeNull();
    const away = { ...recordOf({}), kind: "model-weakness" as const, title: "Says how" };
    expect(Object.keys(recordFaults(away))).toEqual(["modelVersionId"]);
    expect(recordInput({ ...away, kind: "software-vulnerability" })).not.toBeNull();
  });

  it("names a product of software only: of a weakness the model is the product", () => {
    const draft = { ...seen, title: "Says how", vendor: "Example", product: "Gateway", versions: "2.0, 2.0; 2.1" };
    const software = recordInput({ ...draft, kind: "software-vulnerability" });
    expect(software?.fields.affected).toEqual([
      expect.objectContaining({ product: "Gateway", versions: ["2.0", "2.1"] }),
    ]);
    expect(recordInput({ ...draft, kind: "model-weakness" })?.fields).not.toHaveProperty("affected");
  });
});

describe("affected products", () => {
  const name = fc.stringMatching(/^[A-Za-z0-9.][A-Za-z0-9. ]{0,20}[A-Za-z0-9.]$/);
  const version = fc.stringMatching(/^[0-9a-z.+-]{1,12}$/);
  const end = fc.oneof(
    fc.record({ fixed: version, lastAffected: fc.constant(null) }),
    fc.record({ fixed: fc.constant(null), lastAffected: fc.option(version, { nil: null }) }),
  );
  const range = fc.tuple(version, end).map(([introduced, rest]) => ({ introduced, ...rest }));
  const product = fc.record({
    ...{ vendor: name, product: name, component: name, ecosystem: name, package: name },
    ranges: fc.array(range, { maxLength: 4 }),
    versions: fc.uniqueArray(version, { maxLength: 4 }),
  });

  it("are the same after they were typed and kept", () => {
    fc.assert(
      fc.property(product, (one) => {
        const typed = typedProduct(one);
        expect(typed.ranges.map(rangeFault)).toEqual(one.ranges.map(() => null));
        expect(affectedSchema.parse(keptProduct(typed))).toEqual(one);
      }),
    );
  });

  it("with nothing in it is none; a range with both ends is refused", () => {
    expect(keptProduct(newProduct)).toBeNull();
    expect(rangeFault({ introduced: "0", fixed: "2.0.1", lastAffected: "2.0.0" })).toMatch(/One end/);
  });

  it("are said in words", () => {
    const ranges = [
      { introduced: "0", fixed: "2.0.1", lastAffected: null },
      { introduced: "3.0", fixed: null, lastAffected: "3.4" },
      { introduced: "4.0", fixed: null, lastAffected: null },
    ];
    expect(versionWords({ ranges, versions: ["5.0-rc1"] })).toEqual([
      "from the first version, before 2.0.1",
      "from 3.0 to 3.4",
      "from 4.0",
      "5.0-rc1",
    ]);
  });

  it("versions of a line are single, in order, without repeats", () => {
    expect(versionsOf(" 1.0,2.0 ;1.0,,\n3.0")).toEqual(["1.0", "2.0", "3.0"]);
  });
});

const fields = {
  ...{ title: "Heap overflow", summary: "", impact: "", mitigation: "", detection: "", sink: "parse()" },
  marking: { level: "secret", suffix: "" },
  ...{ affected: [], cwes: [], credits: [], references: [], aliases: ["CVE-2026-12345"] },
  severity: { scheme: "unset" as const },
  ...{ exploitMaturity: "unknown" as const, priority: "unset" as const },
  remediation: { state: "unknown" as const, note: "" },
  distribution: { state: "unknown" as const, note: "" },
  embargoUntil: new Date(2026, 11, 4, 10, 30).getTime(),
};

describe("fields that are edited", () => {
  it("are as they were where nothing was typed, the minute of the embargo with them", () => {
    const { affected, cwes, credits, references, severity, ...texts } = fields;
    expect([affected, cwes, credits, references, severity]).toHaveLength(5);
    expect(changeOf(fieldsDraft({ fields }), fields)).toEqual(texts);
  });

  it("take another day to its end, none as none, and names one a line", () => {
    const draft = fieldsDraft({ fields });
    const kept = changeOf({ ...draft, embargo: "2026-12-05", aliases: " CVE-1 \n\nCVE-2\nCVE-1" }, fields);
    expect(findingChangeSchema.parse(kept)).toMatchObject({
      embargoUntil: new Date(2026, 11, 5, 23, 59).getTime(),
      aliases: ["CVE-1", "CVE-2"],
    });
    expect(changeOf({ ...draft, embargo: "" }, fields).embargoUntil).toBeNull();
  });
});

describe("a severity that is said", () => {
  const vector = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";

  it.each([
    { scheme: "cvss" as const, v4: vector, v3: null },
    { scheme: "scale" as const, scale: "safeguard-weakness", level: "grave", dimensions: { reach: "high" } },
  ])("is the same after it was typed: $scheme", (severity) => {
    const draft = severityDraft({ kind: "software-vulnerability", fields: { ...fields, severity } });
    expect(findingSeveritySchema.parse(severityOf(draft))).toEqual(severity);
  });

  it("lacks a vector or a level until there is one, and may be unset", () => {
    const begun = severityDraft({ kind: "software-vulnerability", fields });
    expect([begun.scheme, severityOf(begun)]).toEqual(["cvss", null]);
    expect(severityOf({ ...begun, scheme: "scale safeguard-weakness" })).toBeNull();
    expect(severityOf(severityDraft({ kind: "model-weakness", fields }))).toEqual({ scheme: "unset" });
  });
});
