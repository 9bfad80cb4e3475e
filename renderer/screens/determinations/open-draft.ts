import type { Determination, DeterminationKind } from "../../../electron/contract/determinations.ts";
import type { RequestInput } from "../../../electron/contract/index.ts";
import { layerPresets } from "../../../electron/contract/process-presets.ts";

export interface LayerDraft {
  /** Tells rows apart while they are moved; never leaves the page. */
  readonly key: number;
  readonly name: string;
  readonly reviewer: string;
}

/** A determination as it is being opened. */
export interface OpenDraft {
  readonly kind: DeterminationKind;
  readonly modelVersionId: string | null;
  readonly submissionId: string | null;
  readonly reportId: string | null;
  readonly thresholdProfile: string;
  readonly layers: readonly LayerDraft[];
  /** The one that it is to supersede, with the compartment in which both are kept. */
  readonly supersedes: { readonly id: string; readonly compartment: number } | null;
  /** null: where what it rests on is kept. */
  readonly compartment: number | null;
}

export const mostLayers = 50;

function numbered(layers: readonly Omit<LayerDraft, "key">[]): LayerDraft[] {
  return layers.map(({ name, reviewer }, key) => ({ key, name, reviewer }));
}

/** What one of that kind begins with; the layers of the preset are written over. */
export function emptyDraft(kind: DeterminationKind): OpenDraft {
  return {
    kind,
    modelVersionId: null,
    submissionId: null,
    reportId: null,
    thresholdProfile: "",
    layers: numbered(layerPresets[kind].layers),
    supersedes: null,
    compartment: null,
  };
}

/** What one begins with that is to supersede another: the same model version, submission, profile and layers. */
export function draftAfter(earlier: Determination): OpenDraft {
  const { id, kind, compartment, modelVersion, submission, thresholdProfile, layers } = earlier;
  return {
    ...emptyDraft(kind),
    modelVersionId: modelVersion.id,
    submissionId: submission?.id ?? null,
    thresholdProfile,
    layers: numbered(layers),
    supersedes: { id, compartment },
  };
}

function isPreset({ kind, layers }: OpenDraft): boolean {
  const preset = layerPresets[kind].layers;
  return (
    preset.length === layers.length &&
    layers.every(({ name, reviewer }, place) => name === preset[place]?.name && reviewer === preset[place].reviewer)
  );
}

/** The other kind: with its own layers, unless somebody wrote over them; it supersedes nothing of the first kind. */
export function withKind(draft: OpenDraft, kind: DeterminationKind): OpenDraft {
  if (kind === draft.kind) return draft;
  const layers = isPreset(draft) ? numbered(layerPresets[kind].layers) : draft.layers;
  return { ...draft, kind, layers, supersedes: null };
}

export function addLayer(layers: readonly LayerDraft[]): readonly LayerDraft[] {
  if (layers.length >= mostLayers) return layers;
  return [...layers, { key: 1 + Math.max(-1, ...layers.map(({ key }) => key)), name: "", reviewer: "" }];
}

export function removeLayer(layers: readonly LayerDraft[], key: number): readonly LayerDraft[] {
  return layers.filter((layer) => layer.key !== key);
}

/** @param by -1: one earlier, 1: one later; the first and the last stay where they are */
export function moveLayer(layers: readonly LayerDraft[], key: number, by: -1 | 1): readonly LayerDraft[] {
  const from = layers.findIndex((layer) => layer.key === key);
  const [one, other] = [layers[from], layers[from + by]];
  if (one === undefined || other === undefined) return layers;
  return layers.map((layer) => (layer === one ? other : layer === other ? one : layer));
}

export function changeLayer(
  layers: readonly LayerDraft[],
  key: number,
  to: Partial<Pick<LayerDraft, "name" | "reviewer">>,
): readonly LayerDraft[] {
  return layers.map((layer) => (layer.key === key ? { ...layer, ...to } : layer));
}

export interface OpenFaults {
  readonly modelVersionId?: string;
  /** By the layer's key. */
  readonly layers?: ReadonlyMap<number, string>;
  readonly none?: string;
}

/** What is missing, by field; empty where it can be opened. */
export function openFaults({ modelVersionId, layers }: OpenDraft): OpenFaults {
  const unnamed = layers.filter(({ name }) => name.trim() === "");
  return {
    ...(modelVersionId === null ? { modelVersionId: "Choose the exact version that it is over." } : {}),
    ...(unnamed.length === 0
      ? {}
      : { layers: new Map(unnamed.map(({ key }) => [key, "Name the layer, or take it out."])) }),
    ...(layers.length === 0 ? { none: "At least one layer reviews it." } : {}),
  };
}

/** The request that it makes; null while something is missing. */
export function openInput(draft: OpenDraft): RequestInput<"determinations.open"> | null {
  const { kind, modelVersionId, submissionId, reportId, thresholdProfile, layers, supersedes } = draft;
  if (modelVersionId === null || Object.keys(openFaults(draft)).length > 0) return null;
  // What rests on a submission or a report is kept with it: the service sees to that.
  const rests = submissionId !== null || reportId !== null;
  const compartment = supersedes?.compartment ?? (rests ? null : draft.compartment);
  return {
    kind,
    modelVersionId,
    submissionId,
    reportId,
    thresholdProfile: thresholdProfile.trim(),
    layers: layers.map(({ name, reviewer }) => ({ name: name.trim(), reviewer: reviewer.trim() })),
    supersedes: supersedes?.id ?? null,
    ...(compartment === null ? {} : { compartment }),
  };
}
