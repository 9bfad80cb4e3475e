import type { ReactNode } from "react";
import type { ImportedFile } from "../../../electron/contract/importing.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { Button, DescriptionList, Dialog, ImportStatusTag, Note } from "../../parts/index.ts";
import { navigate } from "../../state/view.ts";
import { visibleText } from "../../transcript/visible-text.ts";
import { MetricsTable } from "../run/numbers-dialog.tsx";

interface FileDialogProps {
  readonly file: ImportedFile;
  readonly onMap: ((file: ImportedFile) => void) | null;
  readonly onClose: () => void;
}

function WhatToDo({ file, onMap }: Pick<FileDialogProps, "file" | "onMap">): ReactNode {
  const { run } = file;
  if (file.status === "table" && file.handle !== null && onMap !== null) {
    return (
      <Button
        variant="primary"
        onPress={() => {
          onMap(file);
        }}
      >
        Map its columns
      </Button>
    );
  }
  if (run === null) return null;
  return (
    <Button
      variant="primary"
      onPress={() => {
        navigate("run", { id: run });
      }}
    >
      Open the run
    </Button>
  );
}

/** All that is known of one file: what was lost and why, and each metric recomputed. */
export function FileDialog({ file, onMap, onClose }: FileDialogProps): ReactNode {
  const isRefused = file.status === "refused";
  return (
    <Dialog
      title={visibleText(file.file)}
      isOpen
      onClose={onClose}
      size="large"
      actions={
        <>
          <Button onPress={onClose}>Close</Button>
          <WhatToDo file={file} onMap={onMap} />
        </>
      }
    >
      {file.reason === null ? null : (
        <Note tone={isRefused ? "bad" : "info"} title={isRefused ? "Nothing was taken in" : undefined}>
          {visibleText(file.reason)}
        </Note>
      )}
      {file.lost.map(({ what, count, reason }, index) => (
        <Note
          key={String(index)}
          tone="warn"
          title={`${count === 0 ? "Some" : formatCount(count)} ${visibleText(what)} could not be read`}
        >
          {visibleText(reason)}
        </Note>
      ))}
      <DescriptionList
        items={[
          { term: "Status", value: <ImportStatusTag status={file.status} /> },
          ...(file.folder === "" ? [] : [{ term: "Folder", value: visibleText(file.folder) }]),
          ...(file.part === "" ? [] : [{ term: "Part", value: visibleText(file.part) }]),
          ...(file.into === null ? [] : [{ term: "Read with", value: visibleText(file.into) }]),
          { term: "Task", value: visibleText(file.task ?? "–") },
          { term: "Model", value: visibleText(file.model ?? "–") },
          { term: "Attempts", value: formatCount(file.attempts) },
          { term: "SHA-256", value: file.sha256 === "" ? "–" : file.sha256, mono: true },
        ]}
      />
      {file.metrics.length === 0 ? null : <MetricsTable metrics={file.metrics} />}
    </Dialog>
  );
}
