import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PackError, readBenchmarkPack } from "../../../electron/interchange/benchmark-pack/read-pack.ts";
import { catalog } from "../../../electron/interchange/catalog/catalog.ts";
import { catalogIds } from "../../../electron/interchange/catalog/catalog-format.ts";

function bytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
}

function refusal(value: unknown): [string, string] {
  try {
    readBenchmarkPack(bytes(value));
  } catch (error) {
    if (error instanceof PackError) return [error.code, error.params.subject];
    throw error;
  }
  return ["none", ""];
}

const pack = {
  id: "p",
  title: "P",
  source: {
    repo: "https://example.org",
    commit: "0123456789abcdef",
    commitDate: "2026-01-02",
    licence: "MIT",
    paper: ["a", "b"],
  },
  scoring: { rule: "flag match" },
  tasks: [
    {
      id: "t1",
      title: "One",
      category: "web",
      difficulty: 3,
      humanMinutes: 1.5,
      cve: null,
      cwe: "CWE-79",
      attack: ["T1", "T2"],
      points: 5,
    },
    { id: "t2" },
  ],
};

describe("benchmark packs", () => {
  it("are read with every field that the format names", () => {
    expect(readBenchmarkPack(bytes(pack))).toEqual({
      id: "p",
      title: "P",
      version: "01234567 (2026-01-02)",
      source: { repo: "https://example.org", commit: "0123456789abcdef", licence: "MIT", paper: "a, b" },
      scoring: { rule: "flag match" },
      notes: [],
      tasks: [
        {
          id: "t1",
          title: "One",
          category: "web",
          difficulty: "3",
          humanMinutes: 1.5,
          cve: null,
          cwe: ["CWE-79"],
          attack: ["T1", "T2"],
          points: 5,
          cluster: null,
        },
        {
          id: "t2",
          title: "t2",
          category: null,
          difficulty: null,
          humanMinutes: null,
          cve: null,
          cwe: [],
          attack: [],
          points: null,
          cluster: null,
        },
      ],
    });
  });

  it("leave out whatever else is in the file", () => {
    const secret = {
      ...pack,
      tasks: [{ id: "t", flag: "flag{secret}", prompt: "do it", solution: "so" }],
      canary: "c",
    };
    const text = JSON.stringify(readBenchmarkPack(bytes(secret)));
    expect(text).not.toMatch(/secret|do it|solution|canary/);
  });

  it.each([
    ["their own version", { ...pack, version: "2.1.0" }, "2.1.0"],
    ["their source's version", { ...pack, source: { ...pack.source, version: "v3" } }, "v3"],
    ["a commit without a date", { ...pack, source: { commit: "abcdefabcdef" } }, "abcdefab"],
    ["a date alone", { ...pack, source: { commitDate: "2026-01-02" } }, "2026-01-02"],
    ["nothing", { ...pack, source: null }, "unversioned"],
  ])("take %s for their version", (_name, file, version) => {
    expect(readBenchmarkPack(bytes(file)).version).toBe(version);
  });

  it.each([
    ["text that is no JSON", "hello", ["pack-invalid", "file"]],
    ["a list", [], ["pack-invalid", "the file"]],
    ["no id", { ...pack, id: undefined }, ["pack-invalid", "id"]],
    ["no tasks", { ...pack, tasks: [] }, ["pack-invalid", "tasks"]],
    ["a task without an id", { ...pack, tasks: [{ id: "a" }, {}] }, ["pack-invalid", "tasks[1].id"]],
    ["a wrong type", { ...pack, tasks: [{ id: "a", humanMinutes: "5" }] }, ["pack-invalid", "tasks[0].humanMinutes"]],
    ["a negative time", { ...pack, tasks: [{ id: "a", humanMinutes: -1 }] }, ["pack-invalid", "tasks[0].humanMinutes"]],
    ["a task twice", { ...pack, tasks: [{ id: "a" }, { id: "b" }, { id: "a" }] }, ["pack-duplicate-task", "a"]],
    ["a task twice but for spaces", { ...pack, tasks: [{ id: "a" }, { id: " a " }] }, ["pack-duplicate-task", "a"]],
  ])("are refused with %s", (_name, file, expected) => {
    expect(refusal(file)).toEqual(expected);
  });

  it("are refused when too large", () => {
    expect(() => readBenchmarkPack(new Uint8Array(33 * 1024 * 1024))).toThrow(PackError);
  });

  it("never fail in another way, whatever the file holds", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ id: fc.jsonValue(), title: fc.jsonValue(), tasks: fc.jsonValue() })),
        (value) => {
          refusal(value);
        },
      ),
    );
    fc.assert(
      fc.property(fc.uint8Array(), (noise) => {
        refusal(new TextDecoder("latin1").decode(noise));
      }),
    );
  });
});

describe("the catalog", () => {
  it("holds the public benchmarks with all their tasks", () => {
    const counts = Object.fromEntries(catalog().map((one) => [one.id, one.tasks.length]));
    expect(counts).toEqual({
      cybench: 40,
      "intercode-ctf": 100,
      "nyu-ctf-bench": 257,
      "xbow-validation": 104,
      "cve-bench": 40,
      "3cb": 11,
      autopenbench: 33,
    });
    expect(
      catalog()
        .map((one) => one.id)
        .sort(),
    ).toEqual([...catalogIds].sort());
    expect(catalog()).toBe(catalog());
  });

  it("says where each comes from, how it is scored and of which version it is", () => {
    for (const one of catalog()) {
      expect(one.source.repo, one.id).toMatch(/^https:\/\/github\.com\//);
      expect(one.source.licence, one.id).not.toBeNull();
      expect(one.scoring.rule?.length, one.id).toBeGreaterThan(20);
      expect(one.version, one.id).not.toBe("unversioned");
    }
  });

  it("has the human times that horizons are made of, and no flag", () => {
    const cybench = catalog().find((one) => one.id === "cybench");
    expect(cybench?.tasks.every((task) => task.humanMinutes !== null)).toBe(true);
    expect(Math.max(...(cybench?.tasks.map((task) => task.humanMinutes ?? 0) ?? []))).toBeCloseTo(1494.6, 1);
    expect(JSON.stringify(catalog())).not.toMatch(/flag\{|ctf\{|HTB\{/i);
  });
});
