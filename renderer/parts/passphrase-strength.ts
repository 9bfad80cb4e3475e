import type { ZxcvbnFactory } from "@zxcvbn-ts/core";

/** How hard a passphrase is to guess: score 0 to 4 as zxcvbn gives it, and what would make it harder. */
export interface PassphraseStrength {
  readonly score: 0 | 1 | 2 | 3 | 4;
  /** log10 of the estimated number of guesses. */
  readonly guessesLog10: number;
  readonly advice: string | null;
}

/** The least score that a new passphrase must reach. */
export const requiredScore = 3;

let factory: Promise<ZxcvbnFactory> | undefined;

async function makeFactory(): Promise<ZxcvbnFactory> {
  const [core, common, english] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-en"),
  ]);
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    maxLength: 256,
  });
}

/**
 * Estimates how hard a passphrase is to guess (zxcvbn; the word lists are loaded at the first call).
 * @param related words that an attacker would try first: names of the vault and the member.
 */
export async function passphraseStrength(passphrase: string, related: readonly string[]): Promise<PassphraseStrength> {
  factory ??= makeFactory();
  const result = (await factory).check(passphrase, [...related, "evalvault"]);
  return {
    score: result.score,
    guessesLog10: result.guessesLog10,
    advice: result.feedback.warning ?? result.feedback.suggestions[0] ?? null,
  };
}

/**
 * Guessing time in words at ten guesses a second: about what one graphics card does against Argon2id with 256 MiB
 * (each guess fills that memory three times). A thousand cards divide it by a thousand; the words say whose rate it is.
 */
export function guessingWords(guessesLog10: number): string {
  const seconds = 10 ** (guessesLog10 - 1);
  const year = 31_557_600;
  if (seconds < 3_600) return "under an hour";
  if (seconds < 86_400) return "hours";
  if (seconds < 30 * 86_400) return "days";
  if (seconds < year) return "months";
  if (seconds < 100 * year) return "years";
  if (seconds < 10_000 * year) return "centuries";
  return "over ten thousand years";
}
