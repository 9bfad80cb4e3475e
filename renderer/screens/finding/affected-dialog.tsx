import { useState, type ReactNode } from "react";
import type { Affected } from "../../../electron/contract/finding-fields.ts";
import type { Finding } from "../../../electron/contract/findings.ts";
import { ActDialog, Button, IconButton, TextField } from "../../parts/index.ts";
import { emptyRange, keptProduct, newProduct, rangeFault, typedProduct, type ProductDraft } from "./affected-draft.ts";
import { useEdit } from "./use-edit.ts";

type Range = ProductDraft["ranges"][number];

interface RangeFieldsProps {
  readonly range: Range;
  readonly onChange: (range: Range) => void;
  readonly onRemove: () => void;
}

const ends = [
  { id: "introduced", label: "From", placeholder: "0: the first" },
  { id: "fixed", label: "First fixed", placeholder: "2.0.1" },
  { id: "lastAffected", label: "Or last affected", placeholder: "2.0.0" },
] as const;

function RangeFields({ range, onChange, onRemove }: RangeFieldsProps): ReactNode {
  const fault = rangeFault(range);
  return (
    <div className="finding-range">
      {ends.map(({ id, label, placeholder }) => (
        <TextField
          key={id}
          label={label}
          low
          value={range[id]}
          onChange={(version) => {
            onChange({ ...range, [id]: version });
          }}
          placeholder={placeholder}
          maxLength={200}
          error={id === "lastAffected" ? fault : null}
        />
      ))}
      <IconButton sign="close" label="Remove these versions" onPress={onRemove} />
    </div>
  );
}

const names = [
  [
    { id: "vendor", label: "Vendor", placeholder: "" },
    { id: "product", label: "Product", placeholder: "" },
    { id: "component", label: "Component", placeholder: "lib/header.c" },
  ],
  [
    { id: "ecosystem", label: "Ecosystem", placeholder: "npm, PyPI, Debian:12" },
    { id: "package", label: "Package", placeholder: "" },
    { id: "versions", label: "Single versions", placeholder: "2.0.0, 2.0.1" },
  ],
] as const;

interface ProductFieldsProps {
  readonly place: number;
  readonly product: ProductDraft;
  readonly onChange: (product: ProductDraft) => void;
  readonly onRemove: () => void;
}

function ProductFields({ place, product, onChange, onRemove }: ProductFieldsProps): ReactNode {
  const { ranges } = product;
  return (
    <fieldset className="finding-product">
      <legend>Product {place + 1}</legend>
      {names.map((row) => (
        <div key={row[0].id} className="row even finding-top">
          {row.map(({ id, label, placeholder }) => (
            <TextField
              key={id}
              label={label}
              optional
              value={product[id]}
              onChange={(text) => {
                onChange({ ...product, [id]: text });
              }}
              placeholder={placeholder}
              maxLength={id === "versions" ? 5_000 : 200}
            />
          ))}
        </div>
      ))}
      {ranges.map((range, at) => (
        <RangeFields
          key={`range ${String(at)}`}
          range={range}
          onChange={(next) => {
            onChange({ ...product, ranges: ranges.map((one, other) => (other === at ? next : one)) });
          }}
          onRemove={() => {
            onChange({ ...product, ranges: ranges.filter((_, other) => other !== at) });
          }}
        />
      ))}
      <div className="row">
        <Button
          size="small"
          sign="plus"
          onPress={() => {
            onChange({ ...product, ranges: [...ranges, emptyRange] });
          }}
        >
          A range of versions
        </Button>
        <span className="push">
          <Button size="small" variant="quiet" onPress={onRemove}>
            Remove the product
          </Button>
        </span>
      </div>
    </fieldset>
  );
}

/** Changes which products and versions are affected. */
export function AffectedDialog({
  finding,
  onClose,
}: {
  readonly finding: Finding;
  readonly onClose: () => void;
}): ReactNode {
  const [products, setProducts] = useState<readonly ProductDraft[]>(() => {
    const typed = finding.fields.affected.map(typedProduct);
    return typed.length === 0 ? [newProduct] : typed;
  });
  const edit = useEdit(finding);
  const isUnfit = products.some(({ ranges }) => ranges.some((range) => rangeFault(range) !== null));
  const submit = async (): Promise<void> => {
    const affected: Affected[] = products.flatMap((product) => keptProduct(product) ?? []);
    if (!isUnfit && (await edit.keep({ affected }))) onClose();
  };
  return (
    <ActDialog
      title={`What ${finding.code} affects`}
      size="large"
      act="Keep the products"
      command={edit}
      onAct={() => void submit()}
      onClose={onClose}
    >
      {products.map((product, place) => (
        <ProductFields
          key={`product ${String(place)}`}
          place={place}
          product={product}
          onChange={(next) => {
            setProducts(products.map((one, at) => (at === place ? next : one)));
          }}
          onRemove={() => {
            setProducts(products.filter((_, at) => at !== place));
          }}
        />
      ))}
      <div className="row">
        <Button
          size="small"
          sign="plus"
          isDisabled={products.length >= 20}
          onPress={() => {
            setProducts([...products, newProduct]);
          }}
        >
          Another product
        </Button>
      </div>
      <p className="small ink3">
        Vendor, product and component make the key by which findings of the same flaw are told.
      </p>
    </ActDialog>
  );
}
