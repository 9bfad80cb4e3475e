/** The report's style sheet: light, for screen and paper, no address in it. Colours and sizes are those of the app. */
const base = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:#f4f5f7;color:#12161c;font:14px/22px "Inter Variable",Inter,"Segoe UI","Helvetica Neue",Arial,"Liberation Sans",sans-serif;font-variant-numeric:tabular-nums}
h1,h2,h3,h4,h5,h6{margin:0;font-weight:650;letter-spacing:-.01em;break-after:avoid}
h1{font-size:26px;line-height:34px;letter-spacing:-.02em}
h2{font-size:18px;line-height:26px}
h3{font-size:14px;line-height:20px}
h4,h5,h6{font-size:13px;line-height:20px;color:#434c59}
p,ul,ol,pre,blockquote{margin:0}
a{color:#0b57d0}
a:focus-visible,.scroll:focus-visible,summary:focus-visible{outline:2px solid #0b57d0;outline-offset:2px}
code,pre,.mono{font-family:"JetBrains Mono Variable","JetBrains Mono","DejaVu Sans Mono",monospace;font-size:12px}
pre{padding:10px 12px;background:#eef0f3;border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere;line-height:18px}
.marking{display:flex;align-items:center;justify-content:center;height:24px;font-size:12px;font-weight:700;letter-spacing:.06em;position:fixed;left:0;right:0;z-index:2;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.marking-top{top:0}
.marking-bottom{bottom:0}
.running{display:none}
.sheet{border-collapse:collapse;width:100%}
.sheet>*>tr>td{padding:0}
`;

const frame = `
.masthead{background:#fff;border-bottom:1px solid #dde1e7;padding:28px 0 24px}
.wide{max-width:1240px;margin:0 auto;padding:0 32px}
.kicker{color:#434c59;font-size:13px;display:flex;gap:8px;align-items:center;margin-bottom:6px}
.kicker b{font-weight:600;color:#12161c}
.tag{display:inline-block;padding:0 7px;border-radius:4px;font-size:12px;line-height:20px;background:#eef0f3;color:#434c59}
.facts{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));margin:20px 0 0;border:1px solid #dde1e7;border-radius:8px;overflow:hidden;background:#fff}
.facts>div{padding:10px 16px;border-right:1px solid #dde1e7;border-top:1px solid #dde1e7;margin:-1px -1px 0 0}
.facts dt{color:#5f6978;font-size:12px;line-height:16px}
.facts dd{margin:1px 0 0;font-size:13px;line-height:20px;overflow-wrap:anywhere}
.facts .mono{font-size:12px}
.notice{margin:16px 0 0;padding:10px 16px;border:1px solid #dde1e7;border-left:3px solid #0b57d0;border-radius:6px;background:#fff;color:#434c59;font-size:13px;line-height:20px}
.notice b{color:#12161c;font-weight:600}
.columns{display:grid;grid-template-columns:208px minmax(0,1fr);gap:32px;padding-top:24px;padding-bottom:32px}
.contents{position:sticky;top:40px;align-self:start;font-size:13px;line-height:20px;max-height:calc(100vh - 80px);overflow:auto}
.contents h2{font-size:12px;line-height:16px;color:#5f6978;font-weight:600;letter-spacing:0;margin:0 10px 6px}
.contents ol{list-style:none;padding:0}
.contents a{display:grid;grid-template-columns:22px 1fr;padding:4px 10px;border-radius:6px;color:#434c59;text-decoration:none}
.contents a:hover{background:#e9ecf1;color:#12161c}
.contents i{font-style:normal;color:#5f6978}
main{display:grid;gap:16px;min-width:0}
.panel{background:#fff;border:1px solid #dde1e7;border-radius:8px;padding:20px 24px 24px;min-width:0;scroll-margin-top:40px}
.panel>h2{display:grid;grid-template-columns:auto 1fr;gap:10px;margin-bottom:12px}
.panel>h2 i{font-style:normal;font-weight:500;color:#5f6978}
.panel>h2 span{font-weight:500;color:#434c59}
.panel>h2 b{font-weight:650;color:#12161c}
`;

const content = `
.prose>*+*{margin-top:10px}
.prose,.empty{max-width:72ch}
.prose ul,.prose ol{padding-left:22px}
.prose li+li{margin-top:4px}
.prose h3,.prose h4{margin-top:18px}
.prose blockquote{border-left:3px solid #c4cbd5;padding-left:14px;color:#434c59}
.prose hr{border:0;border-top:1px solid #dde1e7}
.prose table{border-collapse:collapse}
.prose th,.prose td{border-bottom:1px solid #dde1e7;padding:5px 10px;text-align:left}
.address{font-family:"JetBrains Mono Variable","JetBrains Mono","DejaVu Sans Mono",monospace;font-size:12px;color:#5f6978;overflow-wrap:anywhere}
.empty{color:#5f6978}
.panel>*+.block,.panel>*+.prose,.panel>*+.empty,.panel>*+.pointer{margin-top:20px}
.panel>h2+*{margin-top:0!important}
.block{margin:0}
.block figcaption,.block caption{display:block;text-align:left;font-size:13px;line-height:20px;color:#434c59;margin-bottom:10px}
.block caption{display:table-caption;margin:0;padding-bottom:10px}
.block b.name{color:#12161c;font-weight:650}
.block svg{display:block;max-width:100%;height:auto;margin-bottom:16px}
.block .keep+.source{margin-top:0}
.source{font-size:12px;line-height:18px;color:#5f6978;margin-top:8px}
.scroll{overflow-x:auto}
table.data{border-collapse:collapse;width:100%;font-size:13px;line-height:18px}
table.data th{font-weight:600;font-size:12px;line-height:16px;color:#5f6978;text-align:left;vertical-align:bottom;padding:6px 10px;border-bottom:1px solid #c4cbd5}
table.data td,table.data tbody th{padding:6px 10px;border-bottom:1px solid #dde1e7;vertical-align:top;overflow-wrap:break-word}
table.data tbody th{font-weight:500;font-size:13px;line-height:18px;color:#12161c;min-width:110px}
table.data .n{text-align:right;white-space:nowrap}
table.data thead .n{white-space:normal}
table.data th small{display:block;font-weight:400;font-size:11px}
table.data tr:last-child td,table.data tr:last-child th{border-bottom-color:#c4cbd5}
table.data .mono{overflow-wrap:anywhere}
.dense table.data{font-size:12px}
.dense table.data th,.dense table.data td,.dense table.data tbody th{padding:5px 6px}
.dense table.data tbody th{font-size:12px}
details{font-size:13px;margin-top:8px}
summary{cursor:pointer;color:#434c59;width:max-content}
details .scroll{margin-top:8px}
.digest{display:block;min-width:24ch;font-family:"JetBrains Mono Variable","JetBrains Mono","DejaVu Sans Mono",monospace;font-size:11px;overflow-wrap:anywhere}
`;

const screens = `
@media screen{.sheet,.sheet>tbody,.sheet>tbody>tr,.sheet>tbody>tr>td{display:block}.sheet>thead,.sheet>tfoot{display:none}body{padding:24px 0}}
@media screen and (max-width:900px){.columns{grid-template-columns:minmax(0,1fr)}.contents{position:static;max-height:none}.facts{grid-template-columns:repeat(2,minmax(0,1fr))}.wide{padding-left:16px;padding-right:16px}}
`;

/** A browser prints the file: the banners are fixed, and these margins leave them to the spacers. */
const browserPage = `
@page{size:A4;margin:9mm 14mm 11mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:#5f6978}}
`;

/**
 * The PDF: its head and foot stand in the margins. Fonts are named that are plain files on every system: of a variable one
 * Chromium makes drawings.
 */
const pdfPage = `
@page{size:A4;margin:21mm 14mm 26mm}
@media print{body,html{font-family:"Liberation Sans",Arial,Helvetica,sans-serif}code,pre,.mono,.digest,.address{font-family:"Liberation Mono","DejaVu Sans Mono",Consolas,Menlo,monospace}}
`;

const print = `
@media print{
body{background:#fff;font-size:9.5pt;line-height:14pt}
.marking{height:18px;font-size:9pt}
.running{display:block;position:fixed;left:0;right:0;bottom:22px;font-size:6.5pt;line-height:8.5pt;color:#5f6978;text-align:center}
.spacer-top{height:30px}
.spacer-bottom{height:66px}
.wide{max-width:none;padding:0}
.masthead{padding:0 0 10pt;border:0}
h1{font-size:20pt;line-height:25pt}
h2{font-size:13pt;line-height:18pt}
.columns{display:block;padding:0}
.contents{position:static;max-height:none;margin-bottom:14pt}
.contents ol{columns:2}
.contents h2{margin-left:0}
.contents a{padding:1pt 0}
.panel{border:0;border-top:1px solid #c4cbd5;border-radius:0;padding:10pt 0 12pt}
main{display:block}
.prose p{orphans:3;widows:3}
.keep,figcaption,caption,.block svg{break-inside:avoid}
.block figcaption,.block caption{break-after:avoid;font-size:8.5pt;line-height:12pt}
.source{font-size:7.5pt;line-height:10.5pt}
.scroll{overflow:visible}
table.data{font-size:8pt;line-height:11pt}
table.data th{font-size:7.5pt;line-height:10pt}
table.data tbody th{font-size:8pt;line-height:11pt}
table.data th small{font-size:7pt;line-height:9pt}
table.data th,table.data td,table.data tbody th{padding:3pt 4pt}
.mono,.digest{font-size:7pt}
table.data tbody th{min-width:0}
.dense table.data,.dense table.data th,.dense table.data tbody th{font-size:6.5pt;line-height:9pt}
.dense table.data th,.dense table.data td,.dense table.data tbody th{padding:2pt 2.5pt}
table.data tr{break-inside:avoid}
table.data tbody tr:first-child{break-before:avoid}
table.data thead{display:table-header-group}
details{display:none}
}
`;

export const reportStyle = [base, frame, content, screens, browserPage, print].join("").trim();
/** Of the pages of the PDF. */
export const paperStyle = [base, frame, content, print, pdfPage].join("").trim();
