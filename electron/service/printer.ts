import { fromPrinterSchema, type Paper, type PrintFailure, type ToPrinter } from "../contract/printing.ts";
import { Refusal } from "../domain/refusal.ts";

const whys: Record<PrintFailure, string> = {
  refused: "The pages could not be laid out.",
  "process-ended": "The process that prints ended.",
  "too-long": "Printing took too long.",
  cancelled: "It was cancelled.",
};

interface Waiting {
  readonly printed: (pdf: Uint8Array) => void;
  readonly failed: (why: PrintFailure) => void;
}

/** The service's end of its conversation with the printer, whatever it travels over. */
export class Printer {
  readonly #send: (message: ToPrinter) => void;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #gone = false;

  constructor(send: (message: ToPrinter) => void) {
    this.#send = send;
  }

  /** A message as it arrived; what is none of the printer's is dropped. */
  receive(raw: unknown): void {
    const parsed = fromPrinterSchema.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === "printed") waiting?.printed(message.pdf);
    else waiting?.failed(message.why);
  }

  /** The printer is gone: nothing that was asked of it will come. */
  close(): void {
    this.#gone = true;
    for (const waiting of this.#waiting.values()) waiting.failed("process-ended");
    this.#waiting.clear();
  }

  /**
   * Has a document printed, as Chromium writes PDFs: see `settlePdf`.
   * @param subject what is printed, for a failure's words
   * @throws Refusal `print-failed`, `cancelled`
   */
  async print(paper: Paper, subject: string, signal: AbortSignal): Promise<Uint8Array> {
    this.#lastId += 1;
    const id = this.#lastId;
    const cancel = (): void => {
      this.#send({ kind: "cancel", id });
    };
    try {
      return await new Promise<Uint8Array>((resolve, reject) => {
        const failed = (why: PrintFailure): void => {
          reject(new Refusal(why === "cancelled" ? "cancelled" : "print-failed", subject, whys[why]));
        };
        if (signal.aborted || this.#gone) {
          failed(this.#gone ? "process-ended" : "cancelled");
          return;
        }
        this.#waiting.set(id, { printed: resolve, failed });
        signal.addEventListener("abort", cancel);
        this.#send({ kind: "print", id, paper });
      });
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }
}
