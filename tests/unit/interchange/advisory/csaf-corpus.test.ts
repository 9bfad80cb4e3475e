import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { repositoryFolder } from "../../../../build/paths.ts";
import { checkCsaf } from "../../../../electron/interchange/csaf/check-csaf.ts";

// The test data of the standard's own authors (github.com/oasis-tcs/csaf), which is not ours to hand on.
const folder = join(repositoryFolder, "../shared/fixtures/csaf/csaf_2.0/test/validator/data");
const listFile = join(folder, "testcases.json");

const fileSchema = z.object({ name: z.string(), valid: z.boolean() });
const listSchema = z.object({
  tests: z.array(
    z.object({
      id: z.string(),
      group: z.string(),
      failures: z.array(fileSchema).default([]),
      valid: z.array(fileSchema).default([]),
    }),
  ),
});

/** Where the library is known to see a document otherwise than its authors meant it. */
const knownDifferences = ["mandatory/oasis_csaf_tc-csaf_2_0-2021-6-1-26-04.json"];

describe.skipIf(!existsSync(listFile))("the corpus of the OASIS CSAF committee (needs ../shared/fixtures/csaf)", () => {
  it("is judged as the committee judges it, but for one known file", async () => {
    const { tests } = listSchema.parse(JSON.parse(readFileSync(listFile, "utf8")));
    const mandatory = tests.filter(({ group }) => group === "mandatory");
    const otherwise: string[] = [];
    for (const { id, failures, valid } of mandatory) {
      for (const { name, valid: expected } of [...failures, ...valid]) {
        const document: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
        // 6.1.8 is the part of the schema that speaks of CVSS.
        const failed = (await checkCsaf(document)).some(
          ({ testId }) => testId === id || (id === "6.1.8" && testId === "schema"),
        );
        if (failed === expected) otherwise.push(name);
      }
    }
    expect(mandatory.length).toBeGreaterThanOrEqual(43);
    expect(otherwise).toEqual(knownDifferences);
  }, 120_000);
});
