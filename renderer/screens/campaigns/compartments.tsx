import type { ReactNode } from "react";
import type { Compartment } from "../../../electron/contract/members.ts";
import { Tag } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";

/** Compartments in which a campaign can be kept: the shared one first, then the separate ones that the member reads. */
export function usePlaces(): readonly Compartment[] {
  const compartments = useQuery("compartments.list", {});
  if (compartments.status !== "ready") return [];
  const shared = compartments.data.filter(({ kind }) => kind === "shared");
  return [...shared, ...compartments.data.filter(({ kind, readable }) => kind === "separate" && readable)];
}

/** Names the compartment of a campaign that is kept apart; nothing where all evaluators read it. */
export function CompartmentTag({ compartment }: { readonly compartment: number }): ReactNode {
  const place = usePlaces().find(({ id }) => id === compartment);
  if (place?.kind !== "separate") return null;
  return (
    <Tag sign="withheld" faint>
      {place.name}
    </Tag>
  );
}
