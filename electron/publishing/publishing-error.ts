export type PublishingErrorCode =
  "report-invalid" | "block-id-unsafe" | "block-id-duplicate" | "pdf-malformed" | "release-leaks";

/** A frozen report that cannot be made into files. `params` names the place in the report, never its content. */
export class PublishingError extends Error {
  readonly code: PublishingErrorCode;
  readonly params: Readonly<Record<string, string>>;

  constructor(code: PublishingErrorCode, message: string, params: Readonly<Record<string, string>>) {
    super(message);
    this.name = "PublishingError";
    this.code = code;
    this.params = params;
  }
}
