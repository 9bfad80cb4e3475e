import { useEffect, useRef, useState, type ReactNode } from "react";
import type { VerifyReport } from "../../../electron/contract/vault.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import { Button, DataTable, ErrorNote, Note, Panel, Progress, StatTiles, type TableColumn } from "../../parts/index.ts";
import { byteWords, progressWords } from "../../state/progress-words.ts";
import { useCommand } from "../../state/service.ts";

type Problem = VerifyReport["problems"][number] & { readonly key: string };

const columns: readonly TableColumn<Problem>[] = [
  {
    id: "where",
    header: "Where",
    cell: (problem) => <span className="cut">{problem.where}</span>,
    width: 240,
    isRowHeader: true,
  },
  {
    id: "what",
    header: "What is not whole",
    cell: (problem) => <span className="cut">{problem.what}</span>,
    width: "1fr",
  },
];

function Findings({ report }: { readonly report: VerifyReport }): ReactNode {
  const problems = report.problems.map((problem, index) => ({ ...problem, key: String(index) }));
  return (
    <>
      {report.ok ? (
        <Note tone="ok" title="The vault is whole">
          {report.depth === "everything"
            ? report.sealed === 0
              ? "Every entry was opened, every signature and every byte checked."
              : `Every signature and every byte was checked. ${sealedWords(report.sealed)}`
            : "Every signature and every byte of ciphertext was checked; entries were not opened."}
        </Note>
      ) : (
        <Note
          tone="bad"
          title={`${formatCount(problems.length)} ${problems.length === 1 ? "thing is" : "things are"} not whole`}
        >
          Do not write to this file. Keep it as it is, and restore a copy; the list says what was hit.
        </Note>
      )}
      <StatTiles
        label="What was checked"
        stats={[
          { id: "entries", label: "Entries", value: formatCount(report.entries) },
          ...(report.sealed === 0 ? [] : [{ id: "sealed", label: "Sealed to you", value: formatCount(report.sealed) }]),
          { id: "checkpoints", label: "Checkpoints", value: formatCount(report.checkpoints) },
          { id: "blobs", label: "Evidence blobs", value: formatCount(report.blobs) },
          { id: "bytes", label: "Read", value: byteWords(report.bytes) },
          {
            id: "problems",
            label: "Not whole",
            value: formatCount(problems.length),
            tone: report.ok ? "ok" : "bad",
          },
        ]}
      />
      {problems.length === 0 ? null : (
        <Panel title="What is not whole" flush>
          <DataTable
            label="What is not whole"
            columns={columns}
            rows={problems}
            rowKey={(problem) => problem.key}
            maxRows={12}
          />
        </Panel>
      )}
    </>
  );
}

function sealedWords(count: number): string {
  const rest = count === 1 ? "is whole, and was not opened" : "are whole, and were not opened";
  return `${formatCounted(count, "entry", "entries")} of compartments that you do not read ${rest}.`;
}

/** Verifies the open vault, everything, with progress and cancel. It starts when the view is opened. */
export function VerifyView(): ReactNode {
  const verify = useCommand("vault.verify", { job: "Verifying the vault" });
  const [report, setReport] = useState<VerifyReport | null>(null);
  const hasStarted = useRef(false);
  const { run } = verify;
  const start = async (): Promise<void> => {
    setReport(null);
    const result = await run({});
    if (result.ok) setReport(result.value);
  };
  useEffect(() => {
    if (hasStarted.current) return;
    hasStarted.current = true;
    void run({}).then((result) => {
      if (result.ok) setReport(result.value);
    });
  }, [run]);
  return (
    <>
      {verify.isRunning ? (
        <Panel label="Verifying">
          <Progress
            step={verify.progress?.step ?? "Verifying the vault"}
            done={verify.progress?.done ?? 0}
            total={verify.progress?.total ?? null}
            words={verify.progress === null ? undefined : progressWords(verify.progress)}
            onCancel={verify.cancel}
          />
        </Panel>
      ) : null}
      {verify.failure === null ? null : <ErrorNote failure={verify.failure} />}
      {report === null ? null : <Findings report={report} />}
      {verify.isRunning ? null : (
        <div className="row">
          <Button onPress={() => void start()}>Verify again</Button>
        </div>
      )}
    </>
  );
}
