/** The written form of CVSS vectors (FIRST). What score one gives is computed elsewhere. */

const v31Metric =
  /^(?:AV:[NALP]|AC:[LH]|PR:[NLH]|UI:[NR]|S:[UC]|[CIA]:[NLH]|E:[XUPFH]|RL:[XOTWU]|RC:[XURC]|[CIA]R:[XLMH]|MAV:[XNALP]|MAC:[XLH]|MPR:[XNLH]|MUI:[XNR]|MS:[XUC]|M[CIA]:[XNLH])$/;

/** A vector of CVSS v3.1: every base metric, each metric once. */
export function isVector31(text: string): boolean {
  const [head, ...metrics] = text.split("/");
  const names = metrics.map((metric) => metric.split(":")[0]);
  const base = ["AV", "AC", "PR", "UI", "S", "C", "I", "A"];
  return (
    head === "CVSS:3.1" &&
    metrics.every((metric) => v31Metric.test(metric)) &&
    new Set(names).size === names.length &&
    base.every((name) => names.includes(name))
  );
}

// prettier-ignore
const required40 = ["AV:[NALP]", "AC:[LH]", "AT:[NP]", "PR:[NLH]", "UI:[NPA]", "VC:[HLN]", "VI:[HLN]", "VA:[HLN]",
  "SC:[HLN]", "SI:[HLN]", "SA:[HLN]"];
// prettier-ignore
const optional40 = ["E:[XAPU]", "CR:[XHML]", "IR:[XHML]", "AR:[XHML]", "MAV:[XNALP]", "MAC:[XLH]", "MAT:[XNP]",
  "MPR:[XNLH]", "MUI:[XNPA]", "MVC:[XNLH]", "MVI:[XNLH]", "MVA:[XNLH]", "MSC:[XNLH]", "MSI:[XNLHS]", "MSA:[XNLHS]",
  "S:[XNP]", "AU:[XNY]", "R:[XAUI]", "V:[XDC]", "RE:[XLMH]", "U:(?:X|Clear|Green|Amber|Red)"];
const vector40 = new RegExp(
  `^CVSS:4[.]0/${required40.join("/")}${optional40.map((metric) => `(?:/${metric})?`).join("")}$`,
);

/** A vector of CVSS v4.0, whose metrics have one order (specification, section 7). */
export function isVector40(text: string): boolean {
  return vector40.test(text);
}

/** Weights of the base metrics (CVSS v3.1 specification, section 7.4); PR has others where the scope changes. */
const weights31: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  UI: { N: 0.85, R: 0.62 },
  PR: { N: 0.85, L: 0.62, H: 0.27 },
  changedPR: { N: 0.85, L: 0.68, H: 0.5 },
  CIA: { H: 0.56, L: 0.22, N: 0 },
};

/** Up to the next tenth, on whole numbers as the specification's appendix A does it. */
function roundedUp(value: number): number {
  const whole = Math.round(value * 100_000);
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10;
}

/** The base score of a CVSS v3.1 vector, whatever other metrics it has; null where it is no vector. */
export function baseScore31(vector: string): number | null {
  if (!isVector31(vector)) return null;
  const values = new Map(vector.split("/").map((metric) => [metric.split(":")[0] ?? "", metric.split(":")[1] ?? ""]));
  const weight = (metric: string, table = metric): number => weights31[table]?.[values.get(metric) ?? ""] ?? 0;
  const changed = values.get("S") === "C";
  const lost = 1 - (1 - weight("C", "CIA")) * (1 - weight("I", "CIA")) * (1 - weight("A", "CIA"));
  const impact = changed ? 7.52 * (lost - 0.029) - 3.25 * Math.pow(lost - 0.02, 15) : 6.42 * lost;
  const privileges = weight("PR", changed ? "changedPR" : "PR");
  const exploitability = 8.22 * weight("AV") * weight("AC") * privileges * weight("UI");
  if (impact <= 0) return 0;
  return roundedUp(Math.min((changed ? 1.08 : 1) * (impact + exploitability), 10));
}

/** Whether a v3.1 vector has base metrics only, so that its score is the base score. */
export function isBaseOnly31(vector: string): boolean {
  return isVector31(vector) && vector.split("/").length === 9;
}
