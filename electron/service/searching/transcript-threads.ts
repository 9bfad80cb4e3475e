import type { Host } from "../host.ts";
import type { OpenSession } from "../open-session.ts";
import { SealedLogs, TranscriptThread } from "./transcript-thread.ts";

/** As many as search at the same time; the service beside them only reads ciphertext. */
const searcherCount = 2;
/** A thread that nobody has asked for anything this long is ended: its memory goes with it. */
const idleMs = 5 * 60_000;

/** The threads that read transcripts of one open vault: one for who reads, some for who searches. */
export class TranscriptThreads {
  readonly logs = new SealedLogs();
  readonly reader = new TranscriptThread(this.logs);
  readonly searchers: readonly TranscriptThread[] = Array.from(
    { length: searcherCount },
    () => new TranscriptThread(this.logs),
  );
  #timer: NodeJS.Timeout | undefined;

  /** Somebody asks for something: idle time begins again. */
  used(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const threads = [this.reader, ...this.searchers];
      if (threads.some((thread) => thread.busy > 0)) this.used();
      else this.end();
    }, idleMs).unref();
  }

  /** Ends all threads and overwrites the keys that they were given. */
  end(): void {
    clearTimeout(this.#timer);
    for (const thread of [this.reader, ...this.searchers]) thread.end();
    this.logs.wipe();
  }
}

interface Room {
  readonly session: OpenSession;
  readonly threads: TranscriptThreads;
}

const rooms = new WeakMap<Host, Room>();
const listening = new WeakSet<Host>();

/** The threads of the open vault; they end when it is locked. @throws Refusal "vault-locked" */
export function threadsOf(host: Host): TranscriptThreads {
  const { session } = host;
  let room = rooms.get(host);
  if (room?.session !== session) {
    room?.threads.end();
    room = { session, threads: new TranscriptThreads() };
    rooms.set(host, room);
  }
  if (!listening.has(host)) {
    listening.add(host);
    host.listen((name) => {
      if (name === "locked") leave(host);
    });
  }
  room.threads.used();
  return room.threads;
}

function leave(host: Host): void {
  rooms.get(host)?.threads.end();
  rooms.delete(host);
}
