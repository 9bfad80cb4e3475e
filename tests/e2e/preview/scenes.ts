/** Every picture that is taken: a name, the preview's query, and what is pressed or clicked before ("fill:" types words in). */
export const scenes: readonly {
  readonly name: string;
  readonly query: string;
  readonly press?: string;
  readonly click?: readonly string[];
}[] = [
  { name: "unlock", query: "scene=unlock&open=no" },
  { name: "unlock-first", query: "scene=unlock&open=no&empty=yes" },
  { name: "create", query: "scene=create&open=no" },
  { name: "open-report", query: "scene=open-report" },
  {
    name: "opened",
    query: "scene=open-report&file=file-preview0001&name=EV-2026-0002.sealed",
    click: ["text=Passphrase", "fill:input[type=password]", "text=Check and open"],
  },
  {
    name: "opened-text",
    query: "scene=open-report&file=file-preview0001&name=EV-2026-0002.sealed",
    click: ["text=Passphrase", "fill:input[type=password]", "text=Check and open", "role=tab[name=Report]"],
  },
  { name: "overview", query: "scene=overview" },
  { name: "overview-empty", query: "scene=overview&empty=yes" },
  { name: "models", query: "scene=models" },
  { name: "benchmarks", query: "scene=benchmarks" },
  { name: "benchmark", query: "scene=benchmark&id=cybench" },
  { name: "campaigns", query: "scene=campaigns" },
  { name: "campaign", query: "scene=campaign&id=autumn" },
  { name: "runs", query: "scene=runs" },
  { name: "run", query: "scene=run&id=run-7" },
  { name: "run-hand", query: "scene=run&id=run-2&log=yes" },
  { name: "run-large", query: "scene=run&id=run-large&task=task-5000&row=5000&epoch=2" },
  { name: "run-metrics", query: "scene=run&id=run-7", click: ["role=button[name=matches]"] },
  { name: "run-numbers", query: "scene=run&id=run-7", click: ["role=button[name=/^0\\.361/]"] },
  { name: "run-invalidate", query: "scene=run&id=run-5&task=urgent&epoch=1", press: "x" },
  { name: "attempt", query: "scene=attempt&run=run-7&task=labyrinth-linguist&epoch=2" },
  { name: "import", query: "scene=import" },
  { name: "compare", query: "scene=compare" },
  { name: "reports", query: "scene=reports" },
  { name: "report", query: "scene=report&id=report-3" },
  { name: "recipients", query: "scene=recipients" },
  { name: "journal", query: "scene=journal" },
  { name: "journal-verify", query: "scene=journal&view=verify" },
  { name: "journal-entry", query: "scene=journal", click: ["text=Logged 2 attempts >> nth=0"] },
  { name: "journal-checkpoints", query: "scene=journal&view=checkpoints" },
  { name: "journal-damaged", query: "scene=journal&view=verify&damaged=yes" },
  { name: "members", query: "scene=members" },
  { name: "members-add", query: "scene=members&new=yes" },
  { name: "settings", query: "scene=settings" },
  { name: "palette", query: "scene=overview", press: "Control+k" },
  { name: "shortcuts", query: "scene=overview", press: "Control+/" },
];
