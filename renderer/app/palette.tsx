import { useState, type ReactNode } from "react";
import {
  Autocomplete,
  Dialog,
  Input,
  ListBox,
  ListBoxItem,
  Modal,
  ModalOverlay,
  Text,
  TextField,
  useFilter,
} from "react-aria-components";
import { Kbd } from "../parts/index.ts";
import { useQuery } from "../state/service.ts";
import { navigate, setOverlay, useView } from "../state/view.ts";
import { allCommands, type Command } from "./app-commands.ts";
import { toKeyWords } from "./shortcut.ts";
import "./palette.css";

/** Things of the vault that can be gone to by name. */
function usePlaces(isOpen: boolean): readonly Command[] {
  const none = isOpen ? {} : null;
  const runs = useQuery("runs.list", none);
  const campaigns = useQuery("campaigns.list", none);
  const reports = useQuery("reports.list", none);
  const places: Command[] = [];
  const add = (group: string, id: string, words: string, run: () => void): void => {
    places.push({ id: `${group}-${id}`, group, words, run });
  };
  if (campaigns.status === "ready") {
    for (const { id, name } of campaigns.data)
      add("Campaign", id, name, () => {
        navigate("campaign", { id });
      });
  }
  if (runs.status === "ready") {
    for (const run of runs.data) {
      const words = `${run.code} · ${run.benchmark.title} · ${run.modelVersion.words}`;
      add("Run", run.id, words, () => {
        navigate("run", { id: run.id });
      });
    }
  }
  if (reports.status === "ready") {
    for (const { id, code, title } of reports.data)
      add("Report", id, `${code} · ${title}`, () => {
        navigate("report", { id });
      });
  }
  return places;
}

const groupOrder = ["This screen", "Go", "Vault", "File", "Edit", "View", "Help"];

/** What the open screen can do first, then where one can go, then the rest. */
function inPaletteOrder(commands: readonly Command[]): readonly Command[] {
  return [...commands].sort((a, b) => groupOrder.indexOf(a.group) - groupOrder.indexOf(b.group));
}

function PaletteList({ isVaultOpen }: { readonly isVaultOpen: boolean }): ReactNode {
  const { contains } = useFilter({ sensitivity: "base" });
  const [commands] = useState(() =>
    inPaletteOrder(allCommands()).filter((command) => command.isEnabled !== false && command.id !== "app.palette"),
  );
  const places = usePlaces(isVaultOpen);
  const entries = [...commands, ...places];
  const run = (id: string): void => {
    setOverlay(null);
    entries.find((entry) => entry.id === id)?.run();
  };
  return (
    <Autocomplete filter={(words, typed) => typed.split(/\s+/).every((part) => contains(words, part))}>
      <TextField
        className="palette-field"
        aria-label="Find or do anything"
        autoFocus
        spellCheck="false"
        autoComplete="off"
      >
        <Input placeholder="Find or do anything" role="combobox" aria-expanded="true" aria-haspopup="listbox" />
      </TextField>
      <ListBox
        className="menu palette-menu"
        items={entries}
        dependencies={[entries]}
        aria-label="Commands and things"
        onAction={(key) => {
          run(String(key));
        }}
        renderEmptyState={() => <div className="list-empty">Nothing by that name. Try a run's number or a verb.</div>}
      >
        {(entry) => (
          <ListBoxItem className="menu-item" id={entry.id} textValue={`${entry.words} ${entry.group}`}>
            <Text slot="label" className="option-label">
              {entry.words}
            </Text>
            <span className="option-detail">{entry.group}</span>
            {entry.shortcut ? <Kbd keys={toKeyWords(entry.shortcut)} /> : null}
          </ListBoxItem>
        )}
      </ListBox>
    </Autocomplete>
  );
}

/** Ctrl+K: every command and every run, campaign and report by name. */
export function Palette({ isVaultOpen }: { readonly isVaultOpen: boolean }): ReactNode {
  const isOpen = useView((view) => view.overlay === "palette");
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) setOverlay(null);
      }}
    >
      <Modal className="modal palette">
        <Dialog className="dialog" aria-label="Find or do anything">
          <PaletteList isVaultOpen={isVaultOpen} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
