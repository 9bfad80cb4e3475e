import type { AdvisoryProduct, AffectedVersions } from "../advisory.ts";
import { present } from "../advisory-values.ts";
import type { CsafVersion } from "./csaf-tests.ts";
import { rangeText, rangeWords } from "./vers.ts";

type Status = "first_fixed" | "fixed" | "known_affected" | "known_not_affected" | "under_investigation";
type VersionBranch = "product_version" | "product_version_range";

const statusOf: Readonly<Record<AdvisoryProduct["status"], Status>> = {
  affected: "known_affected",
  fixed: "fixed",
  "not-affected": "known_not_affected",
  "under-investigation": "under_investigation",
};

interface Leaf {
  readonly id: string;
  readonly category: VersionBranch;
  /** As machines compare it. */
  readonly name: string;
  /** With vendor and product, for people. */
  readonly fullName: string;
  readonly purl: string | null;
}

/** Vendor → product → version: each name once, however often the finding gives it. */
class ProductTree {
  readonly #vendors = new Map<string, Map<string, Map<string, Leaf>>>();
  readonly #statuses = new Map<Status, Set<string>>();
  #count = 0;

  /** The leaf of one version or range of a product, made where there is none so far. */
  leaf(product: AdvisoryProduct, versions: AffectedVersions): Leaf {
    const single = versions.kind === "version";
    const category = single ? "product_version" : "product_version_range";
    const name = single ? versions.version : rangeText(versions, product);
    const vendorName = present(product.vendor) ?? "";
    const productName = present(product.product) ?? "";
    const products = this.#vendors.get(vendorName) ?? new Map<string, Map<string, Leaf>>();
    const leaves = products.get(productName) ?? new Map<string, Leaf>();
    const key = `${category} ${name}`;
    const known = leaves.get(key);
    if (known !== undefined) return known;
    this.#count += 1;
    const id = `CSAFPID-${String(this.#count).padStart(4, "0")}`;
    const fullName = `${vendorName} ${productName} ${single ? name : rangeWords(versions)}`;
    const made: Leaf = { id, category, name, fullName, purl: purlOf(product, single ? name : null) };
    leaves.set(key, made);
    products.set(productName, leaves);
    this.#vendors.set(vendorName, products);
    return made;
  }

  state(leaf: Leaf, status: Status): void {
    const ids = this.#statuses.get(status) ?? new Set<string>();
    ids.add(leaf.id);
    this.#statuses.set(status, ids);
  }

  has(leaf: Leaf): boolean {
    return [...this.#statuses.values()].some((ids) => ids.has(leaf.id));
  }

  branches(version: CsafVersion): unknown[] {
    return [...this.#vendors].map(([vendor, products]) => ({
      category: "vendor",
      name: vendor,
      branches: [...products].map(([product, leaves]) => ({
        category: "product_name",
        name: product,
        branches: [...leaves.values()].map((leaf) => branchOf(leaf, version)),
      })),
    }));
  }

  get statuses(): Partial<Record<Status, string[]>> {
    return Object.fromEntries([...this.#statuses].map(([status, ids]) => [status, [...ids].sort()]));
  }
}

function branchOf({ id, category, name, fullName, purl }: Leaf, version: CsafVersion): unknown {
  const identified = version === "2.0" ? { purl } : { purls: [purl] };
  const helper = purl === null ? {} : { product_identification_helper: identified };
  return { category, name, product: { name: fullName, product_id: id, ...helper } };
}

function purlOf(product: AdvisoryProduct, version: string | null): string | null {
  const purl = present(product.package?.purl ?? null);
  return purl === null || version === null ? purl : `${purl}@${encodeURIComponent(version)}`;
}

function addVersions(tree: ProductTree, product: AdvisoryProduct, versions: AffectedVersions): void {
  tree.state(tree.leaf(product, versions), statusOf[product.status]);
}

/** The version that ends a range of affected ones is the first fixed one, unless something else is said of it. */
function addFirstFixed(tree: ProductTree, product: AdvisoryProduct, versions: AffectedVersions): void {
  if (product.status !== "affected" || versions.kind !== "range" || versions.fixed === null) return;
  const leaf = tree.leaf(product, { kind: "version", version: versions.fixed });
  if (!tree.has(leaf)) tree.state(leaf, "first_fixed");
}

export interface BuiltProducts {
  readonly tree: Readonly<Record<string, unknown>>;
  /** Group of statuses → ids of products. */
  readonly statuses: Readonly<Partial<Record<Status, readonly string[]>>>;
  /** The products that scores and remediations speak of: the affected ones, or all where none is. */
  readonly concerned: readonly string[];
}

/** The product tree of a document, and what is stated of each product in it. Ids count in the order of the finding. */
export function buildProducts(products: readonly AdvisoryProduct[], version: CsafVersion): BuiltProducts {
  const tree = new ProductTree();
  for (const product of products) for (const versions of product.versions) addVersions(tree, product, versions);
  for (const product of products) for (const versions of product.versions) addFirstFixed(tree, product, versions);
  const { statuses } = tree;
  const all = [...new Set(Object.values(statuses).flat())].sort();
  return {
    tree: { branches: tree.branches(version) },
    statuses,
    concerned: statuses.known_affected ?? statuses.under_investigation ?? all,
  };
}
