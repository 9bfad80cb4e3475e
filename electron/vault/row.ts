import { damaged } from "./errors.ts";

/** Reads a row's columns with their types checked: a wrong type or length is damage, named by `where`. */
export class Row {
  readonly #columns: ReadonlyMap<string, unknown>;
  readonly #where: string;

  constructor(row: unknown, where: string) {
    if (typeof row !== "object" || row === null) throw damaged(where, "the row is not there");
    this.#columns = new Map(Object.entries(row));
    this.#where = where;
  }

  integer(name: string): number {
    const value = this.#columns.get(name);
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
      throw damaged(this.#where, `column ${name} is not a whole number`);
    }
    return value;
  }

  text(name: string): string {
    const value = this.#columns.get(name);
    if (typeof value !== "string") throw damaged(this.#where, `column ${name} is not text`);
    return value;
  }

  /** Bytes; of exactly `length` where one is given. */
  bytes(name: string, length?: number): Uint8Array {
    const value = this.#columns.get(name);
    if (!(value instanceof Uint8Array)) throw damaged(this.#where, `column ${name} is not bytes`);
    if (length !== undefined && value.length !== length) {
      throw damaged(this.#where, `column ${name} is not ${String(length)} bytes long`);
    }
    return value;
  }
}
