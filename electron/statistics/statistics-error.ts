export type StatisticsErrorCode = "count-out-of-range" | "level-out-of-range" | "size-mismatch" | "value-not-finite";

/** A statistic was asked of numbers that it is not defined on. `params` holds those numbers, never names or content. */
export class StatisticsError extends Error {
  readonly code: StatisticsErrorCode;
  readonly params: Readonly<Record<string, number>>;

  constructor(code: StatisticsErrorCode, message: string, params: Readonly<Record<string, number>>) {
    super(message);
    this.name = "StatisticsError";
    this.code = code;
    this.params = params;
  }
}
