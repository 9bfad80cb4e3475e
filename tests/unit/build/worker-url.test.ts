import { describe, expect, it } from "vitest";
import { rewriteWorkerUrl } from "../../../build/bundle/worker-url.ts";

describe("worker URLs in a bundle", () => {
  it("lead to the bundled worker beside the running file", () => {
    const code = 'new Worker(new URL("./argon2.worker.ts", import.meta.url), { workerData })';
    expect(rewriteWorkerUrl(code)).toBe('new Worker(new URL("./argon2.worker.js", import.meta.url), { workerData })');
  });

  it("are found over several lines too", () => {
    const code = "new URL(\n  './a-b.worker.ts',\n  import.meta.url,\n)";
    expect(rewriteWorkerUrl(code)).toBe('new URL("./a-b.worker.js", import.meta.url)');
  });

  it.each(['new URL("./argon2.ts", import.meta.url)', 'new URL("../x.worker.ts", import.meta.url)', '"./a.worker.ts"'])(
    "leaves %s alone",
    (code) => {
      expect(rewriteWorkerUrl(code)).toBe(code);
    },
  );
});
