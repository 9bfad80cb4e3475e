import { z } from "zod";
import { field, listField, textField } from "../json/fields.ts";
import { cweVersion, weaknessName } from "../cwe-list.ts";
import { type CsafTest, type CsafVersion, csafTests } from "./csaf-tests.ts";

/** One thing that the standard's tests find wrong. */
export interface CsafProblem {
  /** "schema" for the strict JSON schema, else the section of the standard: "6.1.8". */
  readonly testId: string;
  /** JSON pointer into the document, "" for the whole. */
  readonly path: string;
  readonly message: string;
}

const resultSchema = z.object({
  isValid: z.boolean().optional(),
  errors: z
    .array(z.object({ instancePath: z.string().default(""), message: z.string().default("not as it should be") }))
    .default([]),
});

async function problemsOf(test: CsafTest, document: unknown): Promise<CsafProblem[]> {
  let result: z.infer<typeof resultSchema>;
  try {
    result = resultSchema.parse(await test.run(document));
  } catch {
    return [{ testId: test.id, path: "", message: "could not be tested: the document is not of the expected shape" }];
  }
  if (result.isValid !== false) return [];
  const problems = result.errors.map(({ instancePath, message }) => ({ testId: test.id, path: instancePath, message }));
  return problems.length > 0 ? problems : [{ testId: test.id, path: "", message: "not as it should be" }];
}

/** 6.1.11 of the draft: the names of weaknesses, of the one edition that is written. */
function draftWeaknessProblems(document: unknown): CsafProblem[] {
  return listField(document, "vulnerabilities").flatMap((vulnerability, at) =>
    listField(vulnerability, "cwes").flatMap((cwe, index) => {
      const name = weaknessName(textField(cwe, "id") ?? "");
      const named = name !== "" && name === textField(cwe, "name");
      const path = `/vulnerabilities/${at}/cwes/${index}`;
      if (textField(cwe, "version") !== cweVersion)
        return [{ testId: "6.1.11", path, message: `only version ${cweVersion} of the catalogue is known here` }];
      return named ? [] : [{ testId: "6.1.11", path, message: "the name is not that of the weakness with this id" }];
    }),
  );
}

function versionOf(document: unknown): CsafVersion {
  return field(field(document, "document"), "csaf_version") === "2.1" ? "2.1" : "2.0";
}

/**
 * Holds a document against the strict schema of CSAF and every mandatory test (OASIS CSAF 2.0, section 6.1; 2.1 as far as the
 * draft's tests exist). Works offline. Never throws, whatever the document is.
 * @returns empty where all pass
 */
export async function checkCsaf(document: unknown): Promise<readonly CsafProblem[]> {
  const version = versionOf(document);
  const problems: CsafProblem[] = [];
  for (const test of await csafTests(version)) problems.push(...(await problemsOf(test, document)));
  if (version === "2.1") problems.push(...draftWeaknessProblems(document));
  return problems;
}
