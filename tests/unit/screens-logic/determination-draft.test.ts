import { describe, expect, it } from "vitest";
import fc from "fast-check";
import {
  determinationRequests,
  type Consultation,
  type Determination,
  type DeterminationLayer,
} from "../../../electron/contract/determinations.ts";
import { layerPresets } from "../../../electron/contract/process-presets.ts";
import { currentLayer, mayAnswer, nextConsultation } from "../../../renderer/screens/determination/over.ts";
import {
  addLayer,
  changeLayer,
  draftAfter,
  emptyDraft,
  mostLayers,
  moveLayer,
  openFaults,
  openInput,
  removeLayer,
  withKind,
  type LayerDraft,
} from "../../../renderer/screens/determinations/open-draft.ts";

const openSchema = determinationRequests["determinations.open"].input;

function layer(name: string, state: DeterminationLayer["state"]): DeterminationLayer {
  return { name, reviewer: "", state, review: null, skip: null };
}

function asked(id: string, dueOn: string | null, state: Consultation["state"]): Consultation {
  const said = { on: "2026-11-20", words: "", marking: { level: "secret", suffix: "" }, by: "Ingrid Sorel" };
  const answer =
    state === "answered"
      ? ({ kind: "concur", ...said } as const)
      : state === "no-response"
        ? ({ kind: "no-response", ...said } as const)
        : null;
  return { id, body: id, person: "", askedOn: "2026-11-01", dueOn, state, answer };
}

const earlier: Determination = {
  id: "earlier",
  code: "D-0001",
  kind: "assessment",
  compartment: 4,
  modelVersion: { id: "version", words: "Meridian-2" },
  submission: { id: "heron", code: "S-0003", codename: "Heron" },
  thresholdProfile: "Cyber profile v2",
  evidence: { reportId: "report", code: "EV-2026-0002", hash: null },
  state: "in-review",
  layers: [layer("First", "skipped"), layer("Second", "next"), layer("Third", "waiting")],
  consultations: [],
  decision: null,
  supersedes: null,
  supersededBy: null,
  remarks: [],
  openedAt: 0,
  openedBy: "Ingrid Sorel",
  history: [],
};

const names = (layers: readonly LayerDraft[]): readonly string[] => layers.map(({ name }) => name);

describe("a determination as it is being opened", () => {
  it("begins with the layers of its kind, and asks for the exact version", () => {
    const draft = emptyDraft("coverage");
    expect(names(draft.layers)).toEqual(layerPresets.coverage.layers.map(({ name }) => name));
    expect(Object.keys(openFaults(draft))).toEqual(["modelVersionId"]);
    expect(openInput(draft)).toBeNull();
    expect(openInput({ ...draft, modelVersionId: "version" })).toMatchObject({ kind: "coverage", supersedes: null });
  });

  it("takes the other kind's layers, unless somebody wrote over them", () => {
    const draft = emptyDraft("coverage");
    const preset = layerPresets.assessment.layers.map(({ name }) => name);
    expect(names(withKind(draft, "assessment").layers)).toEqual(preset);
    const named = { ...draft, layers: changeLayer(draft.layers, 0, { reviewer: "Nora Falk" }) };
    expect(withKind(named, "assessment").layers).toEqual(named.layers);
    expect(withKind(named, "assessment").kind).toBe("assessment");
  });

  it("supersedes nothing of the other kind", () => {
    const draft = { ...emptyDraft("coverage"), supersedes: { id: "earlier", compartment: 4 } };
    expect(withKind(draft, "assessment").supersedes).toBeNull();
    expect(withKind(draft, "coverage").supersedes).toEqual({ id: "earlier", compartment: 4 });
  });

  it("begins as the one that it is to supersede, without its evidence, and is kept where that is", () => {
    const draft = draftAfter(earlier);
    expect(names(draft.layers)).toEqual(["First", "Second", "Third"]);
    expect(openInput(draft)).toEqual({
      kind: "assessment",
      modelVersionId: "version",
      submissionId: "heron",
      reportId: null,
      thresholdProfile: "Cyber profile v2",
      layers: ["First", "Second", "Third"].map((name) => ({ name, reviewer: "" })),
      supersedes: "earlier",
      compartment: 4,
    });
  });

  it("is kept where what it rests on is kept, and says where else only when it rests on nothing", () => {
    const draft = { ...emptyDraft("coverage"), modelVersionId: "version", compartment: 7 };
    expect(openInput(draft)?.compartment).toBe(7);
    expect(openInput({ ...draft, submissionId: "heron" })).not.toHaveProperty("compartment");
    expect(openInput({ ...draft, reportId: "report" })).not.toHaveProperty("compartment");
  });

  it("names each layer, and has one at least", () => {
    const draft = { ...emptyDraft("coverage"), modelVersionId: "version" };
    const unnamed = { ...draft, layers: changeLayer(draft.layers, 1, { name: " " }) };
    expect([...(openFaults(unnamed).layers ?? [])]).toEqual([[1, "Name the layer, or take it out."]]);
    expect(openFaults({ ...draft, layers: [] }).none).toBeDefined();
    expect(openInput(unnamed)).toBeNull();
    expect(openInput({ ...draft, layers: [] })).toBeNull();
  });

  it("keeps every layer once, whatever is added, moved and taken out, and makes requests that the contract takes", () => {
    const step = fc.record({
      what: fc.constantFrom("add" as const, "up" as const, "down" as const, "remove" as const),
      at: fc.nat({ max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        let layers: readonly LayerDraft[] = emptyDraft("coverage").layers;
        for (const { what, at } of steps) {
          const before = layers;
          const key = layers[at % Math.max(1, layers.length)]?.key ?? -1;
          if (what === "add") layers = addLayer(layers);
          else if (what === "remove") layers = removeLayer(layers, key);
          else layers = moveLayer(layers, key, what === "up" ? -1 : 1);
          const grown = { add: before.length < mostLayers ? 1 : 0, remove: key === -1 ? 0 : -1, up: 0, down: 0 };
          expect(layers).toHaveLength(before.length + grown[what]);
          expect(new Set(layers.map((one) => one.key)).size).toBe(layers.length);
        }
        const named = layers.map((one) => ({ ...one, name: `Layer ${String(one.key)}` }));
        const input = openInput({ ...emptyDraft("coverage"), modelVersionId: "version", layers: named });
        expect(input === null).toBe(named.length === 0);
        if (input !== null) expect(openSchema.parse(input).layers.map(({ name }) => name)).toEqual(names(named));
      }),
    );
  });

  it("moves a layer past its neighbour, and no further than the end", () => {
    const { layers } = emptyDraft("coverage");
    const [first, second, third] = names(layers);
    expect(names(moveLayer(layers, 0, 1))).toEqual([second, first, third]);
    expect(moveLayer(layers, 0, -1)).toEqual(layers);
    expect(moveLayer(layers, 2, 1)).toEqual(layers);
  });
});

describe("what comes next in a determination", () => {
  it("is the layer whose turn it is, also where somebody would leave it out, until it is decided", () => {
    expect(currentLayer(earlier)?.place).toBe(1);
    const proposed = { ...earlier, layers: [layer("First", "reviewed"), layer("Second", "skip-proposed")] };
    expect(currentLayer(proposed)?.layer.name).toBe("Second");
    expect(currentLayer({ ...earlier, state: "superseded" })).toBeNull();
    expect(currentLayer({ ...earlier, state: "ready", layers: [layer("First", "reviewed")] })).toBeNull();
  });

  it("is the answer that is due first; those without a day come last, those that are answered not at all", () => {
    const consultations = [
      asked("none", null, "outstanding"),
      asked("later", "2026-12-10", "outstanding"),
      asked("overdue", "2026-11-10", "overdue"),
      asked("done", "2026-11-01", "answered"),
    ];
    expect(nextConsultation({ ...earlier, consultations })?.id).toBe("overdue");
    expect(nextConsultation({ ...earlier, consultations: consultations.slice(0, 1) })?.id).toBe("none");
    expect(nextConsultation({ ...earlier, consultations: consultations.slice(3) })).toBeNull();
  });

  it("takes an answer after all from whoever did not answer by the date, and no second one from others", () => {
    expect(mayAnswer(asked("silent", "2026-11-01", "no-response"))).toBe(true);
    expect(mayAnswer(asked("done", "2026-11-01", "answered"))).toBe(false);
  });
});
