import { severityScaleSchema, type SeverityScale } from "../../contract/finding-fields.ts";
import { defineEvent } from "../event.ts";
import { text, type ReadModel } from "../read-model.ts";

/** Scales of severity that are not CVSS: what the app comes with, and what a team made of it. */

const threeLevels = [
  { id: "low", words: "Low" },
  { id: "medium", words: "Medium" },
  { id: "high", words: "High" },
];

/** To begin with; a team changes it under the same id, or adds its own. */
export const givenScales: readonly SeverityScale[] = [
  {
    id: "safeguard-weakness",
    name: "Safeguard weakness",
    levels: [
      { id: "minor", words: "Minor: a nuisance, or known already", severity: "low" },
      { id: "notable", words: "Notable: to be mended in the ordinary course", severity: "medium" },
      { id: "serious", words: "Serious: to be mended before release", severity: "high" },
      { id: "grave", words: "Grave: to be told at once", severity: "critical" },
    ],
    dimensions: [
      { id: "uplift", words: "What it adds to what somebody could do without the model", levels: threeLevels },
      { id: "reach", words: "How many could make use of it", levels: threeLevels },
      { id: "effort", words: "Effort that it takes", levels: threeLevels },
      { id: "reliability", words: "How reliably it works", levels: threeLevels },
    ],
  },
];

export const scaleTables = ["CREATE TABLE severity_scale (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT"];

export const scaleSaved = defineEvent({
  type: "finding.scale-saved",
  v: 1,
  body: severityScaleSchema,
  roles: ["lead"],
  home: "shared",
  refusal: (_, { levels, dimensions }) => {
    const lists = [levels, dimensions, ...dimensions.map((one) => one.levels)];
    const isTwice = lists.some((list) => new Set(list.map(({ id }) => id)).size !== list.length);
    return isTwice ? "it names a level or a dimension twice" : null;
  },
  fold: ({ model }, body) => {
    model.run("INSERT OR REPLACE INTO severity_scale VALUES (?, ?)", body.id, JSON.stringify(body));
  },
  words: (_, body) => `Scale of severity ${body.name} saved`,
  about: (body) => body.id,
});

/** All scales: those that the app comes with as the team changed them, then the team's own. */
export function listScales(model: ReadModel): SeverityScale[] {
  const saved = model
    .all("SELECT body FROM severity_scale ORDER BY id")
    .map((row) => severityScaleSchema.parse(JSON.parse(text(row, "body"))));
  const given = givenScales.map((one) => saved.find(({ id }) => id === one.id) ?? one);
  return [...given, ...saved.filter(({ id }) => !givenScales.some((one) => one.id === id))];
}
