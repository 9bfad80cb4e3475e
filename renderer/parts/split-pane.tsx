import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import "./split-pane.css";

export interface SplitPaneProps {
  readonly label: string;
  readonly start: ReactNode;
  readonly end: ReactNode;
  /** Width of the start pane in px: at first, at least, at most. */
  readonly size: number;
  readonly min: number;
  readonly max: number;
}

const keySteps: Readonly<Record<string, number>> = { ArrowLeft: -16, ArrowRight: 16 };

/** Two panes with a border that can be moved by pointer or by arrow keys. */
export function SplitPane({ label, start, end, size, min, max }: SplitPaneProps): ReactNode {
  const [width, setWidth] = useState(size);
  const frame = useRef<HTMLDivElement>(null);
  const put = (next: number): void => {
    setWidth(Math.min(max, Math.max(min, next)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = keySteps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    put(width + step);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const left = frame.current?.getBoundingClientRect().left;
    if (left === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    put(event.clientX - left);
  };
  return (
    <div className="split-pane" ref={frame}>
      <div className="split-start" style={{ width }}>
        {start}
      </div>
      <div
        className="split-border"
        role="separator"
        aria-label={label}
        aria-orientation="vertical"
        aria-valuenow={width}
        aria-valuemin={min}
        aria-valuemax={max}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={onPointerMove}
      />
      <div className="split-end">{end}</div>
    </div>
  );
}
