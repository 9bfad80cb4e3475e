import { useState, type ReactNode } from "react";
import type { ExportFormat } from "../../../electron/contract/importing.ts";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import type { Failure } from "../../../electron/contract/result.ts";
import { Button, Dialog, ErrorNote, Note, Progress, RadioGroup } from "../../parts/index.ts";
import { byteWords, progressWords } from "../../state/progress-words.ts";
import { useCommand } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import {
  exportChoices,
  leftOutWords,
  scopeChoices,
  suggestedName,
  type ExportAbout,
  type ExportScope,
  type FormatChoice,
  type ScopeChoice,
} from "./export-formats.ts";

interface Written {
  readonly name: string;
  readonly result: RequestOutput<"exports.attempts">;
}

function useWriting() {
  const command = useCommand("exports.attempts", { job: "Writing attempts" });
  const [written, setWritten] = useState<Written | null>(null);
  const [refused, setRefused] = useState<Failure | null>(null);
  const write = async (format: FormatChoice, scope: ScopeChoice): Promise<void> => {
    const place = await shell().chooseSaveLocation({
      title: "Export attempts",
      suggestedName: suggestedName(scope, format),
      filters: [{ name: format.label, extensions: [format.extension] }],
    });
    setRefused(place.ok ? null : place.error);
    if (!place.ok || place.value.file === null) return;
    const { handle, name } = place.value.file;
    const { runId, campaignId } = scope;
    const result = await command.run({ format: format.id, runId, campaignId, destination: handle });
    if (result.ok) setWritten({ name, result: result.value });
  };
  return { command, written, write, failure: command.failure ?? refused };
}

/** Where the file is, what is in it, and what is not. */
function WrittenNote({ written }: { readonly written: Written }): ReactNode {
  const { name, result } = written;
  const left = leftOutWords(result.leftOut);
  return (
    <>
      <Note tone="ok" title={`Written to ${name}`}>
        {formatCounted(result.attempts, "attempt")}, {byteWords(result.bytes)}. The file stands where you chose, and it
        is not encrypted: whoever can open it can read it.
      </Note>
      {left === "" ? null : <Note tone="warn">{left}</Note>}
    </>
  );
}

/** The format and the scope that are chosen; where a format cannot have the scope, the first that it can. */
function useChoice(about: ExportAbout) {
  const [formatId, setFormat] = useState<ExportFormat>("csv");
  const [scopeId, setScope] = useState<ExportScope>("run");
  const formats = exportChoices.filter(({ id }) => scopeChoices(about, id).length > 0);
  const format = formats.find(({ id }) => id === formatId) ?? null;
  const scopes = format === null ? [] : scopeChoices(about, format.id);
  const scope = scopes.find(({ id }) => id === scopeId) ?? scopes[0] ?? null;
  return { formats, format, setFormat, scopes, scope, setScope };
}

function UnderWay({ command }: Pick<ReturnType<typeof useWriting>, "command">): ReactNode {
  const { progress } = command;
  if (!command.isRunning) return null;
  return (
    <Progress
      step={progress?.step ?? "Writing"}
      done={progress?.done ?? 0}
      total={progress?.total ?? null}
      {...(progress === null ? {} : { words: progressWords(progress) })}
      onCancel={command.cancel}
    />
  );
}

interface ExportDialogProps extends ExportAbout {
  readonly onClose: () => void;
}

/** Writes attempts to a file outside of the vault: in which format, of what. */
export function ExportDialog({ run, campaign, onClose }: ExportDialogProps): ReactNode {
  const { command, written, write, failure } = useWriting();
  const { formats, format, setFormat, scopes, scope, setScope } = useChoice({ run, campaign });
  const act = (): void => {
    if (format !== null && scope !== null && !command.isRunning) void write(format, scope);
  };
  return (
    <Dialog
      title="Export attempts"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{written === null ? "Cancel" : "Close"}</Button>
          <Button variant="primary" isPending={command.isRunning} onPress={act}>
            {written === null ? "Choose a place and write" : "Write another"}
          </Button>
        </>
      }
    >
      <RadioGroup
        label="Format"
        look="segments"
        options={formats.map(({ id, label }) => ({ id, label }))}
        value={format?.id ?? null}
        onChange={setFormat}
      />
      <p className="ink2">{format?.what}</p>
      <RadioGroup
        label="Of what"
        options={scopes.map(({ id, label }) => ({ id, label }))}
        value={scope?.id ?? null}
        onChange={setScope}
      />
      <p className="small ink3">
        {format?.id === "precomputed-scores"
          ? ""
          : "Every planned attempt is in it, with the state that it ended in; runs that were rejected or withdrawn too. "}
        Transcripts and evidence stay in the vault.
      </p>
      <UnderWay command={command} />
      {failure === null ? null : <ErrorNote failure={failure} />}
      {written === null ? null : <WrittenNote written={written} />}
    </Dialog>
  );
}
