import { damaged } from "./errors.ts";

/** Reads a row's columns with their types checked: a wrong type or length is damage, named by `where`. */
export class Row {
  readonly #columns: object;
  readonly #where: string;

  constructor(row: unknown, where: string) {
    if (typeof row !== "object" || row === null) throw damaged(where, "the row is not there");
    this.#columns = row;
    this.#where = where;
  }

  integer(name: string): number {
    const value: unknown = Reflect.get(this.#columns, name);
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
      throw damaged(this.#where, `column ${name} is not a whole number`);
    }
    return value;
  }

  text(name: string): string {
    const value: unknown = Reflect.get(this.#columns, name);
    if (typeof value !== "string") throw damaged(this.#where, `column ${name} is not text`);
    return value;
  }

  /** Bytes; of exactly `length` where one is given. */
  bytes(name: string, length?: number): Uint8Array {
    const value: unknown = Reflect.get(this.#columns, name);
    if (!(value instanceof Uint8Array)) throw damaged(this.#where, `column ${name} is not bytes`);
    if (length !== undefined && value.length !== length) {
      throw damaged(this.#where, `column ${name} is not ${String(length)} bytes long`);
    }
    return value;
  }
}
