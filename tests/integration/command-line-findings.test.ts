import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { findingSchema } from "../../electron/contract/findings.ts";
import { logByHand, passphrase, planned, workstation, type Workstation } from "./handover-people.ts";
import { temporaryFolder } from "./service-client.ts";

/** Findings from a terminal: the built command, as `npm run cli` starts it. */

const folder = temporaryFolder();
const secretFile = folder.path("passphrase");
let here: Workstation;

function called(...all: string[]): { code: number | null; lines: string[]; error: string } {
  const ran = spawnSync(process.execPath, ["build/cli.ts", ...all, "--profile", folder.path("cli")], {
    encoding: "utf8",
  });
  return { code: ran.status, lines: ran.stdout.split("\n").filter((one) => one !== ""), error: ran.stderr };
}

function finding(act: string, ...rest: string[]): ReturnType<typeof called> {
  return called("finding", act, here.vault, ...rest, "--member", "Lead A", "--passphrase-file", secretFile);
}

beforeAll(async () => {
  writeFileSync(secretFile, `${passphrase}\n`);
  here = await workstation(folder, "Northgate");
  await logByHand(here, await planned(here));
  await here.client.close();
});

afterAll(() => {
  folder.remove();
});

describe("evalvault finding", () => {
  it("records, shows and lists one", () => {
    const vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N";
    const what = ["--kind", "software-vulnerability", "--title", "Overflow", "--run", "R-0001"];
    const recorded = finding(
      "record",
      ...what,
      "--cvss",
      vector,
      "--cwe",
      "CWE-787",
      "--vendor",
      "V",
      "--product",
      "P",
    );
    expect(recorded).toMatchObject({ code: 0, error: "", lines: ["F-0001 is recorded: Overflow"] });
    const shown = findingSchema.parse(JSON.parse(finding("show", "f-0001", "--json").lines[0] ?? ""));
    expect(shown).toMatchObject({ score: 7.5, product: "V P", cwes: [{ name: "Out-of-bounds Write" }] });
    expect(finding("list").lines[1]).toMatch(/^F-0001 +recorded +high +software-vulnerability +V +P +Overflow$/);
    const row = z.looseObject({ id: z.string(), code: z.string() });
    expect(row.parse(JSON.parse(finding("list", "--json").lines[0] ?? ""))).toMatchObject({ id: shown.id });
  });

  it("takes one on, and never through the wrong channel", () => {
    expect(finding("move", "F-0001", "--to", "triaged").lines).toEqual(["F-0001 is triaged: Overflow"]);
    expect(finding("move", "F-0001", "--to", "distributed").code).toBe(1);
    const wrong = finding("route", "F-0001", "--to", "developer", "--name", "Acme", "--reason", "now");
    expect(wrong).toMatchObject({ code: 1, lines: [] });
    expect(wrong.error).toContain("never to the developer of a model");
    const routed = finding("route", "F-0001", "--to", "vendor", "--name", "V", "--reason", "now");
    expect(routed.lines).toEqual(["F-0001 is routed: Overflow"]);
    expect(finding("show", "F-0001").lines.at(-1)).toBe("Can go to: acknowledged, closed (with a reason)");
    expect(finding("move", "F-0009", "--to", "closed")).toMatchObject({ code: 1 });
    expect(finding("move", "F-0001")).toMatchObject({ code: 2 });
  });

  it("writes it out, or says what is missing", () => {
    const out = folder.path("advisory.json");
    const early = finding("export", "F-0001", "--format", "csaf", "--out", out);
    expect(early.code).toBe(1);
    expect(early.lines).toContain("F-0001  description needs a description");
    expect(early.lines.at(-1)).toBe("Nothing was written.");
    expect(existsSync(out)).toBe(false);
    const table = folder.path("findings.csv");
    expect(finding("export", "F-0001", "--format", "csv", "--out", table)).toMatchObject({ code: 0, error: "" });
    expect(readFileSync(table, "utf8")).toContain("CWE-787 Out-of-bounds Write");
  });

  it("scores a vector without a vault", () => {
    const scored = called("finding", "score", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N");
    expect(scored.lines[0]).toMatch(/^9\.3 critical /);
    expect(called("finding", "score", "CVSS:3.1/AV:N")).toMatchObject({
      code: 1,
      lines: ["It lacks AC, PR, UI, S, C, I, A."],
    });
  });
});
