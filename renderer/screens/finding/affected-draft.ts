import type { Affected } from "../../../electron/contract/finding-fields.ts";
import { versionsOf } from "../findings/record-draft.ts";

/** An affected product as it is typed: versions as a line, ends of ranges as text. */
export interface ProductDraft extends Omit<Affected, "ranges" | "versions"> {
  readonly versions: string;
  readonly ranges: readonly {
    readonly introduced: string;
    readonly fixed: string;
    readonly lastAffected: string;
  }[];
}

type RangeDraft = ProductDraft["ranges"][number];

export const emptyRange: RangeDraft = { introduced: "0", fixed: "", lastAffected: "" };
export const newProduct: ProductDraft = {
  ...{ vendor: "", product: "", component: "", ecosystem: "", package: "" },
  ...{ versions: "", ranges: [] },
};

export function typedProduct({ ranges, versions, ...names }: Affected): ProductDraft {
  return {
    ...names,
    versions: versions.join(", "),
    ranges: ranges.map(({ introduced, fixed, lastAffected }) => ({
      introduced,
      fixed: fixed ?? "",
      lastAffected: lastAffected ?? "",
    })),
  };
}

/** What is wrong with a range; null where nothing is. */
export function rangeFault({ fixed, lastAffected }: RangeDraft): string | null {
  return fixed.trim() !== "" && lastAffected.trim() !== "" ? "One end only: first fixed, or last affected." : null;
}

function orNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

/** The product as it is kept; null where nothing was typed. A range without a beginning begins with the first version. */
export function keptProduct(draft: ProductDraft): Affected | null {
  const names = {
    ...{ vendor: draft.vendor.trim(), product: draft.product.trim(), component: draft.component.trim() },
    ...{ ecosystem: draft.ecosystem.trim(), package: draft.package.trim() },
  };
  const versions = versionsOf(draft.versions).slice(0, 200);
  const ranges = draft.ranges.map(({ introduced, fixed, lastAffected }) => ({
    introduced: orNull(introduced) ?? "0",
    fixed: orNull(fixed),
    lastAffected: orNull(lastAffected),
  }));
  const isEmpty = Object.values(names).every((name) => name === "") && versions.length === 0 && ranges.length === 0;
  return isEmpty ? null : { ...names, ranges, versions };
}

/** Versions in words: "from 1.2.0 before 2.0.1", "2.0.0". */
export function versionWords({ ranges, versions }: Pick<Affected, "ranges" | "versions">): string[] {
  const said = ranges.map(({ introduced, fixed, lastAffected }) => {
    const from = introduced === "0" ? "from the first version" : `from ${introduced}`;
    if (fixed !== null) return `${from}, before ${fixed}`;
    return lastAffected === null ? from : `${from} to ${lastAffected}`;
  });
  return [...said, ...versions];
}
