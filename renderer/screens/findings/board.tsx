import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover, Text } from "react-aria-components";
import {
  findingEdges,
  findingKindWords,
  findingStateWords,
  type FindingKind,
  type FindingState,
} from "../../../electron/contract/finding-states.ts";
import type { FindingCard } from "../../../electron/contract/findings.ts";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { classes, ErrorNote, IconSign, Loading, Panel, Tag } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { dayWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import { useRights, type Rights } from "../runs/rights.ts";
import { cardAfter } from "./board-keys.ts";
import { channelWords, priorityWords, SeverityTag, stepWords } from "./finding-words.tsx";
import type { Step } from "../finding/step.ts";

type Board = RequestOutput<"findings.board">;

/** As many cards of a state as the board holds; all of them are in the table. */
const mostCards = 50;

/** What leads on from a card's state. Validated and refuted come of one question, so they are one step here. */
function stepsOf({ state }: FindingCard, { role }: Rights): readonly Step[] {
  const asked = findingEdges.filter(({ from }) => from === state);
  return asked
    .filter(({ by }, place) => by !== "validate" || asked.findIndex((one) => one.by === by) === place)
    .map(({ to, by, needsReason, roles }) => ({
      ...{ to, by, needsReason },
      mayDo: role !== null && role !== "recovery" && roles.includes(role),
    }));
}

interface CardProps {
  readonly card: FindingCard;
  readonly isCurrent: boolean;
  readonly rights: Rights;
  readonly onFocus: () => void;
  readonly onStep: (step: Step) => void;
}

function CardMenu({ card, isCurrent, rights, onStep }: CardProps): ReactNode {
  const steps = stepsOf(card, rights);
  return (
    <MenuTrigger>
      <AriaButton
        className="icon-button finding-card-menu"
        aria-label={`Move ${card.code}`}
        isDisabled={!steps.some(({ mayDo }) => mayDo)}
        excludeFromTabOrder={!isCurrent}
      >
        <IconSign name="down" />
      </AriaButton>
      <Popover className="popover" placement="bottom end" offset={4}>
        <Menu className="menu" aria-label={`Move ${card.code}`}>
          {steps.map((step) => (
            <MenuItem
              key={`${step.by} ${step.to}`}
              className="menu-item"
              id={`${step.by} ${step.to}`}
              textValue={stepWords(card.kind, step)}
              isDisabled={!step.mayDo}
              onAction={() => {
                onStep(step);
              }}
            >
              <Text slot="label" className="option-label">
                {stepWords(card.kind, step)}
              </Text>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function Card(props: CardProps): ReactNode {
  const { card, isCurrent, onFocus } = props;
  return (
    <li className="finding-card">
      <button
        type="button"
        className="finding-card-face"
        data-card={card.id}
        tabIndex={isCurrent ? 0 : -1}
        onFocus={onFocus}
        onClick={() => {
          navigate("finding", { id: card.id });
        }}
      >
        <span className="small ink3">{card.code}</span>
        <span className="finding-card-title">{card.title}</span>
        {card.product === "" ? null : <span className="small ink2 cut">{card.product}</span>}
        <span className="row">
          <SeverityTag severity={card.severity} score={card.score} />
          {card.priority === "urgent" || card.priority === "high" ? (
            <Tag tone="warn">{priorityWords[card.priority]}</Tag>
          ) : null}
        </span>
        {card.embargoUntil === null ? null : (
          <span className="small ink3">embargo until {dayWords(card.embargoUntil)}</span>
        )}
      </button>
      <CardMenu {...props} />
    </li>
  );
}

interface LaneProps {
  readonly kind: FindingKind;
  readonly onStep: (findingId: string, step: Step) => void;
  readonly onAll: (kind: FindingKind, state: FindingState) => void;
}

function Columns({ kind, board, onStep, onAll }: LaneProps & { readonly board: Board }): ReactNode {
  const rights = useRights();
  const lane = useRef<HTMLDivElement>(null);
  const columns = board.map(({ cards }) => cards.map(({ id }) => id));
  const [chosen, setChosen] = useState<string | null>(null);
  const all = columns.flat();
  const current = chosen !== null && all.includes(chosen) ? chosen : (all[0] ?? null);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const isOnCard = event.target instanceof HTMLElement && event.target.dataset["card"] !== undefined;
    if (!isOnCard || current === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = cardAfter(columns, current, event.key);
    if (next === null) return;
    event.preventDefault();
    setChosen(next);
    lane.current?.querySelector<HTMLElement>(`[data-card="${next}"]`)?.focus();
  };
  return (
    <div className="board-columns" ref={lane} onKeyDown={onKeyDown}>
      {board.map(({ state, count, cards }) => (
        <section
          key={state}
          className={classes("board-column", count === 0 && "bare")}
          aria-label={`${findingKindWords[kind]}, ${findingStateWords[state]}, ${formatCount(count)}`}
        >
          <h3 className="board-column-head">
            {findingStateWords[state]} <span className="ink3">{formatCount(count)}</span>
          </h3>
          {count === 0 ? null : (
            <ul className="board-cards">
              {cards.map((card) => (
                <Card
                  key={card.id}
                  card={card}
                  isCurrent={card.id === current}
                  rights={rights}
                  onFocus={() => {
                    setChosen(card.id);
                  }}
                  onStep={(step) => {
                    onStep(card.id, step);
                  }}
                />
              ))}
            </ul>
          )}
          {count > cards.length ? (
            <AriaButton
              className="door link board-more"
              onPress={() => {
                onAll(kind, state);
              }}
            >
              All {formatCount(count)} in the table
            </AriaButton>
          ) : null}
        </section>
      ))}
    </div>
  );
}

/** The findings of one kind, so of one set of channels, by state: nothing on a lane can go where another lane's goes. */
export function BoardLane(props: LaneProps): ReactNode {
  const { kind } = props;
  const board = useQuery("findings.board", { kind, limit: mostCards });
  const total = board.status === "ready" ? board.data.reduce((sum, { count }) => sum + count, 0) : null;
  return (
    <Panel
      title={kind === "model-weakness" ? "Model weaknesses" : "Software vulnerabilities"}
      hint={`${total === null ? "" : `${formatCount(total)} · `}to ${channelWords(kind).toLowerCase()}, nobody else`}
      flush
    >
      {board.status === "loading" ? <Loading /> : null}
      {board.status === "failed" ? <ErrorNote failure={board.failure} /> : null}
      {board.status === "ready" && total === 0 ? <p className="board-none ink3">None recorded.</p> : null}
      {board.status === "ready" && total !== 0 ? <Columns {...props} board={board.data} /> : null}
    </Panel>
  );
}
