import { codeLines, groupLength } from "./share-code.ts";
import { wipe, type Share, type ShareDetails } from "./recovery-share.ts";
import { shareForm } from "./share-digests.ts";
import { joinWiping, timeText } from "./share-text.ts";
import { useSteps, keepingRules } from "./recovery-instructions.ts";

/** Black on white, one page, nothing that is loaded from elsewhere. Sizes are those of paper. */
const style = `
@page{size:A4;margin:0}
*{box-sizing:border-box;margin:0;padding:0;print-color-adjust:exact;-webkit-print-color-adjust:exact}
html{background:#fff}
body{width:210mm;min-height:295mm;margin:0 auto;padding:13mm 19mm 10mm;display:flex;flex-direction:column;color:#12161c;background:#fff;font:9.5pt/13.5pt "Inter Variable",Inter,"Segoe UI","Helvetica Neue",Arial,"Liberation Sans",sans-serif;font-variant-numeric:tabular-nums}
header{display:flex;justify-content:space-between;align-items:flex-end;gap:10mm;padding-bottom:5mm;border-bottom:.6mm solid #12161c}
.kind{font-size:9.5pt;color:#434c59}
h1{font-size:25pt;line-height:29pt;font-weight:650;letter-spacing:-.02em;white-space:nowrap}
.needed{text-align:right;font-size:10.5pt;line-height:14.5pt;color:#434c59}
.needed b{display:block;color:#12161c;font-weight:650}
dl{display:grid;grid-template-columns:19mm minmax(0,1fr) 19mm minmax(0,1fr);gap:1.6mm 4mm;margin:5mm 0 5.5mm}
dt{color:#5f6978;font-size:8.5pt}
dd{overflow-wrap:anywhere}
dd.label{font-weight:600;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
.mono,.code,.prints{font-family:"JetBrains Mono Variable","JetBrains Mono","DejaVu Sans Mono","Liberation Mono",Consolas,Menlo,monospace;font-variant-ligatures:none}
dd.mono{font-size:8pt}
h2{font-size:10.5pt;line-height:14.5pt;font-weight:650}
.code{list-style:none;border:.35mm solid #12161c;border-radius:2mm;margin-top:2mm;padding:2.5mm 0}
.code li{display:flex;align-items:baseline;padding:1.05mm 6mm 1.05mm 0;font-size:15.5pt;line-height:20pt;font-weight:500;letter-spacing:.03em}
.code li:nth-child(odd){background:#f1f2f4}
.code b{width:14mm;text-align:right;padding-right:5.5mm;font-size:10pt;font-weight:400;color:#5f6978;letter-spacing:0}
.code span{flex:1;white-space:nowrap}
.code span:last-child{flex:none;padding-left:5mm;border-left:.25mm solid #8b94a1;color:#434c59;font-weight:400}
.under{display:flex;justify-content:space-between;color:#5f6978;font-size:8.5pt;line-height:12pt;margin-top:1.5mm}
.columns{display:grid;grid-template-columns:1fr 1fr;gap:9mm;margin-top:5.5mm}
ol.steps,ul.rules{margin-top:1.5mm;padding-left:4.5mm}
li+li{margin-top:1mm}
.code li+li{margin-top:0}
.received{display:grid;grid-template-columns:1fr 1fr 1fr;gap:9mm;margin-top:auto;padding-top:10mm}
.received div{border-top:.25mm solid #8b94a1;padding-top:1mm;font-size:8.5pt;line-height:11pt;color:#5f6978}
footer{margin-top:5mm;padding-top:2.5mm;border-top:.25mm solid #c4cbd5;color:#5f6978;font-size:8pt;line-height:11.5pt}
.form{display:flex;justify-content:space-between}
.prints{display:grid;grid-template-columns:repeat(4,1fr);gap:0 4mm;list-style:none;margin-top:1mm;font-size:7.5pt;line-height:11pt}
.prints li+li{margin-top:0}
.prints .own{color:#12161c;font-weight:700}
`;

const signs: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);

const listed = (items: readonly string[]): string => items.map((item) => `<li>${escaped(item)}</li>`).join("");

function beforeCode({ number, total, threshold, vaultId, recoveryId, setId }: Share, details: ShareDetails): string {
  const place = `${String(number)} of ${String(total)}`;
  const facts: readonly (readonly [term: string, kind: string, value: string])[] = [
    ["Holder", "label", details.holder],
    ["Vault", "label", details.vaultLabel],
    ["Made on", "", timeText(details.madeAt).replace("T", " ").replace("Z", " UTC")],
    ["Set", "mono", setId],
    ["Vault id", "mono", vaultId],
    ["Recovery id", "mono", recoveryId],
  ];
  const rows = facts.map(([term, kind, value]) => `<dt>${term}</dt><dd class="${kind}">${escaped(value)}</dd>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Recovery share ${place}</title>
<style>${style}</style>
</head>
<body>
<header><div><p class="kind">Recovery share</p><h1>Share ${place}</h1></div>
<p class="needed"><b>Any ${String(threshold)} of ${String(total)} shares bring access back.</b>This one alone opens nothing.</p></header>
<dl>${rows.join("\n")}</dl>
<main>
<h2>Code</h2>
<ol class="code">
`;
}

function afterCode(share: Share, { fingerprints }: ShareDetails): string {
  const prints = fingerprints.map((fingerprint, at) => {
    const own = at + 1 === share.number ? ' class="own"' : "";
    return `<li${own}>${String(at + 1).padStart(2, "\u00a0")} ${fingerprint}</li>`;
  });
  return `</ol>
<p class="under"><span>Digits and letters without I, L, O and U: a 0 is a zero, a 1 is a one.</span><span>The last group checks its line.</span></p>
<div class="columns">
<section><h2>What it is, and how to keep it</h2><ul class="rules">${listed(keepingRules)}</ul></section>
<section><h2>How to use it</h2><ol class="steps">${listed(useSteps(share.threshold))}</ol></section>
</div>
</main>
<div class="received"><div>Received on</div><div>Name</div><div>Signature</div></div>
<footer><p class="form"><span>Fingerprints of all shares of this set; they are not secret.</span><span>${shareForm}</span></p>
<ol class="prints">${prints.join("")}</ol></footer>
</body>
</html>
`;
}

const utf8 = new TextEncoder();

/** One line of the code: its number, five groups, and the group that checks it. */
function lineParts(line: Uint8Array, number: number): Uint8Array[] {
  const groups = Array.from({ length: line.length / groupLength }, (_, at) => [
    utf8.encode("<span>"),
    line.slice(at * groupLength, (at + 1) * groupLength),
    utf8.encode("</span> "),
  ]);
  return [utf8.encode(`<li><b>${String(number)}</b> `), ...groups.flat(), utf8.encode("</li>\n")];
}

/**
 * A share as one A4 page to print: HTML in UTF-8, without script and without anything from elsewhere. It says nothing that
 * the share's file does not say. Secret: the caller writes it once and wipes it.
 * @throws RangeError where the share was typed in from paper, so that what its header says is not known
 */
export function shareSheet(share: Share): Uint8Array {
  if (share.details === null) throw new RangeError("a share without details has no sheet");
  const lines = codeLines(share);
  const code = lines.flatMap((line, at) => lineParts(line, at + 1));
  wipe(...lines);
  return joinWiping([
    utf8.encode(beforeCode(share, share.details)),
    ...code,
    utf8.encode(afterCode(share, share.details)),
  ]);
}
