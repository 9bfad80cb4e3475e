import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import { Button, PageHead, RadioGroup } from "../../parts/index.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import type { Params } from "../../state/view.ts";
import { AnchorList } from "./anchor-list.tsx";
import { CheckpointList } from "./checkpoint-list.tsx";
import { EntryList } from "./entry-list.tsx";
import { VerifyView } from "./verify-view.tsx";
import "./journal.css";

const views = [
  { id: "entries", label: "Entries" },
  { id: "refused", label: "Refused" },
  { id: "clock", label: "Clocks" },
  { id: "checkpoints", label: "Checkpoints" },
  { id: "anchors", label: "Anchors" },
  { id: "verify", label: "Verify" },
] as const;
type View = (typeof views)[number]["id"];

/** The entry that another screen leads to, null where none is named. */
function entryAsked(params: Params): number | null {
  const { seq } = params;
  return seq !== undefined && /^\d{1,15}$/.test(seq) ? Number(seq) : null;
}

const entryFilters = { entries: "all", refused: "refused", clock: "clock" } as const;

function isEntryView(view: View): view is keyof typeof entryFilters {
  return view in entryFilters;
}

const leads: Readonly<Record<View, string>> = {
  entries: "Everything that happened in this vault, newest first. Nothing is ever changed or taken out.",
  refused: "Entries whose author had no right to make them. They change nothing and stay to be seen.",
  clock: "Entries whose clock went back, or that claim to be older than what was there before them.",
  anchors: "What vouches for this vault from outside of it. An older copy of the file is recognised by what they saw.",
  checkpoints:
    "Each is a signature over everything before it. Sealed reports carry one, so their readers are witnesses.",
  verify: "Checks every signature, every entry and every byte against what was signed.",
};

/** The journal: what happened, what it was signed with, and whether it is whole. */
function JournalScreen({ params }: { readonly params: Params }): ReactNode {
  const [view, setView] = useState<View>(views.find(({ id }) => id === params.view)?.id ?? "entries");
  useStatusHint(view === "verify" ? "" : "↑ ↓ move through the list");
  return (
    <div className="page">
      <PageHead
        title="Journal"
        lead={leads[view]}
        actions={
          view === "verify" ? undefined : (
            <Button
              onPress={() => {
                setView("verify");
              }}
            >
              Verify the vault
            </Button>
          )
        }
      />
      <div className="page-body">
        <RadioGroup look="segments" hideLabel label="View" options={views} value={view} onChange={setView} />
        {isEntryView(view) ? (
          <EntryList key={view} filter={entryFilters[view]} openAt={view === "entries" ? entryAsked(params) : null} />
        ) : null}
        {view === "checkpoints" ? <CheckpointList /> : null}
        {view === "anchors" ? <AnchorList /> : null}
        {view === "verify" ? <VerifyView /> : null}
      </div>
    </div>
  );
}

export const screen: Screen = { id: "journal", Component: JournalScreen };
