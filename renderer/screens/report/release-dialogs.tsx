import { useState, type ReactNode } from "react";
import type { Report } from "../../../electron/contract/reporting.ts";
import { ActDialog, Note, TextField, showToast } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { checkWording } from "./wording-check.ts";

interface ReportDialogProps {
  readonly report: Report;
  readonly onClose: () => void;
}

/** What a reader would miss in the draft: empty sections and words that sound like a verdict. */
function Gaps({ report }: { readonly report: Report }): ReactNode {
  const empty = report.sections.filter((section) => section.markdown.trim() === "");
  const worded = report.sections.filter((section) => checkWording(section.markdown).length > 0);
  const headings = (sections: Report["sections"]): string => sections.map(({ heading }) => heading).join(", ");
  if (empty.length + worded.length === 0) return null;
  return (
    <Note tone="warn" title="Before you freeze it">
      {empty.length === 0 ? null : <p>Empty: {headings(empty)}.</p>}
      {worded.length === 0 ? null : <p>Words that read as a verdict: {headings(worded)}.</p>}
    </Note>
  );
}

/** Fixes every word and number of a draft. */
export function FreezeDialog({
  report,
  onClose,
  flush,
}: ReportDialogProps & { readonly flush: () => Promise<boolean> }): ReactNode {
  const freeze = useCommand("reports.freeze", { job: `Freezing ${report.code}` });
  const submit = async (): Promise<void> => {
    if (freeze.isRunning || !(await flush())) return;
    const result = await freeze.run({ reportId: report.id });
    if (!result.ok) return;
    showToast({ words: `${report.code} is frozen: content ${result.value.contentHash?.slice(0, 8) ?? ""}…` });
    onClose();
  };
  return (
    <ActDialog
      title={`Freeze ${report.code}`}
      onClose={onClose}
      act="Freeze the report"
      command={freeze}
      onAct={() => void submit()}
    >
      <p className="ink2">
        Every word, figure and table is fixed as it stands now, and one hash is taken of the whole. To change anything
        after that, start a new revision; this one stays in the journal.
      </p>
      <Gaps report={report} />
    </ActDialog>
  );
}

/** Back to a draft of the next revision. */
export function ReviseDialog({ report, onClose }: ReportDialogProps): ReactNode {
  const [reason, setReason] = useState("");
  const [isLate, setIsLate] = useState(false);
  const revise = useCommand("reports.revise");
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (reason.trim() === "" || revise.isRunning) return;
    const result = await revise.run({ reportId: report.id, reason: reason.trim() });
    if (!result.ok) return;
    showToast({ words: `Revision ${String(result.value.revision)} of ${report.code} is a draft.` });
    onClose();
  };
  return (
    <ActDialog
      title={`New revision of ${report.code}`}
      onClose={onClose}
      act="Start the revision"
      command={revise}
      onAct={() => void submit()}
    >
      <p className="ink2">
        Revision {report.revision} stays in the journal with its signatures; files that were sealed stay as they are.
        The next one begins with its words and today’s numbers.
      </p>
      <TextField
        label="Reason"
        value={reason}
        onChange={setReason}
        autoFocus
        maxLength={200}
        placeholder="An attempt was invalidated after the report was frozen"
        error={isLate && reason.trim() === "" ? "Say why; it is kept in the journal." : null}
      />
    </ActDialog>
  );
}

/** Another title for a draft. */
export function RetitleDialog({ report, onClose }: ReportDialogProps): ReactNode {
  const [title, setTitle] = useState(report.title);
  const retitle = useCommand("reports.retitle");
  const submit = async (): Promise<void> => {
    if (title.trim() === "" || retitle.isRunning) return;
    const result = await retitle.run({ reportId: report.id, title: title.trim() });
    if (result.ok) onClose();
  };
  return (
    <ActDialog
      title={`Retitle ${report.code}`}
      onClose={onClose}
      act="Save the title"
      command={retitle}
      onAct={() => void submit()}
    >
      <TextField
        label="Title"
        value={title}
        onChange={setTitle}
        autoFocus
        maxLength={200}
        error={title.trim() === "" ? "A report needs a title." : null}
      />
    </ActDialog>
  );
}
