import { Readable } from "node:stream";
import * as yauzl from "yauzl";
import type { ByteSource } from "../byte-source.ts";
import { readAhead } from "../byte-source.ts";
import { memberLimit, memberName, ZipError, type ZipMember } from "./zip-error.ts";

/** Lets yauzl read its directory out of any byte source. */
class SourceReader extends yauzl.RandomAccessReader {
  readonly #source: ByteSource;
  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#source.read(position, length).then(
      (bytes) => {
        buffer.set(bytes, offset);
        callback(null, bytes.length);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error("The file could not be read."));
      },
    );
  }
  override _readStreamForRange(): Readable {
    return Readable.from([]);
  }
  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}

function asMember(entry: yauzl.Entry): ZipMember {
  return {
    name: memberName(entry.fileNameRaw),
    method: entry.compressionMethod,
    encrypted: (entry.generalPurposeBitFlag & 1) !== 0,
    compressedSize: entry.compressedSize,
    size: entry.uncompressedSize,
    crc32: entry.crc32,
    headerOffset: entry.relativeOffsetOfLocalHeader,
    dataOffset: null,
    cut: false,
  };
}

/**
 * The members of an archive in the order of its central directory, duplicates included.
 * Names are not checked for paths: nothing is ever written by a member's name.
 * @throws ZipError `no-directory` where the directory is missing or damaged, `too-many-members`
 */
export async function readDirectory(source: ByteSource, signal?: AbortSignal): Promise<ZipMember[]> {
  const members: ZipMember[] = [];
  try {
    const zip = await yauzl.fromRandomAccessReaderPromise(new SourceReader(readAhead(source)), source.size, {
      lazyEntries: true,
      decodeStrings: false,
      validateEntrySizes: false,
      autoClose: false,
    });
    for await (const entry of zip.eachEntry()) {
      signal?.throwIfAborted();
      if (members.length >= memberLimit) {
        throw new ZipError("too-many-members", `The archive has more than ${String(memberLimit)} members.`);
      }
      members.push(asMember(entry));
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ZipError) throw error;
    throw new ZipError("no-directory", "The archive's directory is missing or damaged.", { cause: error });
  }
  return members;
}
