/** A point, bar or row of a chart that can be stood on: where it is, and what is said of it. */
export interface ChartMark {
  readonly id: string;
  /** Middle, in the chart's pixels. */
  readonly x: number;
  readonly y: number;
  /** Size of the ring around it when it has the focus. */
  readonly width: number;
  readonly height: number;
  /** Marks of one line (a series, a row) follow each other with ← and →; ↑ and ↓ change the line. */
  readonly line: number;
  /** The whole of it in words, names in full: "Meridian-2, k 5: 0.612, 95 % [0.441, 0.783]". */
  readonly label: string;
}

/** Marks line by line, in each by place: the order in which → goes through all of them. */
export function readingOrder(marks: readonly ChartMark[]): ChartMark[] {
  return marks.toSorted((a, b) => a.line - b.line || a.x - b.x || a.y - b.y);
}

/**
 * The mark that a key leads to from another one; null where the key leads nowhere. → and ← go through all marks, line
 * after line; ↓ and ↑ to the nearest mark of the next line, or through the marks where there is only one line.
 */
export function walkMarks(marks: readonly ChartMark[], currentId: string | null, key: string): ChartMark | null {
  if (!isWalkingKey(key)) return null;
  const order = readingOrder(marks);
  const place = order.findIndex((mark) => mark.id === currentId);
  const current = order[place];
  const [first, last] = [order[0] ?? null, order.at(-1) ?? null];
  if (current === undefined) return first;
  const steps: Readonly<Record<string, () => ChartMark | null>> = {
    ArrowRight: () => order[place + 1] ?? null,
    ArrowLeft: () => order[place - 1] ?? null,
    ArrowDown: () => inOtherLine(order, current, 1),
    ArrowUp: () => inOtherLine(order, current, -1),
    Home: () => first,
    End: () => last,
  };
  return steps[key]?.() ?? null;
}

export function isWalkingKey(key: string): boolean {
  return ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "Home", "End"].includes(key);
}

function inOtherLine(order: readonly ChartMark[], current: ChartMark, step: 1 | -1): ChartMark | null {
  const lines = [...new Set(order.map(({ line }) => line))];
  if (lines.length === 1) return order[order.indexOf(current) + step] ?? null;
  const line = lines[lines.indexOf(current.line) + step];
  const others = order.filter((mark) => mark.line === line);
  return nearest(others, current.x, current.y);
}

function nearest(marks: readonly ChartMark[], x: number, y: number): ChartMark | null {
  let best: ChartMark | null = null;
  let least = Infinity;
  for (const mark of marks) {
    const distance = Math.hypot(mark.x - x, mark.y - y);
    if (distance < least) [best, least] = [mark, distance];
  }
  return best;
}

/** The mark that a pointer is on: the nearest middle among those whose box it is in, or at most `reach` pixels beside. */
export function markAt(marks: readonly ChartMark[], x: number, y: number, reach = 12): ChartMark | null {
  const hit = marks.filter(
    (mark) =>
      Math.abs(mark.x - x) <= Math.max(reach, mark.width / 2) &&
      Math.abs(mark.y - y) <= Math.max(reach, mark.height / 2),
  );
  return nearest(hit, x, y);
}
