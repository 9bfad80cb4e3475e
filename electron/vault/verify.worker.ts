import { parentPort } from "node:worker_threads";

import { VerifyWorkbench, type VerifyWork } from "./verify-work.ts";

// The thread that reads the database stays free for reading: this one hashes, decrypts and checks signatures.
const bench = new VerifyWorkbench();

parentPort?.on("message", (work: VerifyWork) => {
  const findings = bench.do(work);
  parentPort?.postMessage(findings, findings.hashes.length > 0 ? [findings.hashes.buffer] : []);
});
