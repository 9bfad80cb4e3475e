import calculator from "ae-cvss-calculator";
import type { z } from "zod";
import type { Severity } from "../../contract/finding-fields.ts";
import type { cvssChoiceSchema, cvssMetricSchema, CvssScore } from "../../contract/findings.ts";

/** CVSS v4.0 and v3.1 vectors, scored by a library that keeps FIRST's specification documents. */

export type CvssVersion = "4.0" | "3.1";
type Metric = z.infer<typeof cvssMetricSchema>;
type Choice = z.infer<typeof cvssChoiceSchema>;

const { Cvss3P1, Cvss4P0 } = calculator;
type Vector = InstanceType<typeof Cvss3P1> | InstanceType<typeof Cvss4P0>;

/** Neither version knows a longer one; the library would read any number of repeats. */
const mostCharacters = 400;

function newVector(version: CvssVersion): Vector {
  return version === "4.0" ? new Cvss4P0() : new Cvss3P1();
}

/** The rating of a score by both versions' qualitative scale. */
export function severityOfScore(score: number): Severity {
  if (score <= 0) return "none";
  if (score < 4) return "low";
  if (score < 7) return "medium";
  return score < 9 ? "high" : "critical";
}

const groupWords: Readonly<Record<string, string>> = {
  base: "Base",
  threat: "Threat",
  temporal: "Temporal",
  environmental: "Environmental",
  "environmental-base": "Environmental, modified base",
  "environmental-security-requirement": "Environmental, security requirements",
  supplemental: "Supplemental",
};

function groupOf(name: string): string {
  return groupWords[name] ?? name;
}

/** A metric's name; of what the library calls alike, with whose it is. */
function nameOf({ name, subCategory }: { readonly name: string; readonly subCategory?: string }): string {
  if (subCategory === "Vulnerable System Impact") return `${name}, vulnerable system`;
  if (subCategory === "Subsequent System Impact") return `${name}, subsequent systems`;
  return subCategory === "Modified Impact" ? `Modified ${name}` : name;
}

/** Which groups of metrics are in a score, as section 1.3 of CVSS v4.0 names it. */
function nomenclature(metrics: readonly Metric[]): string {
  const has = (start: string): boolean => metrics.some(({ group }) => group.startsWith(start));
  return `CVSS-B${has("Threat") ? "T" : ""}${has("Environmental") ? "E" : ""}`;
}

/** The order of the groups in a vector: v4.0 table 23, v3.1 table 16. */
const groupOrder = [
  "base",
  "threat",
  "temporal",
  "environmental-security-requirement",
  "environmental-base",
  "environmental",
  "supplemental",
];

function groupsOf(vector: Vector) {
  return [...vector.getRegisteredComponents()].sort(
    ([a], [b]) => groupOrder.indexOf(a.name) - groupOrder.indexOf(b.name),
  );
}

/** The metrics that a vector says, in the order of the standard. */
function metricsOf(vector: Vector): Metric[] {
  const values = vector.getComponents();
  return groupsOf(vector).flatMap(([category, components]) =>
    components.flatMap((component) => {
      const value = values.get(component);
      if (value === undefined || value.shortName === "X" || value.shortName === "ND") return [];
      return [
        {
          id: component.shortName,
          name: nameOf(component),
          group: groupOf(category.name),
          value: value.shortName,
          words: value.name,
          explanation: value.description,
        },
      ];
    }),
  );
}

function notScored(problem: string): CvssScore {
  return {
    problem,
    ...{ version: null, vector: null, score: null, severity: null, nomenclature: null, metrics: [] },
  };
}

interface Parts {
  readonly version: CvssVersion;
  readonly metrics: readonly (readonly [id: string, value: string])[];
}

/** Takes a vector apart; the library reads more than the standard has (repeats, other orders of letters). */
function partsOf(text: string): Parts | string {
  const [head = "", ...rest] = text.trim().split("/");
  const version = head === "CVSS:4.0" ? "4.0" : head === "CVSS:3.1" ? "3.1" : null;
  if (version === null) return "It begins with neither CVSS:4.0 nor CVSS:3.1.";
  const metrics = rest.map((one): [string, string] => {
    const [id = "", value = "", ...more] = one.split(":");
    return more.length === 0 ? [id, value] : [one, ""];
  });
  const twice = metrics.find(([id], place) => metrics.findIndex((other) => other[0] === id) !== place);
  return twice === undefined ? { version, metrics } : `It says ${twice[0]} twice.`;
}

function read({ version, metrics }: Parts): Vector | string {
  const vector = newVector(version);
  const known = [...vector.getRegisteredComponents().values()].flat();
  for (const [id, value] of metrics) {
    const metric = known.find((one) => one.shortName === id);
    if (metric === undefined) return `CVSS v${version} has no metric ${id}.`;
    const chosen = metric.values.find((one) => one.shortName === value && one.hide !== true);
    if (chosen === undefined) return `${metric.name} (${id}) has no value ${value}.`;
    vector.applyComponent(metric, chosen);
  }
  return vector;
}

function missing(vector: Vector): string[] {
  const base = [...vector.getRegisteredComponents()].find(([category]) => category.name === "base")?.[1] ?? [];
  const given = new Set(metricsOf(vector).map(({ id }) => id));
  return base.filter(({ shortName }) => !given.has(shortName)).map(({ shortName }) => shortName);
}

/** What a vector comes to, or why it is none. A vector of all groups is scored with all of them. */
export function scoreVector(text: string): CvssScore {
  if (text.length > mostCharacters) return notScored("It is too long for a vector.");
  const parts = partsOf(text);
  if (typeof parts === "string") return notScored(parts);
  const vector = read(parts);
  if (typeof vector === "string") return notScored(vector);
  const absent = missing(vector);
  if (absent.length > 0) return notScored(`It lacks ${absent.join(", ")}.`);
  const score = vector.calculateScores().overall;
  const metrics = metricsOf(vector);
  return {
    problem: null,
    version: parts.version,
    vector: [`CVSS:${parts.version}`, ...metrics.map(({ id, value }) => `${id}:${value}`)].join("/"),
    score,
    severity: severityOfScore(score),
    nomenclature: parts.version === "4.0" ? nomenclature(metrics) : null,
    metrics,
  };
}

/** The metrics of a version with their values, for choosing. */
export function cvssChoices(version: CvssVersion): Choice[] {
  return groupsOf(newVector(version)).flatMap(([category, components]) =>
    components.map((component) => ({
      id: component.shortName,
      name: nameOf(component),
      group: groupOf(category.name),
      explanation: component.description,
      isBase: category.name === "base",
      values: component.values
        .filter((one) => one.hide !== true)
        // A base metric is always said.
        .filter((one) => category.name !== "base" || one.shortName !== "X")
        .map((one) => ({ value: one.shortName, words: one.name, explanation: one.description })),
    })),
  );
}
