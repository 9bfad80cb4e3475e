import type { FindingCard } from "../../contract/findings.ts";
import { text, type ReadModel } from "../read-model.ts";
import { keyTexts } from "./keys.ts";
import { cardOf } from "./state.ts";

/** What others wrote of a flaw, as far as it takes to hold it against the findings. */
export interface OthersFlaw {
  readonly vendor: string;
  readonly product: string;
  /** The CVE id and every other name that it goes by. */
  readonly names: readonly string[];
}

export interface KnownFinding {
  readonly finding: FindingCard;
  readonly why: "name" | "product";
}

/** Vendor and product of a deconfliction key's text. */
function productOf(key: string): string {
  return key.split("\n").slice(1, 3).join("\n");
}

function productKey({ vendor, product }: OthersFlaw): string | null {
  const one = { vendor, product, component: "", ecosystem: "", package: "", ranges: [], versions: [] };
  const [key] = keyTexts({ affected: [one], sink: "" });
  return key === undefined ? null : productOf(key);
}

/** Looks flaws of others up among the findings: by a name that both carry, or by vendor and product. */
export function knownFindings(model: ReadModel): (flaw: OthersFlaw) => KnownFinding[] {
  const byName = new Map<string, Set<string>>();
  const byProduct = new Map<string, Set<string>>();
  const add = (map: Map<string, Set<string>>, key: string, id: string): void => {
    map.set(key, (map.get(key) ?? new Set()).add(id));
  };
  for (const row of model.all("SELECT finding, kind, word FROM finding_word WHERE kind IN ('alias', 'key')")) {
    const [id, word] = [text(row, "finding"), text(row, "word")];
    if (text(row, "kind") === "alias") add(byName, word.toUpperCase(), id);
    else add(byProduct, productOf(word), id);
  }
  const cardOfId = (id: string): FindingCard[] => {
    const row = model.get("SELECT * FROM finding WHERE id = ? AND kind = 'software-vulnerability'", id);
    return row === undefined ? [] : [cardOf(row)];
  };
  return (flaw) => {
    const named = new Set(flaw.names.flatMap((name) => [...(byName.get(name.toUpperCase()) ?? [])]));
    const alike = [...(byProduct.get(productKey(flaw) ?? "") ?? [])].filter((id) => !named.has(id));
    const known = (ids: Iterable<string>, why: KnownFinding["why"]): KnownFinding[] =>
      [...ids].flatMap((id) => cardOfId(id).map((finding) => ({ finding, why })));
    return [...known(named, "name"), ...known(alike, "product")];
  };
}
