import type { ReactNode } from "react";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { ErrorNote, Loading, Note } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";

/** That the journal of today continues the journal of a checkpoint: nothing before it was changed or taken out. */
export function Consistency({ size }: { readonly size: number }): ReactNode {
  const state = useQuery("vault.state", {});
  const newest = state.status === "ready" && state.data.open ? state.data.entries : null;
  const proof = useQuery("journal.consistency", newest === null ? null : { from: size, to: newest });
  if (proof.status === "failed") return <ErrorNote failure={proof.failure} />;
  if (proof.status === "loading") return <Loading words="Making the proof" />;
  const { from, to, path } = proof.data;
  return (
    <Note tone="ok" title="Continued by the journal of today">
      {`The ${formatCount(to.size)} entries of now begin with these ${formatCount(from.size)}: proved by ${formatCount(path.length)} ${path.length === 1 ? "hash" : "hashes"} (RFC 6962).`}
    </Note>
  );
}
