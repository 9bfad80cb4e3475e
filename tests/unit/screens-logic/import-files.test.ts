import { describe, expect, it } from "vitest";
import type { MetricVerdict } from "../../../electron/contract/attempt.ts";
import type { ImportedFile, ImportReport, ImportStatus } from "../../../electron/contract/importing.ts";
import {
  agreement,
  errorsFirst,
  filesThatFit,
  lostCount,
  metricLines,
  onlyTable,
  tablesOf,
  withTaken,
} from "../../../renderer/screens/import/import-files.ts";

function file(name: string, status: ImportStatus, given: Partial<ImportedFile> = {}): ImportedFile {
  const nothing = { folder: "", sha256: "", part: "", run: null, task: null, model: null, attempts: 0 };
  return { file: name, status, ...nothing, lost: [], reason: null, metrics: [], into: null, handle: null, ...given };
}

function metric(name: string, verdict: MetricVerdict): ImportedFile["metrics"][number] {
  return { scorer: "s", reducer: null, metric: name, logged: 1, recomputed: 1, verdict, reason: null };
}

const none = {
  ...{ imported: 0, salvaged: 0, duplicate: 0, merged: 0 },
  ...{ "part-of": 0, table: 0, "not-a-log": 0, refused: 0 },
};

function report(files: ImportedFile[], sums: Partial<ImportReport["sums"]> = {}): ImportReport {
  const byStatus = { ...none };
  for (const { status } of files) byStatus[status] += 1;
  return {
    id: "import-1",
    at: 0,
    cancelled: false,
    files,
    sums: { files: files.length, byStatus, runs: 0, attempts: 0, ...sums },
  };
}

describe("an import's report", () => {
  it("puts what needs a look first, and a log whose numbers differ before those that match", () => {
    const files = [
      file("known", "duplicate"),
      file("whole", "imported", { metrics: [metric("accuracy", "matches")] }),
      file("differs", "imported", { metrics: [metric("accuracy", "differs")] }),
      file("cut", "salvaged"),
      file("readme", "not-a-log"),
      file("table", "table"),
      file("bad", "refused"),
    ];
    const order = ["bad", "table", "cut", "differs", "whole", "known", "readme"];
    expect(errorsFirst(files).map((one) => one.file)).toEqual(order);
    expect(files[0]?.file).toBe("known");
  });

  it("counts what was lost, also where nobody can say how much", () => {
    const lost = [
      { what: "samples", count: 2, reason: "cut off" },
      { what: "events", count: 0, reason: "unreadable" },
    ];
    expect(lostCount(file("a", "salvaged", { lost }))).toBe(3);
    expect(lostCount(file("a", "imported"))).toBe(0);
  });

  it("finds files by status and by words of name, folder, task and model", () => {
    const files = [
      file("a.eval", "imported", { folder: "autumn", task: "cybench", model: "x/Meridian" }),
      file("b.eval", "refused", { folder: "autumn" }),
    ];
    const found = (status: ImportStatus | "any", words: string) =>
      filesThatFit(files, { status, words }).map((one) => one.file);
    expect(found("any", "")).toEqual(["a.eval", "b.eval"]);
    expect(found("any", "autumn meridian")).toEqual(["a.eval"]);
    expect(found("refused", "autumn")).toEqual(["b.eval"]);
    expect(found("refused", "cybench")).toEqual([]);
  });

  it("sums the verdicts by metric, those that differ first", () => {
    const lines = metricLines([
      file("a", "imported", { metrics: [metric("accuracy", "matches"), metric("stderr", "differs")] }),
      file("b", "imported", { metrics: [{ ...metric("accuracy", "matches"), reducer: "mean" }] }),
      file("c", "imported", { metrics: [metric("accuracy", "random")] }),
    ]);
    expect(lines.map((line) => [line.metric, line.logs, line.verdicts.matches])).toEqual([
      ["stderr", 1, 0],
      ["accuracy", 2, 1],
      ["accuracy / mean", 1, 1],
    ]);
    expect(agreement(lines)).toEqual({ agreeing: 2, all: 4 });
  });

  it("knows the tables that wait, and whether there was nothing but one", () => {
    const table = file("t.csv", "table", { handle: "file-12345678" });
    expect(tablesOf(report([table, file("a", "imported")]))).toEqual([{ handle: "file-12345678", name: "t.csv" }]);
    expect(onlyTable(report([table]))).toEqual({ handle: "file-12345678", name: "t.csv" });
    expect(onlyTable(report([table, file("a", "refused")]))).toBeNull();
    expect(onlyTable(report([file("a", "refused")]))).toBeNull();
  });

  it("puts what became of a table in its place, and counts it anew", () => {
    const table = file("t.csv", "table", { handle: "file-12345678" });
    const before = report([file("a", "imported"), table]);
    const taken = report([file("t.csv", "salvaged", { run: "run-9", attempts: 3 })]);
    const after = withTaken(before, "file-12345678", taken);
    expect(after.files.map((one) => one.status)).toEqual(["imported", "salvaged"]);
    expect(after.sums.byStatus).toEqual({ ...none, imported: 1, salvaged: 1 });
    expect(before.sums.byStatus.table).toBe(1);
    expect(withTaken(before, "file-none", taken)).toBe(before);
  });
});
