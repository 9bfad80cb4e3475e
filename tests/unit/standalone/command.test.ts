import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { formatEntryProof } from "../../../electron/sealing/tlog-proof.ts";
import { createVault } from "../../../electron/vault/index.ts";
import { archiveOf, makeReportScene, proofOf, type ReportScene } from "../../faults/standalone/decrypted-report.ts";
import { makeSmallVault, utf8, type SmallVault } from "../../faults/vault/small-vault.ts";
import { makeNote, makeSigner } from "../../integration/sealing/sealing-fixture.ts";

/** The standalone verifier as it is used: one file, run by Node alone, away from the repository. */

const here = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const sample = here("tests/fixtures/vault/format-1.evault");
const facts = z
  .object({ vaultId: z.string(), note: z.string() })
  .parse(JSON.parse(readFileSync(here("tests/fixtures/vault/format-1.json"), "utf8")));

let folder = "";
let program = "";
let scene: ReportScene;
let small: SmallVault;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "evalvault-standalone-"));
  program = join(folder, "evalvault-verify.mjs");
  copyFileSync(here("electron/standalone/evalvault-verify.mjs"), program);
  scene = await makeReportScene(folder);
  small = await makeSmallVault(join(folder, "small.evault"), { second: false });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

function run(...words: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    encoding: "utf8",
    cwd: folder,
  });
  return { code: status, out: stdout, errors: stderr };
}

function put(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

const changed = (bytes: Uint8Array, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
};

describe("the program file", () => {
  it("imports nothing but Node's own crypto and fs", () => {
    const text = readFileSync(program, "utf8");
    const imported = [...text.matchAll(/^import [^;]+ from "([^"]+)";$/gm)].map(([, name]) => name);
    expect(imported).toEqual(["node:crypto", "node:fs"]);
    expect(text).not.toMatch(/await import|require\(|process\.binding/);
  });

  it("says how it is used, and ends with 2, when it is given nothing, too much or an unknown option", () => {
    for (const words of [[], ["a", "b"], ["--verbose", sample], ["--against"], ["--key", "", sample]]) {
      const { code, errors } = run(...words);
      expect(code).toBe(2);
      expect(errors).toMatch(/^usage: node evalvault-verify\.mjs/);
    }
  });
});

describe("a vault", () => {
  it("in order ends with 0 and is told, as text and as JSON", () => {
    const { code, out, errors } = run(sample);
    expect([code, errors]).toEqual([0, ""]);
    expect(out).toContain(facts.vaultId);
    expect(out).toContain("OK: the vault is in order.");
    const [, size = "", root = ""] = facts.note.split("\n");
    const told: unknown = JSON.parse(run("--json", sample).out);
    expect(told).toMatchObject({
      kind: "vault",
      ok: true,
      problems: [],
      facts: {
        id: facts.vaultId,
        entries: 5,
        blobs: 3,
        checkpoints: 6,
        members: 2,
        newest: { size: Number(size), root },
      },
    });
  });

  it("with a changed byte ends with 1 and names the place", () => {
    const bytes = readFileSync(sample);
    const { code, out } = run(put("changed.evault", changed(bytes, bytes.length - 50)));
    expect(code).toBe(1);
    expect(out).toMatch(/^PROBLEM .+: .+$/m);
    expect(out).toMatch(/NOT IN ORDER: \d+ problem/);
  });

  it("that cannot be looked at ends with 2 and says why", () => {
    const bytes = readFileSync(sample);
    const later = Buffer.from(bytes);
    later.writeUInt8(2, 63);
    const inUse = put("in-use.evault", bytes);
    put("in-use.evault-wal", "log");
    for (const [path, why] of [
      [put("text.evault", "a".repeat(5000)), /no EvalVault vault/],
      [put("empty.evault", ""), /no EvalVault vault/],
      [put("later.evault", later), /format 2.*reads format 1/],
      [join(folder, "nothing.evault"), /nothing of that name/],
      [inUse, /in use, or was not closed properly/],
    ] as const) {
      const { code, errors, out } = run(path);
      expect([code, out], path).toEqual([2, ""]);
      expect(errors).toMatch(why);
      expect(JSON.parse(run("--json", path).out)).toMatchObject({ ok: false });
    }
    put("in-use.evault-wal", "");
    expect(run(inUse).code).toBe(0);
  });

  it("whose label would steer a terminal is told in harmless characters", async () => {
    const path = join(folder, "label.evault");
    const founder = {
      label: "Lead A",
      name: "Ada",
      passphrase: utf8("correct horse battery staple"),
      kdf: { ops: 3, memory: 2 ** 26 },
    };
    const made = await createVault(path, { label: "odd \u202e label", founder, firstEntries: () => [utf8("x")] });
    made.close();
    const { code, out } = run(path);
    expect(code).toBe(0);
    expect(out).toContain("odd \\u{202e} label");
    expect(out).not.toContain("\u202e");
  });
});

describe("a vault against what was kept elsewhere", () => {
  const early = (): string => {
    const vault = small.open();
    const note = vault.checkpoints()[1]?.note ?? "";
    vault.close();
    return note;
  };

  it("holds a checkpoint and a proof of its own past", () => {
    const vault = small.open();
    const { note } = vault.checkpoint;
    const proof = { name: "entry-2", index: 2, leaf: vault.leafHash(2), path: vault.inclusionProof(2) };
    vault.close();
    const kept = [
      put("early.note", early()),
      put("newest.note", note),
      put("entry-2.tlog-proof", formatEntryProof(proof, utf8(note))),
    ];
    const { code, out } = run(...kept.flatMap((path) => ["--against", path]), small.path);
    expect(out).toContain("OK:");
    expect(code).toBe(0);
  });

  it("is seen to be older, forked, another, or not the one that was proved", async () => {
    const before = readFileSync(small.path);
    const vault = small.open();
    vault.append([utf8("more")]);
    const { note, size } = vault.checkpoint;
    const proof = { name: "entry-2", index: 2, leaf: vault.leafHash(2), path: vault.inclusionProof(2) };
    vault.close();
    const older = put("older.evault", before);
    const rolledBack = run("--against", put("later.note", note), older);
    expect(rolledBack.code).toBe(1);
    expect(rolledBack.out).toContain("this is an older state of the vault");
    const fork = small.open(older);
    fork.append([utf8("said differently")]);
    fork.close();
    const ofFork = run("--against", put("later.note", note), older);
    expect(ofFork.code).toBe(1);
    expect(ofFork.out).toContain(`the vault's first ${String(size)} entries are not those that it was signed over`);
    const ofAnother = run("--against", put("later.note", note), sample);
    expect(ofAnother.out).toContain("a checkpoint of another vault");
    const leaf = proofOf(3).leaf;
    const wrong = run(
      "--against",
      put("wrong.tlog-proof", formatEntryProof({ ...proof, leaf }, utf8(note))),
      small.path,
    );
    expect(wrong).toMatchObject({ code: 2 });
    expect(wrong.errors).toContain("the entry is not under its checkpoint");
    const stranger = await makeNote(await makeSigner("Eve"), 2);
    expect(run("--against", put("eve.note", stranger), small.path).code).toBe(1);
  });
});

describe("a decrypted report", () => {
  it("in order ends with 0, from its archive and from its folder, and names what is only its own word", () => {
    const archive = put("in-order/report.tar", scene.archive);
    const { code, out } = run(archive);
    expect(code).toBe(0);
    expect(out).toContain("note: No --key was given");
    expect(out).toContain("provedEntries: [10,3]");
    for (const [path, bytes] of scene.opened.members) put(join("unpacked", path), bytes);
    const told = run("--json", "--key", scene.ada.line, join(folder, "unpacked"));
    expect(told.code).toBe(0);
    expect(JSON.parse(told.out)).toMatchObject({ kind: "report", ok: true, remarks: [], facts: { revision: 2 } });
  });

  it("signed by nobody whose key was given ends with 1", async () => {
    const archive = put("in-order/report.tar", scene.archive);
    const { code, out } = run("--key", (await makeSigner("Eve")).line, archive);
    expect(code).toBe(1);
    expect(out).toContain("none is by a key that was given");
    expect(run("--key", "RWnonsense", archive).code).toBe(2);
  });

  it("in a folder with one file changed, or one more, ends with 1 and names it", () => {
    for (const [path, bytes] of scene.opened.members) put(join("odd", path), bytes);
    put("odd/report.html", "another");
    put("odd/more.txt", "more");
    const { code, out } = run(join(folder, "odd"));
    expect(code).toBe(1);
    expect(out).toContain("PROBLEM report.html: it is not the file that was signed");
    expect(out).toContain("PROBLEM more.txt: it was not signed");
  });

  it("that is still encrypted is not judged: it says how to decrypt it", async () => {
    const sealed = join(scene.folder, "EV.sealed");
    const asOne = new Map([["EV.sealed/report.tar.age", readFileSync(join(sealed, "report.tar.age"))]]);
    for (const path of [sealed, join(sealed, "report.tar.age"), put("EV.sealed.tar", await archiveOf(asOne))]) {
      const { code, errors } = run(path);
      expect(code).toBe(2);
      expect(errors).toContain("decrypt it first, age -d");
    }
  });

  it("that is another archive or folder ends with 2", () => {
    expect(run(put("other/any.txt", "x").replace("/any.txt", ""))).toMatchObject({ code: 2, out: "" });
    symlinkSync(join(folder, "other/any.txt"), join(folder, "other/link"));
    expect(run(join(folder, "other")).errors).toContain("link is neither file nor folder");
    expect(run(put("cut.tar", scene.archive.subarray(0, 700))).errors).toContain("the archive ends early");
  });
});
