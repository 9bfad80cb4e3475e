/** Segments of a core dump (ELF, 64 bits, little-endian; elf(5)): memory (PT_LOAD) and notes (PT_NOTE), which hold registers. */
const types = { memory: 1, notes: 4 } as const;

/** The bytes of all segments of one kind. @throws Error where it is no such file */
export function segmentsOf(core: Buffer, kind: keyof typeof types): readonly Buffer[] {
  if (core.toString("latin1", 0, 6) !== "\x7fELF\x02\x01") throw new Error("it is no 64-bit ELF file");
  const first = Number(core.readBigUInt64LE(32));
  const [size, count] = [core.readUInt16LE(54), core.readUInt16LE(56)];
  return Array.from({ length: count }, (_, place) => first + place * size)
    .filter((at) => core.readUInt32LE(at) === types[kind])
    .map((at) => {
      const start = Number(core.readBigUInt64LE(at + 8));
      return core.subarray(start, start + Number(core.readBigUInt64LE(at + 32)));
    });
}
