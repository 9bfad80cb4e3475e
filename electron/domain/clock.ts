import type { Batch } from "./event.ts";
import { number, text, type ReadModel } from "./read-model.ts";

/**
 * The order of the journal does not come from clocks; what people read does. So a clock that was put back is named:
 * within one unlocking by the monotonic clock beside it, between two by an entry that claims to be older than the one before.
 */
export const clockTables = [
  `CREATE TABLE clock (one INTEGER PRIMARY KEY, latest INTEGER NOT NULL, session TEXT NOT NULL, wall INTEGER NOT NULL,
     mono INTEGER NOT NULL) STRICT`,
];

/** Clocks of two workstations may differ by this much without anybody having turned one back. */
const betweenWorkstations = 2 * 60_000;
/** A wall clock that is adjusted by its time service moves by less than this. */
const withinSession = 5_000;

function seconds(ms: number): string {
  const total = Math.round(ms / 1000);
  if (total < 120) return `${String(total)} s`;
  return total < 7_200 ? `${String(Math.round(total / 60))} min` : `${String(Math.round(total / 3_600))} h`;
}

/** What is odd about the clock of an entry's own events, null when nothing is. Remembers it for the next entry. */
export function clockOddity(model: ReadModel, seq: number, batch: Pick<Batch, "clock" | "events">): string | null {
  const wall = batch.events[0]?.at ?? 0;
  const row = model.get("SELECT * FROM clock");
  const known =
    row === undefined
      ? null
      : {
          latest: number(row, "latest"),
          session: text(row, "session"),
          wall: number(row, "wall"),
          mono: number(row, "mono"),
        };
  const { session, mono } = batch.clock ?? { session: "", mono: 0 };
  const latest = Math.max(known?.latest ?? wall, wall);
  model.run("INSERT OR REPLACE INTO clock VALUES (1, ?, ?, ?, ?)", latest, session, wall, mono);
  if (known === null) return null;
  if (batch.clock !== undefined && known.session === session) {
    const lost = mono - known.mono - (wall - known.wall);
    if (lost > withinSession) return `the clock was put back by ${seconds(lost)} while the vault was open`;
  }
  const behind = known.latest - wall;
  if (behind <= betweenWorkstations) return null;
  return `it claims to be ${seconds(behind)} older than an entry before entry ${String(seq)}`;
}
