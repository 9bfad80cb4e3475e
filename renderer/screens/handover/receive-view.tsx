import { useState, type ReactNode } from "react";
import type { HandoverPreview } from "../../../electron/contract/handover.ts";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import type { MemberRole } from "../../../electron/contract/values.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import { Button, EmptyState, ErrorNote, FileDrop, Note, PageHead, Panel, Select } from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useFileChoice } from "../../state/file-choice.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate } from "../../state/view.ts";
import { usePlaces } from "../campaigns/compartments.tsx";
import { useRights } from "../runs/rights.ts";
import { HeldBack, PackageFacts, PackageRuns } from "./package-contents.tsx";
import { newContributors, PackagePeople } from "./package-people.tsx";
import { Working } from "./working.tsx";

type Received = RequestOutput<"handover.receive">;

/** The file, what it would do, what was accepted of it, and what became of it. */
function useReceiving() {
  const file = useFileChoice({ title: "Choose a hand-over package" });
  const look = useCommand("handover.preview", { job: "Checking a package" });
  const receive = useCommand("handover.receive", { job: "Receiving a package" });
  const [preview, setPreview] = useState<HandoverPreview | null>(null);
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const [compartment, setCompartment] = useState<number | null>(null);
  const [done, setDone] = useState<Received | null>(null);
  const handle = file.files[0]?.handle;
  const check = async (): Promise<void> => {
    if (handle === undefined || look.isRunning) return;
    const result = await look.run({ file: handle });
    if (!result.ok) return;
    setAccepted(new Set());
    setPreview(result.value);
  };
  const take = async (): Promise<void> => {
    if (handle === undefined || preview === null || receive.isRunning) return;
    const result = await receive.run({
      file: handle,
      acceptContributors: [...accepted],
      ...(compartment === null ? {} : { compartment }),
    });
    if (result.ok) setDone(result.value);
  };
  const restart = (): void => {
    file.clear();
    look.reset();
    receive.reset();
    setPreview(null);
    setDone(null);
  };
  const isCompared = preview !== null && newContributors(preview).every(({ key }) => accepted.has(key));
  return {
    file,
    look,
    receive,
    preview,
    accepted,
    setAccepted,
    compartment,
    setCompartment,
    done,
    check,
    take,
    restart,
    isCompared,
  };
}

type Receiving = ReturnType<typeof useReceiving>;

interface ChooseFileProps {
  readonly form: Receiving;
  readonly mayReceive: boolean;
  readonly role: MemberRole | null;
}

function ChooseFile({ form, mayReceive, role }: ChooseFileProps): ReactNode {
  const { file } = form;
  if (!mayReceive) {
    if (role === "lead") {
      return (
        <EmptyState title="Nothing can be received into this file" sign="withheld">
          It is read only. What vouches for a newer one is under Journal, Anchors.
        </EmptyState>
      );
    }
    return (
      <EmptyState title="A lead receives packages" sign="withheld">
        What comes from elsewhere changes what this vault counts, so a lead looks at it and takes it.
      </EmptyState>
    );
  }
  return (
    <Panel label="The package">
      <div className="stack">
        <FileDrop
          label="Hand-over package"
          hint="Drop the .handover.age file here, or choose it"
          files={file.files}
          onChoose={file.choose}
          onDrop={file.drop}
          onRemove={file.remove}
        />
        <p className="small ink2">
          It is opened with your key and verified whole before anything is shown. Nothing is written until you say so; a
          package that was changed on the way is refused whole.
        </p>
        {[file.failure, form.look.failure].map((failure, place) =>
          failure === null ? null : <ErrorNote key={String(place)} failure={failure} />,
        )}
        <Working command={form.look} words="Checking the package" />
      </div>
    </Panel>
  );
}

function Place({ form }: { readonly form: Receiving }): ReactNode {
  const places = usePlaces();
  const shared = places.find(({ kind }) => kind === "shared");
  if (places.length < 2) return null;
  return (
    <Panel label="Where it goes">
      <Select
        label="New campaigns and their runs are kept in"
        options={places.map(({ id, name, holders }) => ({
          id: String(id),
          label: name,
          detail: `${formatCounted(holders.length, "member")} can read it`,
        }))}
        value={String(form.compartment ?? shared?.id ?? "")}
        onChange={(id) => {
          form.setCompartment(Number(id) === shared?.id ? null : Number(id));
        }}
        description="Runs of a campaign that is here already stay with it."
      />
    </Panel>
  );
}

function Preview({ preview, form }: { readonly preview: HandoverPreview; readonly form: Receiving }): ReactNode {
  return (
    <>
      {form.receive.failure === null ? null : <ErrorNote failure={form.receive.failure} />}
      <Working command={form.receive} words="Receiving" />
      {preview.events.new === 0 ? (
        <Note tone="ok" title="Everything in it is here already">
          Receiving it again would write nothing.
        </Note>
      ) : null}
      <div className="columns-2">
        <PackagePeople preview={preview} accepted={form.accepted} onAccept={form.setAccepted} />
        <PackageFacts preview={preview} />
      </div>
      <PackageRuns preview={preview} />
      <HeldBack preview={preview} isDone={false} />
      {preview.events.new === 0 ? null : <Place form={form} />}
    </>
  );
}

function Result({ done, onAgain }: { readonly done: Received; readonly onAgain: () => void }): ReactNode {
  const { entries, taken } = done;
  const runs = useQuery("runs.list", {});
  const codes = new Map((runs.status === "ready" ? runs.data : []).map(({ id, code }) => [id, code]));
  const [entry] = entries;
  const title =
    entry === undefined
      ? "Nothing was new"
      : `${formatCounted(taken.events.new - taken.heldBack.length, "event")} from ${taken.sender.name} were taken`;
  return (
    <>
      <Note
        tone="ok"
        title={title}
        action={
          <div className="row">
            {entry === undefined ? null : (
              <Button
                size="small"
                onPress={() => {
                  navigate("journal", { seq: String(entry) });
                }}
              >
                {`Entry ${formatCount(entry)}`}
              </Button>
            )}
            <Button size="small" onPress={onAgain}>
              Receive another
            </Button>
            <Button
              size="small"
              variant="primary"
              onPress={() => {
                navigate("runs");
              }}
            >
              Show the runs
            </Button>
          </div>
        }
      >
        {entry === undefined
          ? "Everything in it was here already, so nothing was written."
          : "They stand under their authors’ names, with what proves where they come from."}
      </Note>
      <PackageRuns
        preview={{ ...taken, runs: taken.runs.map((run) => ({ ...run, code: codes.get(run.id) ?? run.code })) }}
        onOpen={(id) => {
          navigate("run", { id });
        }}
      />
      <HeldBack preview={taken} isDone />
    </>
  );
}

function Actions({ form, mayReceive }: { readonly form: Receiving; readonly mayReceive: boolean }): ReactNode {
  const { preview, done, file } = form;
  if (done !== null) return null;
  if (preview === null) {
    return (
      <Button
        variant="primary"
        shortcut="Ctrl+Enter"
        isDisabled={!mayReceive || file.files.length === 0}
        isPending={form.look.isRunning}
        onPress={() => void form.check()}
      >
        Look into it
      </Button>
    );
  }
  return (
    <>
      <Button onPress={form.restart}>Another file</Button>
      <Button
        variant="primary"
        shortcut="Ctrl+Enter"
        isDisabled={!form.isCompared || preview.events.new === 0}
        isPending={form.receive.isRunning}
        onPress={() => void form.take()}
      >
        Receive it
      </Button>
    </>
  );
}

function leadOf({ preview, done, isCompared }: Receiving): string {
  if (done !== null) return "What was taken, and what was held back.";
  if (preview === null) return "Runs or a plan from another workstation, sealed to your key.";
  if (!isCompared) return "Nothing is written yet. Compare the fingerprints first, then receive it.";
  return "Nothing is written yet. This is what receiving it would do.";
}

/** Takes a package in: chosen, verified, looked into, its senders compared, and only then received. */
export function ReceiveView(): ReactNode {
  const form = useReceiving();
  const { mayDecide: mayReceive, role } = useRights();
  const { preview, done } = form;
  const canTake = preview !== null && done === null && form.isCompared && preview.events.new > 0;
  useScreenCommands([
    {
      id: "handover.choose",
      words: "Choose a package",
      shortcut: "Alt+C",
      isEnabled: mayReceive,
      run: form.file.choose,
    },
    {
      id: "handover.go-on",
      words: preview === null ? "Look into the package" : "Receive the package",
      shortcut: "CmdOrCtrl+Enter",
      isEnabled: preview === null ? mayReceive && form.file.files.length > 0 : canTake,
      run: () => void (preview === null ? form.check() : form.take()),
    },
  ]);
  useStatusHint("Alt C choose a package · Ctrl Enter go on");
  return (
    <div className="page">
      <PageHead
        title="Receive a package"
        up={{
          words: "Hand-over",
          onPress: () => {
            navigate("runs", { view: "handover" });
          },
        }}
        lead={leadOf(form)}
        actions={<Actions form={form} mayReceive={mayReceive} />}
      />
      <div className="page-body scrolls">
        {preview === null ? <ChooseFile form={form} mayReceive={mayReceive} role={role} /> : null}
        {preview !== null && done === null ? <Preview preview={preview} form={form} /> : null}
        {done === null ? null : <Result done={done} onAgain={form.restart} />}
      </div>
    </div>
  );
}
