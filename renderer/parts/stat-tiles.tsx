import type { ReactNode } from "react";
import { classes } from "./defined.ts";
import { DoorLink } from "./door-link.tsx";
import type { Tone } from "./tone.ts";
import "./stat-tiles.css";

export interface Stat {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** The denominator, in lighter ink: "17 / 40". */
  readonly of?: string | undefined;
  /** Interval, unit and method: how the number was made. */
  readonly method?: string | undefined;
  readonly tone?: Tone | undefined;
  /** Opens what the number was made of. */
  readonly onOpen?: (() => void) | undefined;
}

/** A row of headline numbers, each with its unit and method, each a door to what it was made of. */
export function StatTiles({ stats, label }: { readonly stats: readonly Stat[]; readonly label: string }): ReactNode {
  return (
    <dl className="panel stat-tiles" aria-label={label}>
      {stats.map((stat) => (
        <div key={stat.id} className="stat">
          <dt>{stat.label}</dt>
          <dd>
            <strong className={classes(stat.tone && `tone-${stat.tone}`)}>
              {stat.onOpen ? (
                <DoorLink look="quiet" onPress={stat.onOpen}>
                  {stat.value}
                </DoorLink>
              ) : (
                stat.value
              )}
              {stat.of === undefined ? null : <span className="stat-of"> / {stat.of}</span>}
            </strong>{" "}
            {stat.method === undefined ? null : <em>{stat.method}</em>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
