import { ZSTDDecoder } from "zstddec/stream";
import { ZipError } from "./zip-error.ts";

/**
 * Zstandard: the reference decoder as WebAssembly out of the package zstddec, driven from here. The package's own loop
 * neither sees errors nor gives its memory back when it is left early; a file with damaged members needs both.
 * Node's own zstd exists only from 22.15.
 */

/** Hands over the compiled module instead of keeping an instance of it. */
class DecoderModule extends ZSTDDecoder {
  compiled: WebAssembly.Module | null = null;
  override init(): Promise<void> {
    // The package would load its own bytes through fetch("data:…"); without fetch it takes them from memory, which also
    // works in a process whose network functions throw. It decides synchronously, so fetch is away for no await.
    const fetchBefore = Object.getOwnPropertyDescriptor(globalThis, "fetch");
    const hidden = Reflect.defineProperty(globalThis, "fetch", { value: undefined, configurable: true });
    // The package calls _init without an object.
    this._init = this._init.bind(this);
    try {
      return super.init();
    } finally {
      if (hidden && fetchBefore !== undefined) Reflect.defineProperty(globalThis, "fetch", fetchBefore);
    }
  }
  override _init(result: WebAssembly.WebAssemblyInstantiatedSource): void {
    this.compiled = result.module;
  }
}

const outputBytes = 128 * 1024;
const inputBytes = 256 * 1024;
/** A WebAssembly heap never shrinks: one that grew beyond this is dropped as soon as nobody uses it. */
const heapKept = 32 * 1024 * 1024;
/** Results of the C library above this are error codes (ZSTD_error_maxCode is 120). */
const firstError = 0xffffffff - 120;

type Native = (...values: number[]) => number;

/** One instance of the decoder with its own heap. */
class Decoder {
  readonly #memory: WebAssembly.Memory;
  readonly #malloc: Native;
  readonly #free: Native;
  readonly #create: Native;
  readonly #release: Native;
  readonly #decompress: Native;
  streams = 0;
  /** Contexts of streams that ended well, ready for the next: making one costs more than a small member. */
  readonly #idle: { context: number; base: number }[] = [];

  constructor(compiled: WebAssembly.Module) {
    const imports = { env: { emscripten_notify_memory_growth: () => undefined } };
    const { exports } = new WebAssembly.Instance(compiled, imports);
    const memory = exports.memory;
    if (!(memory instanceof WebAssembly.Memory)) throw new TypeError("The zstd decoder has no memory.");
    this.#memory = memory;
    const native = (name: string): Native => {
      const found = exports[name];
      if (typeof found !== "function") throw new TypeError(`The zstd decoder has no ${name}.`);
      return (...values) => Number(Reflect.apply(found, undefined, values)) >>> 0;
    };
    this.#malloc = native("malloc");
    this.#free = native("free");
    this.#create = native("ZSTD_createDCtx");
    this.#release = native("ZSTD_freeDCtx");
    this.#decompress = native("ZSTD_decompressStream");
  }

  get heapBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** A stream's place in the heap: input, output, and the two structs that say how far each is. */
  open(): { feed: (input: Uint8Array) => Generator<Uint8Array>; close: () => void; whole: () => boolean } {
    const { context, base } = this.#idle.pop() ?? {
      context: this.#create(),
      base: this.#malloc(inputBytes + outputBytes + 24),
    };
    if (context === 0 || base === 0)
      throw new ZipError("unsupported-method", "There is no memory for the zstd decoder.");
    this.streams += 1;
    let expected = 0;
    const run = (input: Uint8Array): Generator<Uint8Array> =>
      this.#feed(context, base, input, (next) => (expected = next));
    return {
      feed: run,
      whole: () => expected === 0,
      close: () => {
        this.streams -= 1;
        if (expected === 0 && this.#idle.length < 2) this.#idle.push({ context, base });
        else {
          this.#release(context);
          this.#free(base);
        }
      },
    };
  }

  *#feed(context: number, base: number, input: Uint8Array, note: (expected: number) => void): Generator<Uint8Array> {
    const output = base + inputBytes;
    const source = output + outputBytes;
    const target = source + 12;
    new Uint8Array(this.#memory.buffer).set(input, base);
    const fields = (at: number, ...values: number[]): void => {
      const view = new DataView(this.#memory.buffer);
      values.forEach((value, index) => {
        view.setUint32(at + index * 4, value, true);
      });
    };
    fields(source, base, input.length, 0);
    let taken = 0;
    // Once more where the output was full, for there may be more behind it; 0 says that a frame is done.
    let more = true;
    while (taken < input.length || more) {
      fields(target, output, outputBytes, 0);
      const result = this.#decompress(context, target, source);
      note(result);
      if (result > firstError) throw new ZipError("damaged", "The zstd data is damaged.");
      // Read anew each time: the heap may have moved.
      const view = new DataView(this.#memory.buffer);
      taken = view.getUint32(source + 8, true);
      const length = view.getUint32(target + 8, true);
      more = length === outputBytes && result !== 0;
      if (length > 0) yield new Uint8Array(this.#memory.buffer).slice(output, output + length);
    }
  }
}

let loading: Promise<WebAssembly.Module> | null = null;
let decoder: Decoder | null = null;

async function load(): Promise<WebAssembly.Module> {
  const holder = new DecoderModule();
  await holder.init();
  if (holder.compiled === null) throw new TypeError("The zstd decoder could not be loaded.");
  return holder.compiled;
}

/**
 * Decompresses zstd data: any number of frames until the input is used up.
 * Memory is bounded by the frame's window (the decoder refuses windows above 128 MiB), not by the output.
 * @throws ZipError `damaged`, `truncated`
 */
export async function* decompressZstd(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  loading ??= load();
  const compiled = await loading;
  decoder ??= new Decoder(compiled);
  const used = decoder;
  const stream = used.open();
  try {
    for await (const piece of pieces) {
      for (let at = 0; at < piece.length; at += inputBytes) yield* stream.feed(piece.subarray(at, at + inputBytes));
    }
    if (!stream.whole()) throw new ZipError("truncated", "The zstd data ends too early.");
  } finally {
    stream.close();
    if (used.streams === 0 && used.heapBytes > heapKept && decoder === used) decoder = null;
  }
}
