import type { ReactNode } from "react";
import {
  layerVerdictWords,
  type Determination,
  type DeterminationLayer,
} from "../../../electron/contract/determinations.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { Button, classes, IconSign, Panel, Tag } from "../../parts/index.ts";
import { layerLook } from "../determinations/determination-words.tsx";
import { dayWords } from "../../state/time-words.ts";
import { currentLayer, type Over } from "./over.ts";

const stateWords: Readonly<Record<Exclude<DeterminationLayer["state"], "reviewed">, string>> = {
  waiting: "waits",
  next: "its turn",
  "skip-proposed": "to be left out?",
  skipped: "left out",
};

function StateTag({ layer }: { readonly layer: DeterminationLayer }): ReactNode {
  const { tone, sign } = layerLook(layer);
  const words =
    layer.review === null
      ? stateWords[layer.state === "reviewed" ? "waiting" : layer.state]
      : layerVerdictWords[layer.review.verdict];
  return (
    <Tag tone={tone} sign={sign} faint={layer.state === "waiting"}>
      {words}
    </Tag>
  );
}

function Review({ review }: Pick<DeterminationLayer, "review">): ReactNode {
  if (review === null) return null;
  const { rationale, dissent, on, by } = review;
  return (
    <>
      <p className="determination-words">{rationale}</p>
      {dissent.trim() === "" ? null : (
        <div className="determination-dissent">
          <span className="small">Dissent</span>
          <p className="determination-words">{dissent}</p>
        </div>
      )}
      <p className="small ink3">
        Reviewed on {on}, written down by {by}
      </p>
    </>
  );
}

function Skip({ skip }: Pick<DeterminationLayer, "skip">): ReactNode {
  if (skip === null) return null;
  const { reason, proposedBy, confirmedBy, at } = skip;
  return (
    <>
      <p className="determination-words">{reason}</p>
      <p className="small ink3">
        Proposed by {proposedBy}, {dayWords(at)}.{" "}
        {confirmedBy === null ? "It takes another lead to agree." : `${confirmedBy} agreed.`}
      </p>
    </>
  );
}

interface LayersPanelProps {
  readonly determination: Determination;
  readonly mayDecide: boolean;
  readonly onOver: (over: Over) => void;
}

interface ActsProps extends Omit<LayersPanelProps, "determination"> {
  readonly layer: DeterminationLayer;
  readonly place: number;
}

/** What can be done with the layer whose turn it is. */
function Acts({ layer, place, mayDecide, onOver }: ActsProps): ReactNode {
  const act = (words: string, what: "review" | "skip" | "answer-skip"): ReactNode => (
    <Button
      size="small"
      isDisabled={!mayDecide}
      onPress={() => {
        onOver({ what, layer: place });
      }}
    >
      {words}
    </Button>
  );
  return (
    <div className="row">
      {layer.state === "skip-proposed" ? act("Answer the proposal…", "answer-skip") : null}
      {act("Review…", "review")}
      {layer.state === "skip-proposed" ? null : act("Leave out…", "skip")}
    </div>
  );
}

/** Layers in the order in which they review: what each said, whose turn it is, what was left out and why. */
export function LayersPanel({ determination, mayDecide, onOver }: LayersPanelProps): ReactNode {
  const { layers } = determination;
  const current = currentLayer(determination);
  return (
    <Panel title="Layers of review" hint={`${formatCounted(layers.length, "layer")}, one after the other`} flush>
      <ol className="determination-rows">
        {layers.map((layer, place) => {
          const { tone, sign } = layerLook(layer);
          const isCurrent = current?.place === place;
          return (
            // Layers are never added, moved or taken away.
            <li key={place} className="determination-layer" aria-current={isCurrent ? "step" : undefined}>
              <span className={classes("layer-step", tone, layer.state)}>
                <IconSign name={sign} size={10} />
              </span>
              <div className="determination-row-words">
                <div className="determination-row-head">
                  <h3>
                    {place + 1}. {layer.name}
                  </h3>
                  <span className="ink3">{layer.reviewer === "" ? "no reviewer named" : layer.reviewer}</span>
                  <span className="push">
                    <StateTag layer={layer} />
                  </span>
                </div>
                <Review review={layer.review} />
                <Skip skip={layer.skip} />
                {isCurrent ? <Acts layer={layer} place={place} mayDecide={mayDecide} onOver={onOver} /> : null}
              </div>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
