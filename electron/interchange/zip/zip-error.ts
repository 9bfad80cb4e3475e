export type ZipErrorCode =
  "no-directory" | "damaged" | "truncated" | "unsupported-method" | "encrypted" | "too-large" | "too-many-members";

/** What is wrong with an archive or one member of it. The message never holds content. */
export class ZipError extends Error {
  readonly code: ZipErrorCode;
  constructor(code: ZipErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ZipError";
    this.code = code;
  }
}

/** One member of an archive, as its directory or its own header describes it. */
export interface ZipMember {
  readonly name: string;
  /** 0 stored, 8 deflate, 93 zstd. */
  readonly method: number;
  readonly encrypted: boolean;
  /** Bytes in the archive; for a member that was cut, what is left of it. */
  readonly compressedSize: number;
  /** Bytes after decompression, null where the archive does not say. */
  readonly size: number | null;
  readonly crc32: number | null;
  readonly headerOffset: number;
  /** Where the member's data begins, null until its local header was read. */
  readonly dataOffset: number | null;
  /** True where the archive ends before the member does. */
  readonly cut: boolean;
}

export const localHeaderSignature = 0x04034b50;
export const localHeaderBytes = 30;
export const memberLimit = 2_000_000;

const nameDecoder = new TextDecoder("utf-8");

/** A member's name as text. Harness logs are written with UTF-8 names whatever the flag says. */
export function memberName(raw: Uint8Array): string {
  return nameDecoder.decode(raw);
}
