/** Why a card or a package cannot be used. */
export type HandoverErrorCode = "package-invalid" | "not-for-you" | "card-invalid";

/** A refused card or package. The message says why in one sentence; it never holds content of the package. */
export class HandoverError extends Error {
  readonly code: HandoverErrorCode;

  constructor(code: HandoverErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "HandoverError";
    this.code = code;
  }
}

export function invalidPackage(why: string): HandoverError {
  return new HandoverError("package-invalid", `The hand-over package cannot be used: ${why}.`);
}
