import type { ReactNode } from "react";
import { layerVerdictWords, type DeterminationLayer } from "../../../electron/contract/determinations.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { classes, IconSign } from "../../parts/index.ts";
import { layerLook } from "./determination-words.tsx";
import "./determinations.css";

/** So many fit into the column; what more there are is said as a number. */
const mostSteps = 5;

const stateWords: Readonly<Record<DeterminationLayer["state"], string>> = {
  waiting: "waits for its turn",
  next: "is next",
  "skip-proposed": "may be left out",
  reviewed: "reviewed",
  skipped: "left out",
};

/** "Technical review supports it", "Policy review is next". */
export function layerWords(layer: DeterminationLayer): string {
  return `${layer.name} ${layer.review === null ? stateWords[layer.state] : layerVerdictWords[layer.review.verdict]}`;
}

/** The layer at which it stands, in words; how many are behind where none is ahead. */
export function standWords(layers: readonly DeterminationLayer[]): string {
  const at = layers.find(({ state }) => state === "next" || state === "skip-proposed");
  if (at !== undefined) return layerWords(at);
  const behind = layers.filter(({ state }) => state === "reviewed" || state === "skipped").length;
  return `${String(behind)} of ${formatCounted(layers.length, "layer")} behind`;
}

/** Layers as small steps in their order, each with the sign of what became of it. */
export function LayerStrip({ layers }: { readonly layers: readonly DeterminationLayer[] }): ReactNode {
  const shown = layers.slice(0, mostSteps);
  const more = layers.length - shown.length;
  return (
    <span className="layer-strip" role="img" aria-label={layers.map(layerWords).join(", ")}>
      {shown.map((layer, place) => {
        const { tone, sign } = layerLook(layer);
        return (
          // Layers are never added, moved or taken away.
          <span key={place} className={classes("layer-step", tone, layer.state)}>
            <IconSign name={sign} size={10} />
          </span>
        );
      })}
      {more === 0 ? null : <span className="small ink3">+{more}</span>}
    </span>
  );
}
