import { field, listField, textField } from "../json/fields.ts";

/** A product that a CSAF document names, by what stands above it in the product tree. */
export interface NamedProduct {
  readonly vendor: string;
  readonly product: string;
  readonly component: string | null;
  /** Version or range; "" where the tree names none. */
  readonly version: string;
}

interface Above {
  readonly vendor: string;
  readonly product: string;
  readonly version: string;
}

function below(above: Above, category: string | null, name: string): Above {
  if (category === "vendor") return { ...above, vendor: name };
  if (category === "product_name") return { ...above, product: name };
  return category === "product_version" || category === "product_version_range" ? { ...above, version: name } : above;
}

/** Recursion is bounded: a file that nests deeper than the limit is refused before. */
function walk(branches: readonly unknown[], above: Above, found: Map<string, NamedProduct>): void {
  for (const branch of branches) {
    const here = below(above, textField(branch, "category", 100), textField(branch, "name", 1000) ?? "");
    addProduct(field(branch, "product"), here, found);
    walk(listField(branch, "branches"), here, found);
  }
}

function addProduct(product: unknown, above: Above, found: Map<string, NamedProduct>): void {
  const id = textField(product, "product_id", 1000);
  if (id === null) return;
  const name = above.product === "" ? (textField(product, "name", 1000) ?? "") : above.product;
  found.set(id, { vendor: above.vendor, product: name, component: null, version: above.version });
}

/** "X as a component of Y" is Y with the component X; any other relation keeps what it is installed on. */
function addRelationship(relationship: unknown, found: Map<string, NamedProduct>): void {
  const id = textField(field(relationship, "full_product_name"), "product_id", 1000);
  const part = found.get(textField(relationship, "product_reference", 1000) ?? "");
  const whole = found.get(textField(relationship, "relates_to_product_reference", 1000) ?? "");
  if (id === null || part === undefined || whole === undefined) return;
  const isPart = (textField(relationship, "category", 100) ?? "").endsWith("component_of");
  found.set(id, isPart ? { ...whole, component: part.product } : part);
}

/** Every product id of a document and what it stands for. */
export function namedProducts(document: unknown): Map<string, NamedProduct> {
  const found = new Map<string, NamedProduct>();
  const tree = field(document, "product_tree");
  const nothing: Above = { vendor: "", product: "", version: "" };
  for (const product of listField(tree, "full_product_names")) addProduct(product, nothing, found);
  walk(listField(tree, "branches"), nothing, found);
  for (const relationship of listField(tree, "relationships")) addRelationship(relationship, found);
  return found;
}
