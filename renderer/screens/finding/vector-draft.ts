import type { RequestOutput } from "../../../electron/contract/index.ts";

export type CvssVersion = "4.0" | "3.1";
type Choices = RequestOutput<"findings.cvssMetrics">;

/** Metrics of a vector by id; what cannot be read of it is left out. */
export function metricsOf(vector: string): ReadonlyMap<string, string> {
  const pairs = vector.trim().split("/").slice(1);
  return new Map(
    pairs.flatMap((pair) => {
      const [id = "", value = ""] = pair.split(":");
      return id === "" || value === "" ? [] : [[id, value] as const];
    }),
  );
}

/** The vector with one metric said; "" takes it out. Metrics stand in the standard's order. */
export function vectorWith(
  vector: string,
  { version, choices }: { readonly version: CvssVersion; readonly choices: Choices },
  [id, value]: readonly [id: string, value: string],
): string {
  const metrics = new Map(metricsOf(vector)).set(id, value);
  const said = choices.flatMap((one) => {
    const chosen = metrics.get(one.id) ?? "";
    return chosen === "" ? [] : [`${one.id}:${chosen}`];
  });
  return said.length === 0 ? "" : [`CVSS:${version}`, ...said].join("/");
}
