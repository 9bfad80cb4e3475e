import type { ReactNode } from "react";
import type { AttemptDetail } from "../../../electron/contract/evaluation.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { Button, DoorLink, ErrorNote, Panel } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { navigate } from "../../state/view.ts";
import { FindingStateTag } from "../findings/finding-words.tsx";
import { useRights } from "../runs/rights.ts";

/** Opens the form for a finding that was seen in this attempt. */
export function recordFinding({ runId, task, epoch }: AttemptDetail): void {
  navigate("findings", { new: "yes", run: runId, task: task.id, epoch: String(epoch) });
}

/** Findings that were seen in this attempt, and the way to record one. */
export function FindingsPanel({ attempt }: { readonly attempt: AttemptDetail }): ReactNode {
  const { mayLog } = useRights();
  const address = { task: attempt.task.id, epoch: attempt.epoch };
  const seen = useQuery("findings.forAttempt", { runId: attempt.runId, attempt: address });
  const found = seen.status === "ready" ? seen.data : [];
  return (
    <Panel
      title="Findings"
      hint={found.length === 0 ? undefined : formatCount(found.length)}
      actions={
        <Button
          size="small"
          isDisabled={!mayLog || attempt.outcome === "not-run"}
          onPress={() => {
            recordFinding(attempt);
          }}
        >
          Record…
        </Button>
      }
    >
      {seen.status === "failed" ? <ErrorNote failure={seen.failure} /> : null}
      {found.length === 0 ? (
        <p className="ink3">None seen in it.</p>
      ) : (
        <ul className="stack tight">
          {found.map(({ finding }) => (
            <li key={finding.id} className="attempt-finding">
              <DoorLink
                onPress={() => {
                  navigate("finding", { id: finding.id });
                }}
              >
                {finding.code}
              </DoorLink>
              <span className="cut" title={finding.title}>
                {finding.title}
              </span>
              <FindingStateTag state={finding.state} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
