import { z } from "zod";

/**
 * The tests of the standard (OASIS CSAF 2.0, section 6.1) as its library carries them out: strict schema and mandatory tests
 * only. Its informative tests ask the network and start programs, so nothing here imports them. Loaded when first needed.
 */
export interface CsafTest {
  /** "schema", or the section of the standard: "6.1.27.4". */
  readonly id: string;
  run(document: unknown): unknown;
}

export type CsafVersion = "2.0" | "2.1";

function isFunction(value: unknown): value is (document: unknown) => unknown {
  return typeof value === "function";
}

/** Every test that a module of the library exports, by the section in its name. */
function testsOf(module: unknown): CsafTest[] {
  const exported = z.record(z.string(), z.unknown()).parse(module);
  return Object.entries(exported).flatMap(([name, run]) => {
    const section = /^mandatoryTest_(6_1_[\d_]+)$/.exec(name)?.[1];
    return section !== undefined && isFunction(run) ? [{ id: section.replaceAll("_", "."), run }] : [];
  });
}

function schemaTest(module: unknown, name: string): CsafTest {
  const run = z.record(z.string(), z.unknown()).parse(module)[name];
  if (!isFunction(run)) throw new Error(`The CSAF library has no ${name}`);
  return { id: "schema", run };
}

function inOrder(tests: readonly CsafTest[]): CsafTest[] {
  return [...tests].sort((a, b) => a.id.localeCompare(b.id, "en", { numeric: true }));
}

async function loadStandard(): Promise<readonly CsafTest[]> {
  const schema: unknown = await import("@secvisogram/csaf-validator-lib/schemaTests.js");
  const mandatory: unknown = await import("@secvisogram/csaf-validator-lib/mandatoryTests.js");
  return [schemaTest(schema, "csaf_2_0_strict"), ...inOrder(testsOf(mandatory))];
}

/** Sections whose test changed with 2.1, or fell away. */
const changedInDraft = new Set(["6.1.1", "6.1.6", "6.1.7", "6.1.8", "6.1.9", "6.1.10", "6.1.11", "6.1.13"]);

async function loadDraft(): Promise<readonly CsafTest[]> {
  const schema: unknown = await import("@secvisogram/csaf-validator-lib/csaf_2_1/schemaTests.js");
  const standard: unknown = await import("@secvisogram/csaf-validator-lib/mandatoryTests.js");
  const { draftTests } = await import("./draft-tests.ts");
  const kept = testsOf(standard).filter(({ id }) => !changedInDraft.has(id));
  return [schemaTest(schema, "csaf_2_1_strict"), ...inOrder([...kept, ...draftTests.flatMap(testsOf)])];
}

const loaded = new Map<CsafVersion, Promise<readonly CsafTest[]>>();

/** The strict schema first, then every mandatory test in the order of the standard. */
export function csafTests(version: CsafVersion): Promise<readonly CsafTest[]> {
  const known = loaded.get(version) ?? (version === "2.0" ? loadStandard() : loadDraft());
  loaded.set(version, known);
  return known;
}
