import { useRef, type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactElement } from "react";
import { px } from "./chart-parts.ts";
import { isWalkingKey, markAt, walkMarks, type ChartMark } from "./marks.ts";
import type { ChartPalette } from "./palette.ts";

interface MarkLayerProps {
  readonly marks: readonly ChartMark[];
  readonly width: number;
  readonly height: number;
  /** The mark that the focus is on, or would be: Tab comes to it. */
  readonly currentId: string | null;
  readonly palette: ChartPalette;
  readonly onMove: (id: string) => void;
  /** The mark under the pointer; null beside all of them. */
  readonly onPoint: (id: string | null) => void;
  /** Enter, Space or a click. */
  readonly onOpen: (id: string) => void;
}

/** Where in the chart's own pixels something was pointed at. */
function placeIn(event: MouseEvent<SVGRectElement>): { readonly x: number; readonly y: number } {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

/**
 * Lies over a chart and makes its marks places to stand on: arrow keys walk them, each with a ring and its words, the
 * pointer takes the nearest. One of them is reached by Tab.
 */
export function MarkLayer(props: MarkLayerProps): ReactElement {
  const { marks, width, height, currentId, palette, onMove, onPoint, onOpen } = props;
  const layer = useRef<SVGGElement>(null);
  const isKnown = marks.some(({ id }) => id === currentId);
  const reached = isKnown ? currentId : (marks[0]?.id ?? null);
  const focus = (id: string): void => {
    const all = layer.current?.querySelectorAll<SVGGElement>("[data-mark]") ?? [];
    for (const element of all) if (element.dataset["mark"] === id) element.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      if (reached !== null) onOpen(reached);
    } else if (isWalkingKey(event.key)) {
      const next = walkMarks(marks, reached, event.key);
      if (next !== null) {
        onMove(next.id);
        focus(next.id);
      }
    } else return;
    event.preventDefault();
  };
  const pointed = (event: PointerEvent<SVGRectElement> | MouseEvent<SVGRectElement>): ChartMark | null => {
    const { x, y } = placeIn(event);
    return markAt(marks, x, y);
  };
  return (
    <g ref={layer} className="mark-layer" onKeyDown={onKeyDown}>
      {marks.map((mark) => (
        <g
          key={mark.id}
          className="mark"
          role="button"
          aria-label={mark.label}
          data-mark={mark.id}
          tabIndex={mark.id === reached ? 0 : -1}
          onFocus={() => {
            onMove(mark.id);
          }}
          onClick={() => {
            onOpen(mark.id);
          }}
        >
          <rect
            className="mark-ring"
            x={px(mark.x - mark.width / 2 - 4)}
            y={px(mark.y - mark.height / 2 - 4)}
            width={px(mark.width + 8)}
            height={px(mark.height + 8)}
            rx={5}
            fill="transparent"
            stroke={palette.accent}
            strokeWidth={2}
          />
        </g>
      ))}
      <rect
        className="mark-pointer"
        width={width}
        height={height}
        fill="transparent"
        onPointerMove={(event) => {
          onPoint(pointed(event)?.id ?? null);
        }}
        onPointerLeave={() => {
          onPoint(null);
        }}
        onClick={(event) => {
          const mark = pointed(event);
          if (mark === null) return;
          onMove(mark.id);
          focus(mark.id);
          onOpen(mark.id);
        }}
      />
    </g>
  );
}
