import { useState, type ReactNode } from "react";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import {
  Button,
  DataTable,
  DescriptionList,
  ErrorNote,
  IconButton,
  Loading,
  Panel,
  showToast,
  type TableColumn,
} from "../../parts/index.ts";
import { usePages } from "../../state/pages.ts";
import { minuteWords } from "../../state/time-words.ts";
import { CheckpointActions } from "./checkpoint-actions.tsx";
import { Consistency } from "./consistency.tsx";
import { shell } from "../../state/shell.ts";

type Checkpoint = RequestOutput<"journal.checkpoints">["checkpoints"][number];

const columns: readonly TableColumn<Checkpoint>[] = [
  { id: "size", header: "Entries", cell: (row) => formatCount(row.size), align: "end", width: 90 },
  {
    id: "root",
    header: "Root",
    cell: (row) => <span className="mono cut">{row.root}</span>,
    width: "2fr",
    isRowHeader: true,
  },
  { id: "signer", header: "Signed by", cell: (row) => row.signerName, width: 150 },
  {
    id: "cosigners",
    header: "Cosigned by",
    cell: (row) => <span className="cut">{row.cosigners.map((one) => one.name).join(", ")}</span>,
    width: 150,
  },
];

function copyNote(note: string): void {
  void shell()
    .copyText({ text: note })
    .then((result) => {
      if (result.ok)
        showToast({ words: `Copied. The clipboard is cleared after ${String(result.value.clearsInSeconds)} s.` });
    });
}

/** Every checkpoint: how far it reaches, what it signs, who signed it. */
export function CheckpointList(): ReactNode {
  const pages = usePages("journal.checkpoints", {}, ({ checkpoints, total }) => ({
    rows: checkpoints.map((checkpoint, index) => ({ ...checkpoint, key: String(index) })),
    total,
  }));
  const rows = pages.rows.map((row, index) => ({ ...row, key: String(index) }));
  const [openKey, setOpenKey] = useState<string | null>(null);
  const open = rows.find((row) => row.key === openKey);
  if (pages.failure !== null) return <ErrorNote failure={pages.failure} />;
  if (pages.total === null) return <Loading words="Reading the checkpoints" />;
  return (
    <div className="journal-split fill">
      <Panel flush fill title="Checkpoints" actions={<CheckpointActions />}>
        <DataTable
          label={`Checkpoints, ${formatCount(pages.total)}`}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.key}
          height="fill"
          selection="single"
          selected={openKey === null ? [] : [openKey]}
          onSelect={(keys) => {
            setOpenKey(keys[0] ?? null);
          }}
          more={{ isLoading: pages.isLoading, load: pages.more }}
        />
      </Panel>
      {open === undefined ? null : (
        <Panel
          title={`Checkpoint at ${formatCount(open.size)}`}
          fill
          actions={
            <IconButton
              sign="close"
              label="Close the checkpoint"
              onPress={() => {
                setOpenKey(null);
              }}
            />
          }
        >
          <div className="stack">
            <DescriptionList
              items={[
                { term: "Signed by", value: open.signerName },
                {
                  term: "Cosigned by",
                  value:
                    open.cosigners.length === 0
                      ? "nobody"
                      : open.cosigners.map((one) => `${one.name}, ${minuteWords(one.at)}`).join("; "),
                },
                { term: "Member", value: open.signer, mono: true },
                { term: "Root", value: open.root, mono: true },
              ]}
            />
            <pre className="journal-json" aria-label="The signed note">
              {open.note}
            </pre>
            <div className="row">
              <Button
                onPress={() => {
                  copyNote(open.note);
                }}
              >
                Copy the note
              </Button>
              <span className="small ink3">Kept elsewhere, it shows a later rollback.</span>
            </div>
            <Consistency size={open.size} />
          </div>
        </Panel>
      )}
    </div>
  );
}
