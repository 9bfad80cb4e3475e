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
