import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { repositoryFolder } from "../../../../build/paths.ts";

const script = join(import.meta.dirname, "write-all.ts");
const everything = { written: [true, true, true, true], read: "advisory", handles: [] };
const canCutOff = spawnSync("unshare", ["-rn", "true"]).status === 0;

describe("writing advisories", () => {
  const where = canCutOff ? "in a network namespace without any interface" : "(no unshare here: in this network)";

  it(`works with every way to a network closed, ${where}, opens nothing and prints nothing`, () => {
    const [command = "env", ...args] = canCutOff ? ["unshare", "-rn"] : ["env"];
    const { status, stdout, stderr } = spawnSync(command, [...args, process.execPath, script], {
      encoding: "utf8",
      env: { ...process.env, NODE_NO_WARNINGS: "1" },
    });
    // A library that prints would print pieces of findings.
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual(everything);
  }, 240_000);

  it("imports of the validator only what asks no network and starts no program", () => {
    const folder = join(repositoryFolder, "electron");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    const imported = files.flatMap((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      return [...text.matchAll(/(?:from|import\() ?"@secvisogram\/csaf-validator-lib\/([^"]+)"/g)].map(
        (found) => found[1],
      );
    });
    const allowed =
      /^(?:schemaTests|mandatoryTests|cwe|lib\/cwec\/[\d.]+|csaf_2_1\/schemaTests|csaf_2_1\/mandatoryTests\/mandatoryTests?_6_1_\d+(?:_\d+)?)\.js$/;
    expect(imported.length).toBeGreaterThan(20);
    expect(imported.filter((path) => path === undefined || !allowed.test(path))).toEqual([]);
  });
});
