// Imports one log into a new vault, in a process of its own, and prints the time and the most memory that it took.
import { createVaultFor, ServiceClient, temporaryFolder } from "../integration/service-client.ts";
import { milliseconds } from "./measure.ts";

const file = process.argv[3];
if (file === undefined) throw new Error("which log?");
const folder = temporaryFolder();
const client = new ServiceClient(folder.path("profile"));
await createVaultFor(client, folder.path("v.evault"));
const idle = process.memoryUsage.rss();
let most = idle;
const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
const tookMs = await milliseconds(() => client.ask("imports.logs", { files: [client.file(file)], campaignId: null }));
clearInterval(watch);
await client.close();
folder.remove();
console.log(JSON.stringify({ tookMs, grownBytes: most - idle, peakBytes: process.resourceUsage().maxRSS * 1024 }));
