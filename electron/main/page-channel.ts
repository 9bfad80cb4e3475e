import { shellEvents, type ShellEventPayload } from "../contract/shell.ts";
import { eventChannel, type ShellEventName } from "../contract/shell-channels.ts";

/** Sends to the page; nothing happens when there is none. */
export type SendToPage = (channel: string, payload: unknown) => void;

/** Events to the page, from when it says that it listens (by asking for its port) until it is replaced. */
export class PageChannel {
  readonly #send: SendToPage;
  #listening = false;

  constructor(send: SendToPage) {
    this.#send = send;
  }

  get listening(): boolean {
    return this.#listening;
  }

  /** Sends an event, if the page listens. Throws on a payload that the contract does not allow. */
  emit<N extends ShellEventName>(name: N, payload: ShellEventPayload<N>): void {
    const checked = shellEvents[name].parse(payload);
    if (this.#listening) this.#send(eventChannel(name), checked);
  }

  opened(): void {
    this.#listening = true;
  }

  /** The page is gone or about to be loaded anew. */
  closed(): void {
    this.#listening = false;
  }
}
