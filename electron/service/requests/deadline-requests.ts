import type { Deadline, deadlineRequests } from "../../contract/deadlines.ts";
import { markingWords } from "../../contract/marking.ts";
import { deadlineAdded, deadlineChanged, deadlineDropped, deadlineMet } from "../../domain/deadlines/events.ts";
import { getDeadline, listDeadlines } from "../../domain/deadlines/queries.ts";
import type { Draft } from "../../domain/event.ts";
import { currentMarking, vaultName } from "../../domain/members/queries.ts";
import { Refusal } from "../../domain/refusal.ts";
import { timeline } from "../../domain/timeline/queries.ts";
import { writeCalendar } from "../../interchange/ics/write-calendar.ts";
import { writeFileDurably } from "../../vault/index.ts";
import type { Handlers } from "../handlers.ts";
import type { Host } from "../host.ts";
import { newId } from "../new-id.ts";
import { todayOf } from "../today.ts";

function deadline(host: Host, id: string): Deadline {
  const found = getDeadline(host.session.model, id, todayOf(host));
  if (found === null) throw new Refusal("not-found", "the deadline");
  return found;
}

function write(host: Host, id: string, draft: Draft): Deadline {
  deadline(host, id);
  host.session.commit([draft]);
  host.changed();
  return deadline(host, id);
}

export const deadlineHandlers: Handlers<keyof typeof deadlineRequests> = {
  "deadlines.list": ({ host }) => listDeadlines(host.session.model, todayOf(host)),

  "deadlines.add": ({ host }, { deadlines }) => {
    const added = deadlines.map((one) => ({ id: newId(), deadline: one }));
    host.session.commit(added.map((one) => deadlineAdded.draft(one)));
    host.changed();
    return added.map(({ id }) => deadline(host, id));
  },

  "deadlines.change": ({ host }, input) => write(host, input.deadlineId, deadlineChanged.draft(input)),
  "deadlines.meet": ({ host }, input) => write(host, input.deadlineId, deadlineMet.draft(input)),
  "deadlines.drop": ({ host }, input) => write(host, input.deadlineId, deadlineDropped.draft(input)),

  "timeline.get": ({ host }) => timeline(host.session.model, host.now()),

  "timeline.export": ({ host }, { destination }) => {
    const { model } = host.session;
    const path = host.destinationPath(destination);
    const items = timeline(model, host.now());
    const calendar = writeCalendar({
      name: vaultName(model),
      marking: markingWords(currentMarking(model)),
      at: host.now(),
      items: items.map(({ key, kind, title, words, startsAt, endsAt, isDay }) => ({
        id: `${key.replaceAll(" ", "-")}@evalvault`,
        category: kind,
        ...{ title, words, startsAt, endsAt, isDay },
      })),
    });
    const bytes = new TextEncoder().encode(calendar);
    writeFileDurably(path, bytes);
    host.produced(path);
    return { items: items.length, bytes: bytes.length };
  },
};
