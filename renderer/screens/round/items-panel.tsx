import { useState, type ReactNode } from "react";
import { formatCount } from "../../../electron/contract/number-text.ts";
import type { ItemState, ReviewRound } from "../../../electron/contract/reviewing.ts";
import {
  Button,
  DataTable,
  EmptyState,
  ErrorNote,
  Panel,
  SearchField,
  Select,
  type Option,
} from "../../parts/index.ts";
import { usePages } from "../../state/pages.ts";
import { navigate } from "../../state/view.ts";
import { GiveDialog } from "./give-dialog.tsx";
import { useRights } from "../runs/rights.ts";
import { moreOf, queueColumns, queueKey, queuePlace } from "../reviews/queue-columns.tsx";

const stateOptions: readonly Option<ItemState | "any">[] = [
  { id: "any", label: "Any state" },
  { id: "to-do", label: "Lack a judgement" },
  { id: "adjudication", label: "To a third person" },
  { id: "decided", label: "Decided" },
];

/** Items of a round: all of them for whoever manages it, one's own for the others. */
export function ItemsPanel({ round }: { readonly round: ReviewRound }): ReactNode {
  const [words, setWords] = useState("");
  const [state, setState] = useState<ItemState | "any">("any");
  const isLead = useRights().role === "lead";
  const input = {
    roundId: round.id,
    whose: isLead ? ("all" as const) : ("mine" as const),
    ...(state === "any" ? {} : { state }),
    filter: words,
  };
  const pages = usePages("reviews.queue", input, ({ rows, total }) => ({ rows, total }), 200);
  const total = pages.total ?? pages.rows.length;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [gives, setGives] = useState(false);
  const items = chosen.flatMap((key) => Number(queuePlace(key)?.item ?? Number.NaN)).filter(Number.isInteger);
  const give = round.mayManage ? (
    <Button
      size="small"
      isDisabled={items.length === 0}
      onPress={() => {
        setGives(true);
      }}
    >
      {items.length === 0 ? "Give to somebody else…" : `Give ${formatCount(items.length)} to somebody else…`}
    </Button>
  ) : undefined;
  return (
    <Panel title={isLead ? "Items" : "Your items"} hint={formatCount(total)} actions={give} flush>
      <div className="reviews-bar">
        <SearchField label="Filter items" placeholder="Task, benchmark, category" value={words} onChange={setWords} />
        <div className="reviews-bar-choice">
          <Select label="State" hideLabel low options={stateOptions} value={state} onChange={setState} />
        </div>
      </div>
      {pages.failure === null ? null : <ErrorNote failure={pages.failure} />}
      <DataTable
        label={`${formatCount(total)} items of ${round.name}`}
        columns={queueColumns.round}
        rows={pages.rows}
        rowKey={queueKey}
        rowText={({ title }) => title}
        rowHeight={46}
        maxRows={8}
        {...(round.mayManage ? { selection: "multiple" as const, selected: chosen, onSelect: setChosen } : {})}
        onOpen={(key) => {
          const place = queuePlace(key);
          if (place !== null) navigate("review", place);
        }}
        more={moreOf(pages)}
        empty={
          pages.isLoading ? (
            " "
          ) : (
            <EmptyState title="No item is like that">Empty the filter, or choose another state.</EmptyState>
          )
        }
      />
      {gives ? (
        <GiveDialog
          round={round}
          items={items}
          onClose={(isDone) => {
            setGives(false);
            if (isDone) setChosen([]);
          }}
        />
      ) : null}
    </Panel>
  );
}
