import { memo, useSyncExternalStore, type ReactNode } from "react";
import { spanAt, type TranscriptItem } from "../../electron/contract/transcripts.ts";
import { formatCount, formatDuration } from "../../electron/contract/number-text.ts";
import { ErrorNote, Tag, classes } from "../parts/index.ts";
import { ItemText } from "./item-text.tsx";
import { kindLook } from "./kind-looks.ts";
import type { HitPlace, TranscriptReader } from "./reader.ts";
import { RowButton } from "./row-button.tsx";
import { ScoreStory } from "./score-story.tsx";
import type { FindText } from "./source.ts";
import { visibleText } from "./visible-text.ts";
import { useItemTexts } from "./whole-texts.ts";

/** What can be done with one item. */
export interface ItemActs {
  readonly copy: (index: number) => void;
  readonly showJson: (index: number) => void;
}

export interface ItemViewProps {
  readonly reader: TranscriptReader;
  readonly index: number;
  readonly row: number;
  readonly rows: number;
  readonly isCurrent: boolean;
  readonly isFolded: boolean;
  /** What was said alone: no calls, no arguments. */
  readonly isTextOnly: boolean;
  /** Characters of its texts that are shown. */
  readonly limit: number;
  readonly find: FindText | null;
  readonly hit: HitPlace | null;
  readonly acts: ItemActs;
}

/** The title without the kind that stands before it: "bash" of "Tool · bash". */
function ownTitle(title: string): string {
  const after = title.indexOf(" · ");
  return after < 0 ? "" : title.slice(after + 3);
}

function TokenWords({ item }: { readonly item: TranscriptItem }): ReactNode {
  if (item.tokens === null) return null;
  const { input, output, cacheRead, cacheWrite, total } = item.tokens;
  const given = input === null ? null : input + (cacheRead ?? 0) + (cacheWrite ?? 0);
  const words =
    given === null && output === null
      ? `${formatCount(total)} tokens`
      : `${formatCount(given)} in · ${formatCount(output)} out`;
  return <span className="transcript-side">{words}</span>;
}

function FoldToggle({
  reader,
  span,
  isFolded,
}: {
  readonly reader: TranscriptReader;
  readonly span: number;
  readonly isFolded: boolean;
}): ReactNode {
  const head = spanAt(reader.outline, span);
  if (head === null) return null;
  const inside = head.last - head.first;
  if (inside === 0) return null;
  const name = head.name === "" ? head.type : head.name;
  return (
    <>
      <RowButton
        look="icon"
        sign={isFolded ? "right" : "down"}
        label={`${isFolded ? "Unfold" : "Fold"} ${visibleText(name).slice(0, 80)}`}
        onPress={() => {
          reader.toggleFold(span);
        }}
      />
      {head.type === "" ? null : <Tag>{visibleText(head.type)}</Tag>}
      <span className="transcript-side">
        {formatCount(inside)} {isFolded ? "folded" : "items"}
      </span>
    </>
  );
}

function ItemHead({
  reader,
  item,
  isFolded,
  hit,
  acts,
}: Pick<ItemViewProps, "reader" | "isFolded" | "hit" | "acts"> & { readonly item: TranscriptItem }): ReactNode {
  const look = kindLook(item.kind);
  const span = reader.heads.get(item.index);
  const title = visibleText(ownTitle(item.title));
  const isHit = hit?.field === "title";
  return (
    <div className="transcript-item-head">
      <span className="transcript-kind">{look.words}</span>
      {title === "" ? null : (
        <span className="transcript-title" {...(isHit ? { "data-hit": "" } : {})}>
          <Tag tone={look.tone} sign={look.sign}>
            <span className="cut">{title}</span>
          </Tag>
        </span>
      )}
      {reader.isFailed(item.index) && item.kind !== "error" ? (
        <Tag tone="bad" sign="fault">
          error
        </Tag>
      ) : null}
      {span === undefined ? null : <FoldToggle reader={reader} span={span} isFolded={isFolded} />}
      <span className="transcript-item-end">
        <span className="transcript-acts">
          <RowButton
            look="quiet"
            label={`Copy item ${formatCount(item.index + 1)}`}
            onPress={() => {
              acts.copy(item.index);
            }}
          >
            Copy
          </RowButton>
          <RowButton
            look="quiet"
            label={`JSON of item ${formatCount(item.index + 1)}`}
            onPress={() => {
              acts.showJson(item.index);
            }}
          >
            JSON
          </RowButton>
        </span>
        <TokenWords item={item} />
        {item.at === null ? null : <span className="transcript-side">{formatDuration(item.at)}</span>}
        <span className="transcript-side transcript-number">{formatCount(item.index + 1)}</span>
      </span>
    </div>
  );
}

/** From a call to what came out of it, and back. */
function CallDoors({ reader, item }: { readonly reader: TranscriptReader; readonly item: TranscriptItem }): ReactNode {
  const outputs = item.calls.filter(({ output }) => output !== null && output !== item.index);
  const call = item.answers?.call ?? null;
  if (outputs.length === 0 && (call === null || call === item.index)) return null;
  return (
    <div className="transcript-doors">
      {outputs.map(({ name, output }, place) => (
        <RowButton
          key={place}
          sign="down"
          onPress={() => {
            if (output !== null) reader.goTo(output);
          }}
        >
          {`Output of ${visibleText(name).slice(0, 60)}`}
        </RowButton>
      ))}
      {call === null || call === item.index ? null : (
        <RowButton
          sign="up"
          onPress={() => {
            reader.goTo(call);
          }}
        >
          The call
        </RowButton>
      )}
    </div>
  );
}

type BodyProps = Pick<ItemViewProps, "reader" | "isTextOnly" | "limit" | "find" | "hit"> & {
  readonly item: TranscriptItem;
};

function ItemBody({ reader, item, isTextOnly, limit, find, hit }: BodyProps): ReactNode {
  const texts = useItemTexts(reader, item, limit);
  const look = kindLook(item.kind);
  const shared = {
    limit,
    isCut: texts.isCut,
    find,
    onLimit: (characters: number) => {
      reader.open(item.index, characters);
    },
  };
  const hitIn = (field: HitPlace["field"]): { offset: number; length: number } | null =>
    hit?.field === field ? { offset: hit.offset, length: hit.length } : null;
  const text = <ItemText key="text" {...shared} text={texts.text} type={look.type} hit={hitIn("text")} />;
  const detailType = look.type === "machine" || item.calls.length > 0 ? "machine" : look.type;
  const detail = isTextOnly ? null : (
    <ItemText key="detail" {...shared} text={texts.detail} type={detailType} hit={hitIn("detail")} />
  );
  return (
    <>
      {look.inputFirst === true ? [detail, text] : [text, detail]}
      {texts.failure === null ? null : <ErrorNote failure={texts.failure} />}
    </>
  );
}

function isScore(item: TranscriptItem): boolean {
  return item.kind === "score" || item.kind === "score-edit" || item.kind === "final-score";
}

/** One item, or its place while its window is being read. */
export const ItemView = memo(function ItemView(props: ItemViewProps): ReactNode {
  const { reader, index, row, rows, isCurrent, isFolded } = props;
  const item = useSyncExternalStore(reader.windows.subscribe, () => reader.windows.item(index));
  const depth = Math.min(5, reader.depthOf(index));
  const place = { "data-row": row, "aria-posinset": row + 1, "aria-setsize": rows } as const;
  const look = classes("transcript-item", `depth-${String(depth)}`, isCurrent && "current");
  if (item === undefined) {
    return (
      <article
        {...place}
        data-waiting=""
        className={look}
        aria-label={`Item ${formatCount(index + 1)}, being read`}
        style={{ height: reader.frame.height(row) }}
      >
        <div className="transcript-item-head">
          <span className="transcript-kind">{kindLook(reader.kindOf(index)).words}</span>
          <span className="transcript-item-end">
            <span className="transcript-side transcript-number">{formatCount(index + 1)}</span>
          </span>
        </div>
      </article>
    );
  }
  return (
    <article
      {...place}
      className={classes(look, kindLook(item.kind).isMinor === true && "minor")}
      aria-label={`Item ${formatCount(index + 1)}: ${kindLook(item.kind).words}`}
    >
      <ItemHead reader={reader} item={item} isFolded={isFolded} hit={props.hit} acts={props.acts} />
      <ItemBody {...props} item={item} />
      {isScore(item) ? <ScoreStory reader={reader} item={item} /> : null}
      {props.isTextOnly ? null : <CallDoors reader={reader} item={item} />}
    </article>
  );
});
