import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { burnFuses, readFuses } from "../../../build/packaging/fuses.ts";

/** What marks the fuses inside an Electron binary; then version 1, their number, and one character each. */
const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fuses-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function binaryWith(states: string): string {
  const file = join(folder, "electron");
  const wire = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, states.length]), Buffer.from(states)]);
  writeFileSync(file, Buffer.concat([Buffer.alloc(1_000), wire, Buffer.alloc(1_000)]));
  return file;
}

const release = {
  RunAsNode: false,
  EnableCookieEncryption: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
};

describe("fuses", () => {
  it("of a release stand as decided, whatever Electron's own were", async () => {
    for (const states of ["000000000", "111111111"]) {
      const file = binaryWith(states);
      await burnFuses(file, "release");
      expect(await readFuses(file)).toEqual(release);
    }
  });

  it("of the end-to-end build differ by the debugger alone", async () => {
    const file = binaryWith("101100011");
    await burnFuses(file, "e2e");
    expect(await readFuses(file)).toEqual({ ...release, EnableNodeCliInspectArguments: true });
  });

  it("that an older Electron does not have are left out", async () => {
    const file = binaryWith("10110001");
    await burnFuses(file, "release");
    const { WasmTrapHandlers: _, ...older } = release;
    expect(await readFuses(file)).toEqual(older);
  });

  it("that a later Electron has and nobody decided on stop the build", async () => {
    const file = binaryWith("1011000111");
    await expect(burnFuses(file, "release")).rejects.toThrow(/10 fuses/);
  });
});
