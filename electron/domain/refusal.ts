import type { ErrorCode } from "../contract/result.ts";

/** A command that cannot be done, with the code that crosses the process boundary. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly subject: string;

  constructor(code: ErrorCode, subject: string, detail = "") {
    super(detail);
    this.name = "Refusal";
    this.code = code;
    this.subject = subject;
  }
}
