// Imports one log into a new vault in a process of its own, and prints the most memory that the import took. Deriving
// keys takes memory on purpose, so what it took is forgotten first.
import "../kill/quick-argon2.ts";
import { readFileSync, writeFileSync } from "node:fs";
import { createVaultFor, ServiceClient, temporaryFolder } from "../../integration/service-client.ts";

const [, , file] = process.argv;
if (file === undefined) throw new Error("which log?");
const folder = temporaryFolder();
const client = new ServiceClient(folder.path("profile"));
await createVaultFor(client, folder.path("v.evault"));
// Linux: 5 sets the peak of the resident set back to what it is now.
writeFileSync("/proc/self/clear_refs", "5");
const start = performance.now();
const { files } = await client.ask("imports.logs", { files: [client.file(file)], campaignId: null });
const tookMs = performance.now() - start;
const [, peak = ""] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
await client.close();
folder.remove();
const [row] = files;
console.log(JSON.stringify({ status: row?.status, attempts: row?.attempts, tookMs, peakBytes: Number(peak) * 1024 }));
