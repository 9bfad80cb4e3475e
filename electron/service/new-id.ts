import { randomBytes } from "node:crypto";

/** An id for a new thing: 80 random bits, hex. */
export function newId(): string {
  return randomBytes(10).toString("hex");
}
