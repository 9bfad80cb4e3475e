import { describe, expect, it } from "vitest";
import { toPrinterSchema, type ToPrinter } from "../../../electron/contract/printing.ts";
import { Printer } from "../../../electron/service/printer.ts";

const paper = { html: "<p>1</p>", header: "", footer: "" };
const never = new AbortController().signal;

function madePrinter(): { printer: Printer; sent: ToPrinter[] } {
  const sent: ToPrinter[] = [];
  const printer = new Printer((message) => sent.push(toPrinterSchema.parse(message)));
  return { printer, sent };
}

describe("the service's end of the printer's port", () => {
  it("gives each its own pages, in whatever order they come", async () => {
    const { printer, sent } = madePrinter();
    const [one, two] = [printer.print(paper, "one", never), printer.print(paper, "two", never)];
    expect(sent.map(({ kind, id }) => [kind, id])).toEqual([
      ["print", 1],
      ["print", 2],
    ]);
    printer.receive({ kind: "printed", id: 2, pdf: new Uint8Array([2]) });
    printer.receive({ kind: "printed", id: 1, pdf: new Uint8Array([1]) });
    await expect(two).resolves.toEqual(new Uint8Array([2]));
    await expect(one).resolves.toEqual(new Uint8Array([1]));
  });

  it("passes a failure on with its reason, and drops what is no message", async () => {
    const { printer } = madePrinter();
    const asked = printer.print(paper, "EV-1", never);
    for (const nonsense of [null, "printed", { kind: "printed", id: 1, pdf: "text" }, { kind: "failed", id: 1 }]) {
      printer.receive(nonsense);
    }
    printer.receive({ kind: "failed", id: 1, why: "too-long" });
    await expect(asked).rejects.toMatchObject({
      code: "print-failed",
      subject: "EV-1",
      message: "Printing took too long.",
    });
    printer.receive({ kind: "printed", id: 1, pdf: new Uint8Array() });
  });

  it("asks for an end when it is cancelled, and says that it was", async () => {
    const { printer, sent } = madePrinter();
    const cancelling = new AbortController();
    const asked = printer.print(paper, "EV-1", cancelling.signal);
    cancelling.abort();
    expect(sent.at(-1)).toEqual({ kind: "cancel", id: 1 });
    printer.receive({ kind: "failed", id: 1, why: "cancelled" });
    await expect(asked).rejects.toMatchObject({ code: "cancelled" });
    await expect(printer.print(paper, "EV-1", cancelling.signal)).rejects.toMatchObject({ code: "cancelled" });
    expect(sent).toHaveLength(2);
  });

  it("leaves nobody waiting when the printer goes, nor who comes after", async () => {
    const { printer, sent } = madePrinter();
    const asked = printer.print(paper, "EV-1", never);
    printer.close();
    await expect(asked).rejects.toMatchObject({ code: "print-failed" });
    await expect(printer.print(paper, "EV-1", never)).rejects.toMatchObject({ code: "print-failed" });
    expect(sent).toHaveLength(1);
  });
});
