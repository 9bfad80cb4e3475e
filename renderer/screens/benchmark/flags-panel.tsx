import { useState, type ReactNode } from "react";
import type { Benchmark } from "../../../electron/contract/planning.ts";
import { formatCounted, formatFraction } from "../../../electron/contract/number-text.ts";
import { Button, ErrorNote, Note, Panel, showToast } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";

/** Flags that evaluators can have checked: how many tasks have one, and loading them from a file. */
export function FlagsPanel({
  benchmark,
  mayDecide,
}: {
  readonly benchmark: Benchmark;
  readonly mayDecide: boolean;
}): ReactNode {
  const flags = useQuery("benchmarks.flags", { benchmarkId: benchmark.id });
  const load = useCommand("benchmarks.loadFlags", { job: "Loading flags" });
  const [unknown, setUnknown] = useState<readonly string[]>([]);
  const choose = async (): Promise<void> => {
    const chosen = await shell().chooseFiles({
      title: "Choose a file of flags",
      filters: [{ name: "Flags, CSV or JSON", extensions: ["csv", "json"] }],
    });
    const file = chosen.ok ? chosen.value.files[0] : undefined;
    if (file === undefined) return;
    const result = await load.run({ benchmarkId: benchmark.id, file: file.handle });
    if (!result.ok) return;
    setUnknown(result.value.unknown);
    showToast({ words: `${formatCounted(result.value.flags, "flag")} can be checked.` });
  };
  const flagged = flags.status === "ready" ? flags.data.tasks.length : 0;
  return (
    <Panel
      title="Flags"
      hint={flagged === 0 ? "none" : formatFraction(flagged, benchmark.tasks)}
      actions={
        <Button size="small" isDisabled={!mayDecide} isPending={load.isRunning} onPress={() => void choose()}>
          Load flags…
        </Button>
      }
    >
      <div className="stack">
        <p className="ink2">
          {flagged === 0
            ? "With flags loaded, what an evaluator types is checked while logging. Only keyed hashes are kept."
            : "What an evaluator types is checked against keyed hashes. The flags themselves are not in the vault."}
        </p>
        {load.failure === null ? null : <ErrorNote failure={load.failure} />}
        {unknown.length === 0 ? null : (
          <Note tone="warn" title={`${formatCounted(unknown.length, "task")} of the file not in this benchmark`}>
            {unknown.slice(0, 10).join(", ")}
          </Note>
        )}
      </div>
    </Panel>
  );
}
