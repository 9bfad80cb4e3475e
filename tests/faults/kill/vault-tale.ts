import { createHash } from "node:crypto";
import { noise, utf8 } from "../vault/small-vault.ts";

/** What the writing process puts into a vault, and what is true of a vault with these entries in it. */

/** In everything that is typed or kept; must not be readable in any file. */
export const canary = "kqwvzkill7f3canary";

export const founder = { label: "Lead A", name: `Ada ${canary}` };
export const second = { label: "Evaluator B", name: `Grace ${canary}` };
/** The compartment that work goes into; 1 is the roster. */
export const work = 2;

/** The founder's passphrase after it was changed so many times. */
export const passphrase = (changes: number): Uint8Array => utf8(`${canary} passphrase ${String(changes)}`);
export const secondPassphrase = utf8(`${canary} second passphrase`);

export const text = (words: string): Uint8Array => utf8(`${canary} ${words}`);

/** A blob's bytes: words that must not be seen, and noise that does not compress. */
export function blobBytes(length: number, seed: string): Uint8Array {
  return new Uint8Array(Buffer.concat([utf8(`${canary} blob ${seed} `.repeat(20)), noise(length, seed)]));
}

/** The snapshot that is saved at so many entries. */
export const snapshotOf = (size: number): Uint8Array =>
  new Uint8Array(Buffer.concat([text(`snapshot ${String(size)} `), noise(5_000, String(size))]));

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** What the entries say that the vault is now. */
export interface Told {
  readonly members: Set<string>;
  readonly slots: Set<string>;
  /** Compartment → newest epoch. */
  readonly epochs: Map<number, number>;
  /** Compartment → who holds it. */
  readonly holders: Map<number, Set<string>>;
  readonly blobs: { readonly id: string; readonly sha256: string }[];
  passphraseChanges: number;
  /** Sentences about what is half there. */
  readonly halves: string[];
}

interface Reading extends Told {
  /** The first half of a pair that waits for its second. */
  open: { readonly seq: number; readonly tag: string } | null;
}

type Teller = (told: Reading, words: readonly string[], seq: number) => void;

const numberIn = (words: readonly string[], place: number): number => Number(words[place] ?? "NaN");

const tellers: Readonly<Record<string, Teller>> = {
  pair: (told, [, tag = "", half], seq) => {
    if (half === "a") told.open = { seq, tag };
    else if (told.open?.tag === tag && told.open.seq === seq - 1) told.open = null;
    else told.halves.push(`entry ${String(seq)} is the second half of ${tag}, without the first`);
  },
  blob: (told, [, id = "", hash = ""]) => {
    told.blobs.push({ id, sha256: hash });
  },
  member: (told, [, id = ""]) => {
    told.members.add(id);
    told.slots.add(id);
    for (const holders of told.holders.values()) holders.add(id);
  },
  removed: (told, [, id = ""]) => {
    told.slots.delete(id);
    for (const [compartment, holders] of told.holders) {
      if (holders.delete(id)) told.epochs.set(compartment, (told.epochs.get(compartment) ?? 0) + 1);
    }
  },
  rotated: (told, words) => {
    const compartment = numberIn(words, 1);
    told.epochs.set(compartment, (told.epochs.get(compartment) ?? 0) + 1);
  },
  compartment: (told, words) => {
    told.epochs.set(numberIn(words, 1), 1);
    told.holders.set(numberIn(words, 1), new Set(words.slice(2)));
  },
  granted: (told, words) => {
    told.holders.get(numberIn(words, 1))?.add(words[2] ?? "");
  },
  revoked: (told, words) => {
    const compartment = numberIn(words, 1);
    told.holders.get(compartment)?.delete(words[2] ?? "");
    told.epochs.set(compartment, (told.epochs.get(compartment) ?? 0) + 1);
  },
  passphrase: (told, words) => {
    told.passphraseChanges = numberIn(words, 1);
  },
};

/** Reads the entries in order. */
export function tell(texts: readonly string[]): Told {
  const told: Reading = {
    members: new Set(),
    slots: new Set(),
    epochs: new Map(),
    holders: new Map(),
    blobs: [],
    passphraseChanges: 0,
    halves: [],
    open: null,
  };
  texts.forEach((entry, seq) => {
    const [first, ...words] = entry.split(" ");
    const teller = first === canary ? tellers[words[0] ?? ""] : undefined;
    if (teller === undefined) told.halves.push(`entry ${String(seq)} says what nobody wrote`);
    else teller(told, words, seq);
  });
  if (told.open !== null) told.halves.push(`entry ${String(told.open.seq)} is half of ${told.open.tag}`);
  return told;
}
