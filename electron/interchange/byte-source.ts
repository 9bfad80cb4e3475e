import { open } from "node:fs/promises";

/**
 * Random access to the bytes of one file, wherever they lie: a file on disk, a stored blob, a buffer.
 * `read` answers with `length` bytes from `offset`, fewer only at the end of the source, and never changes them later.
 */
export interface ByteSource {
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A source over bytes that are in memory already. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}

/** A source over a file on disk. The caller closes it. */
export async function openFileSource(path: string): Promise<ByteSource & { close(): Promise<void> }> {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    return {
      size,
      async read(offset, length) {
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
        let filled = 0;
        while (filled < bytes.length) {
          const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, offset + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * The same source with one window of read-ahead, for readers that ask for a few bytes at a time (a zip directory):
 * each miss is one read of `window` bytes. Reads larger than the window go straight through.
 */
export function readAhead(source: ByteSource, window = 256 * 1024): ByteSource {
  let start = 0;
  let held = new Uint8Array(0);
  return {
    size: source.size,
    async read(offset, length) {
      if (length >= window) return source.read(offset, length);
      const end = Math.min(offset + length, source.size);
      if (offset < start || end > start + held.length) {
        held = Uint8Array.from(await source.read(offset, window));
        start = offset;
      }
      return held.slice(offset - start, Math.max(offset - start, end - start));
    },
  };
}

/** The bytes of a source from `offset` to `end`, in pieces of at most `piece` bytes. */
export async function* piecesOf(
  source: ByteSource,
  offset: number,
  end: number,
  piece = 256 * 1024,
): AsyncGenerator<Uint8Array> {
  for (let at = offset; at < end;) {
    const bytes = await source.read(at, Math.min(piece, end - at));
    if (bytes.length === 0) return;
    yield bytes;
    at += bytes.length;
  }
}
