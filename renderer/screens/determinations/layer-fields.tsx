import { useRef, type ReactNode } from "react";
import { Button, IconButton, TextField } from "../../parts/index.ts";
import { addLayer, changeLayer, moveLayer, mostLayers, removeLayer, type LayerDraft } from "./open-draft.ts";

interface LayerFieldsProps {
  readonly layers: readonly LayerDraft[];
  readonly onChange: (layers: readonly LayerDraft[]) => void;
  /** By the layer's key. */
  readonly faults: ReadonlyMap<number, string> | undefined;
  readonly none: string | undefined;
}

interface RowProps extends Pick<LayerFieldsProps, "layers" | "onChange"> {
  readonly layer: LayerDraft;
  readonly place: number;
  readonly fault: string | undefined;
}

function LayerRow({ layer, place, layers, onChange, fault }: RowProps): ReactNode {
  const { key, name, reviewer } = layer;
  const number = String(place + 1);
  const called = name.trim() === "" ? `layer ${number}` : name;
  return (
    <div className="determinations-layer" role="group" aria-label={`Layer ${number}`}>
      <span className="determinations-layer-number">{number}</span>
      <TextField
        label={`Name of layer ${number}`}
        hideLabel
        value={name}
        onChange={(next) => {
          onChange(changeLayer(layers, key, { name: next }));
        }}
        placeholder="Name of the layer"
        maxLength={200}
        error={fault}
      />
      <TextField
        label={`Reviewer of layer ${number}`}
        hideLabel
        value={reviewer}
        onChange={(next) => {
          onChange(changeLayer(layers, key, { reviewer: next }));
        }}
        placeholder="Who reviews it"
        maxLength={1_000}
      />
      <span className="determinations-layer-acts">
        <IconButton
          sign="up"
          label={`Move ${called} earlier`}
          isDisabled={place === 0}
          onPress={() => {
            onChange(moveLayer(layers, key, -1));
          }}
        />
        <IconButton
          sign="down"
          label={`Move ${called} later`}
          isDisabled={place === layers.length - 1}
          onPress={() => {
            onChange(moveLayer(layers, key, 1));
          }}
        />
        <IconButton
          sign="close"
          label={`Take out ${called}`}
          onPress={() => {
            onChange(removeLayer(layers, key));
          }}
        />
      </span>
    </div>
  );
}

/** Layers in the order in which they review; whoever reviews one need not be a member of the vault. */
export function LayerFields({ layers, onChange, faults, none }: LayerFieldsProps): ReactNode {
  const list = useRef<HTMLFieldSetElement>(null);
  const add = (): void => {
    onChange(addLayer(layers));
    // The new row is there after the next drawing; what is typed next goes into it.
    requestAnimationFrame(() => {
      const rows = list.current?.querySelectorAll(".determinations-layer");
      rows
        ?.item(rows.length - 1)
        .querySelector("input")
        ?.focus();
    });
  };
  return (
    <fieldset className="determinations-layers" ref={list}>
      <legend className="field-label">Layers of review, in their order</legend>
      <p className="small ink3">Names are a beginning: write over them. Each waits for the one before it.</p>
      {layers.map((layer, place) => (
        <LayerRow
          key={layer.key}
          layer={layer}
          place={place}
          layers={layers}
          onChange={onChange}
          fault={faults?.get(layer.key)}
        />
      ))}
      {none === undefined ? null : (
        <p className="field-error" role="alert">
          {none}
        </p>
      )}
      <div className="row">
        <Button size="small" sign="plus" isDisabled={layers.length >= mostLayers} onPress={add}>
          Add a layer
        </Button>
      </div>
    </fieldset>
  );
}
