import { useState, type ReactNode } from "react";
import { TimelineChart, type TimelineBar } from "../../charts/timeline-chart.tsx";
import type { TimelineItem } from "../../../electron/contract/deadlines.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { EmptyState, Panel, RadioGroup } from "../../parts/index.ts";
import { dayWords } from "../../state/time-words.ts";

/** The day as it is meant: of whole days in UTC, of moments where the workstation is. */
function dayOf(at: number, isDay: boolean): string {
  return isDay ? new Date(at).toISOString().slice(0, 10) : dayWords(at);
}

function whenOf({ startsAt, endsAt, isDay }: TimelineItem): string {
  const from = dayOf(startsAt, isDay);
  const to = endsAt === null ? null : dayOf(endsAt, isDay);
  return to === null || to === from ? from : `${from} to ${to}`;
}

function barOf(item: TimelineItem): TimelineBar {
  const { key, title, startsAt, endsAt, state, of } = item;
  const whose = of === "" || title.includes(of) ? "" : ` · ${of}`;
  return { id: key, label: title, detail: `${whenOf(item)}${whose}`, startsAt, endsAt, state };
}

function summaryOf(items: readonly TimelineItem[]): string {
  const count = (state: TimelineItem["state"]): number => items.filter((item) => item.state === state).length;
  const parts = [
    `${String(count("overdue"))} overdue`,
    `${String(count("running"))} running`,
    `${String(count("ahead"))} ahead`,
  ];
  return `${formatCounted(items.length, "thing")} with a time: ${parts.join(", ")}.`;
}

function TimelineTable({ items }: { readonly items: readonly TimelineItem[] }): ReactNode {
  return (
    <table className="timeline-table">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">When</th>
          <th scope="col">State</th>
          <th scope="col">Behind it</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.key}>
            <th scope="row">{item.title}</th>
            <td>{whenOf(item)}</td>
            <td>{item.state}</td>
            <td className="ink2">{item.words}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const looks = [
  { id: "chart", label: "Chart" },
  { id: "table", label: "Table" },
] as const;

/** Windows, sessions, deadlines and planned days along the months, or as a table. */
export function TimelinePanel({ items, width }: { readonly items: readonly TimelineItem[]; readonly width: number }) {
  const [look, setLook] = useState<(typeof looks)[number]["id"]>("chart");
  const [now] = useState(() => Date.now());
  const summary = summaryOf(items);
  if (items.length === 0) {
    return (
      <Panel title="Timeline">
        <EmptyState title="Nothing has a day yet">
          Deadlines with a day, due campaigns, access windows and sessions are drawn here side by side.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel
      title="Timeline"
      hint={String(items.length)}
      actions={
        <RadioGroup label="Shown as" hideLabel look="segments" options={looks} value={look} onChange={setLook} />
      }
    >
      <p className="ink2">{summary}</p>
      <div className="timeline-scroll" tabIndex={0} role="region" aria-label="Timeline, scrolls">
        {look === "chart" ? (
          <TimelineChart
            id="timeline"
            title="Timeline"
            summary={summary}
            plan={{ bars: items.map(barOf), now }}
            width={width}
          />
        ) : (
          <TimelineTable items={items} />
        )}
      </div>
    </Panel>
  );
}
