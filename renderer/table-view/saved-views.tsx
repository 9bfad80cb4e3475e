import { useState, type ReactNode } from "react";
import { plainView, type SavedView } from "../../electron/contract/tables.ts";
import { ActDialog, Checkbox, MenuButton, TextField, showToast, type MenuEntry } from "../parts/index.ts";
import { useCommand, useQuery } from "../state/service.ts";
import { isSameView, type ViewControl } from "./view-state.ts";

interface SaveDialogProps {
  readonly control: ViewControl;
  readonly onClose: () => void;
}

function SaveDialog({ control, onClose }: SaveDialogProps): ReactNode {
  const [name, setName] = useState("");
  const [forEveryone, setForEveryone] = useState(false);
  const save = useCommand("views.save");
  const act = async (): Promise<void> => {
    const { table, view, set } = control;
    const result = await save.run({ id: null, table, name, view, forEveryone });
    if (!result.ok) return;
    set(view, result.value.id);
    onClose();
  };
  return (
    <ActDialog
      title="Save this view"
      act="Save view"
      size="small"
      command={save}
      onAct={() => void act()}
      onClose={onClose}
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        maxLength={200}
        autoFocus
        description="Words, filters, order and grouping of this table."
      />
      <Checkbox isSelected={forEveryone} onChange={setForEveryone}>
        For everyone who reads the evaluations
      </Checkbox>
    </ActDialog>
  );
}

/** The views of a table that people kept: choose one, keep the present one, change or remove one's own. */
export function SavedViews({ control }: { readonly control: ViewControl }): ReactNode {
  const { table, view, saved, set } = control;
  const [saves, setSaves] = useState(false);
  const listed = useQuery("views.list", { table });
  const save = useCommand("views.save");
  const remove = useCommand("views.remove");
  const views = listed.status === "ready" ? listed.data : [];
  const chosen = views.find(({ id }) => id === saved) ?? null;
  const isChanged = chosen !== null && !isSameView(chosen.view, view);

  const change = async (was: SavedView): Promise<void> => {
    const { id, name, forEveryone } = was;
    const result = await save.run({ id, table, name, view, forEveryone });
    if (!result.ok) showToast({ words: `${name} could not be changed`, tone: "bad" });
    else
      showToast({
        words: `${name} changed`,
        undo: () => void save.run({ id, table, name, view: was.view, forEveryone }),
      });
  };
  const takeAway = async (was: SavedView): Promise<void> => {
    const result = await remove.run({ id: was.id });
    if (!result.ok) showToast({ words: `${was.name} could not be removed`, tone: "bad" });
    else {
      set(view, null);
      const { name, forEveryone } = was;
      showToast({
        words: `${name} removed`,
        undo: () => void save.run({ id: null, table, name, view: was.view, forEveryone }),
      });
    }
  };

  const own: readonly MenuEntry[] =
    chosen?.mine === true
      ? [
          {
            id: "change",
            words: `Change ${chosen.name} to this`,
            isDisabled: !isChanged,
            run: () => void change(chosen),
          },
          { id: "remove", words: `Remove ${chosen.name}`, run: () => void takeAway(chosen) },
        ]
      : [];
  const entries: readonly MenuEntry[] = [
    {
      id: "plain",
      words: "Everything",
      run: () => {
        set(plainView, null);
      },
    },
    ...views.map(({ id, name, view: kept, mine, byName }): MenuEntry => ({
      id: `view ${id}`,
      words: mine ? name : `${name} · ${byName}`,
      run: () => {
        set(kept, id);
      },
    })),
    {
      id: "save",
      words: "Save this view…",
      run: () => {
        setSaves(true);
      },
    },
    ...own,
  ];
  return (
    <>
      <MenuButton
        entries={entries}
        label={chosen === null ? "Views" : `View ${chosen.name}${isChanged ? ", changed" : ""}`}
      >
        <span className="cut">{chosen === null ? "Views" : `${chosen.name}${isChanged ? " *" : ""}`}</span>
      </MenuButton>
      {saves ? (
        <SaveDialog
          control={control}
          onClose={() => {
            setSaves(false);
          }}
        />
      ) : null}
    </>
  );
}
