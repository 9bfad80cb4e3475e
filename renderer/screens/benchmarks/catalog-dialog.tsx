import { useState, type ReactNode } from "react";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import { Button, Checkbox, Dialog, ErrorNote, Loading, Tag, showToast } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";

type Entry = RequestOutput<"benchmarks.catalog">[number];

function EntryRow({
  entry,
  isChosen,
  onChange,
}: {
  readonly entry: Entry;
  readonly isChosen: boolean;
  readonly onChange: (chosen: boolean) => void;
}): ReactNode {
  const isAdded = entry.added !== null;
  return (
    <li className="benchmarks-entry">
      <Checkbox isSelected={isAdded || isChosen} isDisabled={isAdded} onChange={onChange}>
        <span className="benchmarks-entry-words">
          <span className="benchmarks-entry-title">{entry.title}</span>
          <span className="small ink3">
            {[entry.version, entry.licence ?? "licence not stated", entry.source].filter(Boolean).join(" · ")}
          </span>
        </span>
      </Checkbox>
      <span className="push ink2 benchmarks-entry-count">{formatCounted(entry.tasks, "task")}</span>
      <span className="benchmarks-entry-state">
        {isAdded ? (
          <Tag tone="ok" sign="ok">
            added
          </Tag>
        ) : null}
      </span>
    </li>
  );
}

/** The public catalog that comes with the application: facts of benchmarks, never their prompts, flags or answers. */
export function CatalogDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const catalog = useQuery("benchmarks.catalog", {});
  const add = useCommand("benchmarks.addFromCatalog");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const open = catalog.status === "ready" ? catalog.data.filter((entry) => entry.added === null) : [];
  const submit = async (): Promise<void> => {
    if (chosen.size === 0 || add.isRunning) return;
    const result = await add.run({ packs: [...chosen] });
    if (!result.ok) return;
    showToast({
      words: chosen.size === 1 ? "1 benchmark was added." : `${formatCount(chosen.size)} benchmarks were added.`,
    });
    onClose();
  };
  const turn = (pack: string, isOn: boolean): void => {
    const next = new Set(chosen);
    if (isOn) next.add(pack);
    else next.delete(pack);
    setChosen(next);
  };
  return (
    <Dialog
      title="Add benchmarks from the catalog"
      isOpen
      onClose={onClose}
      size="large"
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={chosen.size === 0}
            isPending={add.isRunning}
            onPress={() => void submit()}
          >
            {chosen.size === 0 ? "Add" : `Add ${formatCount(chosen.size)}`}
          </Button>
        </>
      }
    >
      <p className="ink2">
        Public facts of public benchmarks, shipped with EvalVault: tasks, categories, human minutes. No prompts, flags
        or answers.
      </p>
      {catalog.status === "loading" ? <Loading words="Reading the catalog" /> : null}
      {catalog.status === "failed" ? <ErrorNote failure={catalog.failure} /> : null}
      {open.length > 1 ? (
        <Checkbox
          isSelected={chosen.size === open.length}
          isIndeterminate={chosen.size > 0 && chosen.size < open.length}
          onChange={(isOn) => {
            setChosen(new Set(isOn ? open.map((entry) => entry.pack) : []));
          }}
        >
          All that are not added yet
        </Checkbox>
      ) : null}
      {catalog.status === "ready" ? (
        <ul className="benchmarks-entries">
          {catalog.data.map((entry) => (
            <EntryRow
              key={entry.pack}
              entry={entry}
              isChosen={chosen.has(entry.pack)}
              onChange={(isOn) => {
                turn(entry.pack, isOn);
              }}
            />
          ))}
        </ul>
      ) : null}
      {add.failure === null ? null : <ErrorNote failure={add.failure} />}
    </Dialog>
  );
}
