import { WebContentsView, type MessagePortMain, type Session, type WebContents, type WebPreferences } from "electron";
import {
  printTimeoutMs,
  toPrinterSchema,
  type FromPrinter,
  type Paper,
  type PrintFailure,
} from "../contract/printing.ts";
import { paperPolicy, responseHeaders } from "./page-headers.ts";

/** The only address of the printer's session: the document that is being printed. */
export const paperUrl = "app://print/";

interface Job {
  readonly paper: Paper;
  /** Ends it early. */
  readonly stop: (why: PrintFailure) => void;
  /** Resolves when it is to end early. */
  readonly stopped: Promise<PrintFailure>;
}

/**
 * Prints reports to PDF, one at a time: in a page that nobody sees, without script, in a sandboxed process of its own that
 * ends with it. The document comes from the service and is served from memory; the PDF goes back to the service.
 * Neither touches a disk.
 */
export class Printer {
  readonly #session: Session;
  #document: string | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** @param session in memory, locked down to `paperUrl` */
  constructor(session: Session) {
    this.#session = session;
    session.protocol.handle("app", (request) => {
      const html = request.method === "GET" && request.url === paperUrl ? this.#document : null;
      const headers = responseHeaders("text/html; charset=utf-8", paperPolicy);
      return new Response(html ?? "", { status: html === null ? 404 : 200, headers });
    });
  }

  /** Answers a service until its port closes. */
  serve(port: MessagePortMain): void {
    const jobs = new Map<number, Job>();
    port.on("message", ({ data }) => {
      const parsed = toPrinterSchema.safeParse(data);
      if (!parsed.success) return;
      const message = parsed.data;
      if (message.kind === "cancel") jobs.get(message.id)?.stop("cancelled");
      else if (!jobs.has(message.id)) {
        const job = newJob(message.paper);
        jobs.set(message.id, job);
        void this.#inTurn(job).then((made) => {
          jobs.delete(message.id);
          const answer: FromPrinter =
            typeof made === "string"
              ? { kind: "failed", id: message.id, why: made }
              : { kind: "printed", id: message.id, pdf: made };
          port.postMessage(answer);
          // The message holds a copy.
          if (typeof made !== "string") made.fill(0);
        });
      }
    });
    port.on("close", () => {
      for (const job of jobs.values()) job.stop("cancelled");
    });
    port.start();
  }

  async #inTurn(job: Job): Promise<Uint8Array | PrintFailure> {
    const turn = this.#last.then(() => this.#print(job));
    this.#last = turn;
    return turn;
  }

  async #print({ paper, stop, stopped }: Job): Promise<Uint8Array | PrintFailure> {
    const early = await Promise.race([stopped, Promise.resolve(null)]);
    if (early !== null) return early;
    const timer = setTimeout(() => {
      stop("too-long");
    }, printTimeoutMs);
    const view = new WebContentsView({ webPreferences: preferences(this.#session) });
    view.webContents.once("render-process-gone", () => {
      stop("process-ended");
    });
    this.#document = paper.html;
    try {
      return await Promise.race([stopped, printed(view.webContents, paper)]);
    } catch {
      // What went wrong may quote the document; the service is told only that it did.
      return "refused";
    } finally {
      clearTimeout(timer);
      this.#document = null;
      view.webContents.close();
    }
  }
}

function newJob(paper: Paper): Job {
  let stop: Job["stop"] = () => undefined;
  const stopped = new Promise<PrintFailure>((resolve) => {
    stop = resolve;
  });
  return { paper, stop, stopped };
}

function preferences(session: Session): WebPreferences {
  return {
    session,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    javascript: false,
    images: false,
    plugins: false,
    webgl: false,
    webSecurity: true,
    spellcheck: false,
    disableDialogs: true,
    v8CacheOptions: "none",
    devTools: false,
  };
}

/** Size and margins are the document's own (`@page`); the head and foot stand in the margins. */
async function printed(contents: WebContents, { header, footer }: Paper): Promise<Uint8Array> {
  await contents.loadURL(paperUrl);
  return contents.printToPDF({
    preferCSSPageSize: true,
    printBackground: true,
    displayHeaderFooter: true,
    headerTemplate: header,
    footerTemplate: footer,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  });
}
