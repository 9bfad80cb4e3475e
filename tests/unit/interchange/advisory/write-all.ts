// Run by offline.test.ts in a process of its own: writes the sample in every format with every way to a network closed.
import { readCsaf } from "../../../../electron/interchange/csaf/read-csaf.ts";
import { writeCsaf } from "../../../../electron/interchange/csaf/write-csaf.ts";
import { writeCnaDraft } from "../../../../electron/interchange/cve/write-cna.ts";
import { writeOsv } from "../../../../electron/interchange/osv/write-osv.ts";
import { silenceNetwork } from "../../../../electron/service/silence.ts";
import { sampleEngine, sampleFinding, samplePublisher } from "./sample-finding.ts";

silenceNetwork();

const handles = (): string[] =>
  process.getActiveResourcesInfo().filter((name) => /tcp|udp|getaddr|process/i.test(name));

const written = [
  await writeCsaf(sampleFinding, samplePublisher, sampleEngine, "2.0"),
  await writeCsaf(sampleFinding, samplePublisher, sampleEngine, "2.1"),
  writeOsv(sampleFinding, samplePublisher, sampleEngine),
  writeCnaDraft(sampleFinding, samplePublisher, sampleEngine),
];
const read = written[0]?.ok === true ? readCsaf(written[0].bytes).kind : "nothing";
process.stdout.write(JSON.stringify({ written: written.map(({ ok }) => ok), read, handles: handles() }));
