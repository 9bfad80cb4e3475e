/**
 * Crockford's base32 (https://www.crockford.com/base32.html) from bytes to bytes: what it carries here is secret, and a
 * string could not be wiped. Without I, L, O and U, so that nothing is misread; I and L are read as 1, O as 0.
 */
const alphabet = new TextEncoder().encode("0123456789ABCDEFGHJKMNPQRSTVWXYZ");

const values = new Map<number, number>();
for (const [value, character] of alphabet.entries()) {
  values.set(character, value);
  values.set(character | 0x20, value);
}
const misread: readonly (readonly [letters: string, value: number])[] = [
  ["Oo", 0],
  ["IiLl", 1],
];
for (const [letters, value] of misread) {
  for (const character of new TextEncoder().encode(letters)) values.set(character, value);
}

/** The value 0 to 31 of one ASCII character; null where it is none of the alphabet. */
export function crockfordValue(character: number): number | null {
  return values.get(character) ?? null;
}

/** `length` ASCII characters for the first bits of `bytes`, padded with zero bits. The caller wipes both. */
export function encodeCrockford(bytes: Uint8Array, length: number): Uint8Array {
  const text = new Uint8Array(length);
  for (let at = 0; at < length; at += 1) {
    const bit = at * 5;
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0);
    text[at] = alphabet[(pair >> (11 - (bit & 7))) & 31] ?? 0;
  }
  return text;
}

/** `length` bytes of the characters, and whether the bits left over are zero. Null where a character is none. */
export function decodeCrockford(text: Uint8Array, length: number): { bytes: Uint8Array; clean: boolean } | null {
  const bytes = new Uint8Array(length);
  let clean = true;
  for (const [at, character] of text.entries()) {
    const value = crockfordValue(character);
    if (value === null) return null;
    for (let bit = 0; bit < 5; bit += 1) {
      const place = at * 5 + bit;
      if (((value >> (4 - bit)) & 1) === 0) continue;
      if (place >> 3 < length) bytes[place >> 3] = (bytes[place >> 3] ?? 0) | (128 >> (place & 7));
      else clean = false;
    }
  }
  return { bytes, clean };
}
