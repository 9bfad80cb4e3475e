import { dayAt } from "../domain/submissions/access-window.ts";
import { latestTime } from "../domain/submissions/queries.ts";
import type { Host } from "./host.ts";

/** The day that it is in UTC; a workstation whose clock is behind the journal is not believed. */
export function todayOf(host: Host): string {
  return dayAt(Math.max(host.now(), latestTime(host.session.model)), "UTC");
}
