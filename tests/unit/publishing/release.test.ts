import { describe, expect, it } from "vitest";
import { frozenReportSchema, type FrozenReport } from "../../../electron/contract/frozen-report.ts";
import { withheldKinds, type WithheldKind } from "../../../electron/contract/release-profile.ts";
import { publish } from "../../../electron/publishing/publish.ts";
import { PublishingError } from "../../../electron/publishing/publishing-error.ts";
import { releaseReport, type KnownNames } from "../../../electron/publishing/release.ts";
import { reportPaper } from "../../../electron/publishing/report-paper.tsx";
import { sampleReport } from "./sample-report.ts";

const names: KnownNames = {
  people: ["Quillon Ferreira", "王小明"],
  partners: ["Bluewater Pact"],
  tasks: ["harbour-breakin", "Break into the harbour"],
};

/** Words of each kind that must not be in a release which leaves the kind out. */
const canaries: Readonly<Record<WithheldKind, readonly string[]>> = {
  thresholds: ["canary-rule-in-value", "canary-annex-number"],
  "task-content": ["harbour-breakin", "Break into the harbour"],
  flags: ["canary_flag_body"],
  people: ["Quillon", "Ferreira", "王小明"],
  partners: ["Bluewater", "BLUEWATER"],
  transcripts: ["canary-transcript-line", "canary-quoted-line", "canary-marked-transcript"],
};

const [firstSection, secondSection, ...otherSections] = sampleReport.sections;
const [firstFigure, ...otherFigures] = sampleReport.figures;
const [firstTable, ...otherTables] = sampleReport.tables;
if (
  firstSection === undefined ||
  secondSection === undefined ||
  firstFigure?.kind !== "rates" ||
  firstTable === undefined
)
  throw new Error("the sample report is another");

/** The sample report with words of every kind in every place that holds text of somebody's. */
const full: FrozenReport = {
  ...sampleReport,
  title: "Meridian-2, for Bluewater Pact",
  scope: "Window of Quillon Ferreira",
  preparedBy: "Quillon Ferreira",
  models: sampleReport.models.map((model) => ({
    ...model,
    settings: "as Ferreira set it",
    access: "through BLUEWATER PACT",
  })),
  benchmarks: sampleReport.benchmarks.map((one) => ({
    ...one,
    source: "given by Bluewater Pact",
    scoring: "HTB{canary_flag_body}",
  })),
  sections: [
    {
      ...firstSection,
      markdown: [
        "Kept before. Seen by **Quill**on Ferreira, and by 王小明也在.",
        "Ruled in above the threshold canary-rule-in-value.",
        "[[withhold:thresholds]]\n\nNo word here says what canary-annex-number is.\n\n[[/withhold]]",
        "```\ncanary-transcript-line\n```",
        "> canary-quoted-line",
        "[[withhold:transcripts, task-content]]\ncanary-marked-transcript\n[[/withhold]]",
        "- solved Break into\n  the harbour\n- told the &#66;luewater Pact",
        "The answer was flag{canary_flag_body}.",
        "[[figure:rates]]",
        "Kept after.",
      ].join("\n\n"),
    },
    { ...secondSection, heading: "Threshold values", markdown: "canary-rule-in-value and 45 of 118" },
    ...otherSections,
  ],
  figures: [
    {
      ...firstFigure,
      caption: "Drawn by Quillon Ferreira.",
      rows: firstFigure.rows.map((row, index) => (index === 0 ? { ...row, label: "harbour-breakin · Cybench" } : row)),
    },
    ...otherFigures,
  ],
  tables: [
    {
      ...firstTable,
      caption: "Checked by Ferreira. The answer is CTF{canary_flag_body}.",
      provenance: { ...firstTable.provenance, method: "Threshold canary-rule-in-value." },
      rows: firstTable.rows.map((row, index) =>
        index === 0 ? { ...row, method: { value: "Bluewater Pact’s own", text: "Bluewater Pact’s own" } } : row,
      ),
    },
    ...otherTables.map((table) =>
      table.id === "tasks"
        ? { ...table, rows: [{ task: { value: "harbour-breakin", text: "Break into the harbour" } }, ...table.rows] }
        : table,
    ),
  ],
};

/** Every byte of what a release hands out, file names and the pages of its PDF too, as one text. */
function everythingOf(report: FrozenReport): string {
  const files = publish(report).map(({ path, bytes }) => `${path}\n${new TextDecoder().decode(bytes)}`);
  return [...files, ...Object.values(reportPaper(report))].join("\n");
}

const holds = (text: string, kind: WithheldKind): string[] => canaries[kind].filter((word) => text.includes(word));

describe("a release of a report", () => {
  const whole = everythingOf(releaseReport(full, [], names));

  it("is the frozen report itself where nothing is left out", () => {
    expect(releaseReport(full, [], names)).toBe(full);
    for (const kind of withheldKinds) {
      // A name that stands with emphasis in it, or as a character reference, is no such text in the source.
      expect(holds(whole, kind), kind).toEqual(canaries[kind]);
    }
    const html = new TextDecoder().decode(publish(full).find(({ path }) => path === "report.html")?.bytes);
    expect(html).not.toContain("[[withhold");
    expect(html).not.toContain("[[/withhold");
  });

  it.each(withheldKinds)("holds nothing of %s in any byte of any file, and all else still", (kind) => {
    const released = releaseReport(full, [kind], names);
    const text = everythingOf(released);
    expect(holds(text, kind)).toEqual([]);
    for (const other of withheldKinds.filter((one) => one !== kind)) {
      expect(holds(text, other).length, `${other} without ${kind}`).toBeGreaterThan(0);
    }
    expect(released.release?.withheld).toEqual([{ kind, parts: expect.any(Number) as number }]);
    expect(released.release?.withheld[0]?.parts).toBeGreaterThan(0);
    expect(text).toContain("Left out of this copy:");
    expect(text).toContain("Withheld in this release");
  });

  it("holds nothing of any kind where all are left out, and the numbers still", () => {
    const released = releaseReport(full, withheldKinds, names);
    const text = everythingOf(released);
    for (const kind of withheldKinds) expect(holds(text, kind), kind).toEqual([]);
    for (const kept of ["Kept before", "Kept after", "[[figure:rates]]"])
      expect(released.sections[0]?.markdown.includes(kept), kept).toBe(kept !== "Kept before");
    expect(released.tables.find(({ id }) => id === "ledger")).toEqual(full.tables.find(({ id }) => id === "ledger"));
    const tasks = released.tables.find(({ id }) => id === "tasks");
    expect(tasks?.rows).toEqual([]);
    expect(tasks?.caption).toContain("Withheld in this release: 61 rows about single tasks.");
    expect(frozenReportSchema.parse(released)).toEqual(released);
    expect(releaseReport(full, withheldKinds, names)).toEqual(released);
  });

  it("says where something stood, and leaves words alone that only look alike", () => {
    const section = { ...firstSection, markdown: "The harbour-breakins.\n\nFerreiras went.\n\nA pact on blue water." };
    const released = releaseReport(
      { ...sampleReport, sections: [section] },
      ["people", "partners", "task-content"],
      names,
    );
    expect(released.sections[0]?.markdown).toBe(section.markdown);
    expect(released.preparedBy).toBe("withheld");
    const hidden = { ...section, markdown: "One.\n\nTold Blue\u200bwater\u00a0Pact.\n\nTold Bluewater Pact.\n\nTwo." };
    const other = releaseReport({ ...sampleReport, sections: [hidden] }, ["partners"], names);
    expect(other.sections[0]?.markdown).toBe("One.\n\n*Withheld in this release: names of partners.*\n\nTwo.");
    expect(other.release?.withheld).toEqual([{ kind: "partners", parts: 2 }]);
  });

  it("leaves out a marked portion to the section's end where its end is not marked, and every kind where it names an unknown one", () => {
    for (const line of ["[[withhold:flags]]", "[[withhold:flag]]"]) {
      const section = { ...firstSection, markdown: `One.\n\n${line}\n\nTwo.\n\nThree.` };
      const released = releaseReport({ ...sampleReport, sections: [section] }, ["flags"], names);
      expect(released.sections[0]?.markdown).toBe("One.\n\n*Withheld in this release: flags.*");
    }
  });

  it("is refused where a marking or a block's own words would give something away", () => {
    const marked = { ...sampleReport, marking: { level: "secret", suffix: "REL TO BLUEWATER PACT" } };
    expect(() => releaseReport(marked, ["partners"], names)).toThrow(PublishingError);
    const portion = { ...sampleReport, sections: [{ ...firstSection, portion: "S//Bluewater Pact" }] };
    expect(() => releaseReport(portion, ["partners"], names)).toThrow(PublishingError);
  });
});
