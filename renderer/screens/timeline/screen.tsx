import { useRef, useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { Deadline } from "../../../electron/contract/deadlines.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { Button, ErrorNote, Loading, MenuButton, PageHead, showToast } from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import { useSize } from "../../state/size.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import type { Params } from "../../state/view.ts";
import { useRights } from "../runs/rights.ts";
import { DeadlineDialog, DropDialog, MeetDialog, PresetDialog } from "./deadline-dialogs.tsx";
import { DeadlinePanel, type DeadlineAct } from "./deadline-panel.tsx";
import { TimelinePanel } from "./timeline-panel.tsx";
import "./timeline.css";

const [bodyPadding, panelPadding] = [24, 17];

type Over = DeadlineAct | "add" | "presets";

function leadOf(deadlines: readonly Deadline[]): string {
  const count = (state: Deadline["state"]): number => deadlines.filter((one) => one.state === state).length;
  const [overdue, unknown] = [count("overdue"), count("unknown")];
  const parts = [
    formatCounted(deadlines.length, "deadline"),
    ...(overdue === 0 ? [] : [`${String(overdue)} overdue`]),
    ...(unknown === 0 ? [] : [`${String(unknown)} with no known day`]),
  ];
  return parts.join(" · ");
}

/** Saves the timeline as a calendar; whoever has the file can read it, and the question before it says so. */
function useCalendar(): { readonly save: () => Promise<void>; readonly failure: ReactNode } {
  const exported = useCommand("timeline.export");
  const save = async (): Promise<void> => {
    const place = await shell().chooseSaveLocation({
      title: "Save as a calendar, readable by anyone who has the file",
      suggestedName: "timeline.ics",
    });
    if (!place.ok || place.value.file === null) return;
    const result = await exported.run({ destination: place.value.file.handle });
    if (result.ok)
      showToast({ words: `${formatCounted(result.value.items, "item")} saved. The file is not encrypted.` });
  };
  return { save, failure: exported.failure === null ? null : <ErrorNote failure={exported.failure} /> };
}

interface DialogsProps {
  readonly over: Over | null;
  readonly selected: Deadline | undefined;
  readonly onClose: () => void;
}

function Dialogs({ over, selected, onClose }: DialogsProps): ReactNode {
  if (over === null) return null;
  if (over === "presets") return <PresetDialog onClose={onClose} />;
  if (over === "add") return <DeadlineDialog deadline={null} onClose={onClose} />;
  if (selected === undefined) return null;
  if (over === "change") return <DeadlineDialog deadline={selected} onClose={onClose} />;
  return over === "meet" ? (
    <MeetDialog deadline={selected} onClose={onClose} />
  ) : (
    <DropDialog deadline={selected} onClose={onClose} />
  );
}

function dataOf<T>(query: { status: "ready"; data: readonly T[] } | { status: "loading" | "failed" }): readonly T[] {
  return query.status === "ready" ? query.data : [];
}

/** What has a time, side by side, and the deadlines behind it. */
function TimelineScreen({ params }: { readonly params: Params }): ReactNode {
  const items = useQuery("timeline.get", {});
  const deadlines = useQuery("deadlines.list", {});
  const { mayDecide, mayLog } = useRights();
  const [over, setOver] = useState<Over | null>(params["new"] === "yes" ? "add" : null);
  const [chosen, setChosen] = useState<string | null>(params["id"] ?? null);
  const body = useRef<HTMLDivElement>(null);
  const { width } = useSize(body);
  const calendar = useCalendar();
  const list = dataOf(deadlines);
  const selected = list.find(({ id }) => id === chosen) ?? list[0];
  const open = (next: Over | null) => () => {
    setOver(next);
  };
  const hasItems = dataOf(items).length > 0;
  useScreenCommands([
    { id: "timeline.add", words: "Add a deadline", shortcut: "Alt+N", isEnabled: mayDecide, run: open("add") },
    { id: "timeline.presets", words: "Add deadlines of a text", isEnabled: mayDecide, run: open("presets") },
    { id: "timeline.save", words: "Save as a calendar", isEnabled: hasItems, run: () => void calendar.save() },
  ]);
  useStatusHint("↑ ↓ deadlines · Enter met · Alt N add one");
  return (
    <div className="page">
      <PageHead
        title="Timeline"
        lead={list.length === 0 ? "Deadlines, windows and sessions" : leadOf(list)}
        actions={
          <>
            <MenuButton
              label="More of the timeline"
              entries={[
                { id: "presets", words: "Deadlines of a text…", isDisabled: !mayDecide, run: open("presets") },
                { id: "save", words: "Save as a calendar…", isDisabled: !hasItems, run: () => void calendar.save() },
              ]}
            >
              More
            </MenuButton>
            <Button variant="primary" shortcut="Alt+N" isDisabled={!mayDecide} onPress={open("add")}>
              Add a deadline
            </Button>
          </>
        }
      />
      <div className="page-body scrolls" ref={body}>
        {calendar.failure}
        {items.status === "failed" ? <ErrorNote failure={items.failure} /> : null}
        {items.status === "loading" || deadlines.status === "loading" ? <Loading /> : null}
        {items.status === "ready" ? (
          <TimelinePanel items={items.data} width={Math.max(640, width - 2 * bodyPadding - 2 * panelPadding)} />
        ) : null}
        {deadlines.status === "failed" ? <ErrorNote failure={deadlines.failure} /> : null}
        {deadlines.status === "ready" ? (
          <DeadlinePanel
            deadlines={list}
            selected={selected}
            mayDecide={mayDecide}
            mayLog={mayLog}
            onSelect={setChosen}
            onAct={setOver}
            onAdd={open("add")}
            onPresets={open("presets")}
          />
        ) : null}
      </div>
      <Dialogs over={over} selected={selected} onClose={open(null)} />
    </div>
  );
}

export const screen: Screen = { id: "timeline", Component: TimelineScreen };
