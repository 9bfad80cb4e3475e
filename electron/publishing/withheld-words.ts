import type { ReleaseProfile, WithheldKind } from "../contract/release-profile.ts";
import { PublishingError } from "./publishing-error.ts";
import { visibleText } from "./visible-text.ts";

/** Names that a vault knows, by the kind that they are left out with. */
export interface KnownNames {
  readonly people: readonly string[];
  readonly partners: readonly string[];
  /** Titles and ids of tasks. */
  readonly tasks: readonly string[];
}

const kindsOfNames = { people: "people", partners: "partners", tasks: "task-content" } as const;

/** "flag{…}", "HTB{…}": what capture-the-flag tasks take for an answer. */
const flagForm = /[\p{L}\p{N}_-]{2,32}\{[^{}\s]{3,}\}/u;
const thresholdForm = /\bthresholds?\b/i;

/** Text without hidden characters, with compatible letters one, one space between words. */
function plainText(text: string): string {
  return visibleText(text)
    .replaceAll(/⟦U\+[0-9A-F]+⟧/g, "")
    .replaceAll(/[\u200c\u200d]/g, "")
    .normalize("NFKC")
    .replaceAll(/\s+/g, " ")
    .trim();
}

const folded = (text: string): string => plainText(text).toLowerCase();

const endsInLetter = /[\p{L}\p{N}]$/u;
const beginsWithLetter = /^[\p{L}\p{N}]/u;
/** Scripts that put no space between words. */
const runsOn = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;

/** Whether a name stands in a text as words of its own, not as a part of another word. */
function standsIn(text: string, name: string): boolean {
  if (runsOn.test(name)) return text.includes(name);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const end = at + name.length;
    const isJoinedBefore = beginsWithLetter.test(name) && endsInLetter.test(text.slice(Math.max(0, at - 2), at));
    const isJoinedAfter = endsInLetter.test(name) && beginsWithLetter.test(text.slice(end, end + 2));
    if (!isJoinedBefore && !isJoinedAfter) return true;
  }
  return false;
}

/** A person is known by a part of the name too; such a part is looked for as it is spelt, for many are common words. */
function partsOf(names: readonly string[]): string[] {
  const parts = names.map((name) => plainText(name).split(" ")).filter((words) => words.length > 1);
  return [...new Set(parts.flat().filter((part) => /^\p{Lu}.{2,}/u.test(part)))];
}

/** Tells which of the kinds of a profile a text holds, and counts what was left out for them. */
export class WithheldWords {
  readonly profile: ReleaseProfile;
  readonly #names: readonly (readonly [kind: WithheldKind, names: readonly string[]])[];
  readonly #partsOfNames: readonly string[];
  readonly #parts = new Map<WithheldKind, number>();

  constructor(profile: ReleaseProfile, names: KnownNames) {
    this.profile = profile;
    this.#names = (["people", "partners", "tasks"] as const)
      .map((one) => [kindsOfNames[one], names[one].map(folded).filter((name) => name.length > 1)] as const)
      .filter(([kind]) => profile.includes(kind));
    this.#partsOfNames = profile.includes("people") ? partsOf(names.people) : [];
  }

  leavesOut(kind: WithheldKind): boolean {
    return this.profile.includes(kind);
  }

  /** The kinds of the profile that this text gives away. */
  kindsIn(text: string): WithheldKind[] {
    if (text === "") return [];
    const [spelt, plain] = [plainText(text), folded(text)];
    const found = new Set<WithheldKind>();
    for (const [kind, names] of this.#names) if (names.some((name) => standsIn(plain, name))) found.add(kind);
    if (this.#partsOfNames.some((part) => standsIn(spelt, part))) found.add("people");
    if (this.leavesOut("flags") && (flagForm.test(text) || flagForm.test(plain))) found.add("flags");
    if (this.leavesOut("thresholds") && thresholdForm.test(plain)) found.add("thresholds");
    return this.profile.filter((kind) => found.has(kind));
  }

  count(kind: WithheldKind, parts = 1): void {
    this.#parts.set(kind, (this.#parts.get(kind) ?? 0) + parts);
  }

  /** A text as it may stand: itself, or the word that says that it was left out. */
  released(text: string): string {
    const kinds = this.kindsIn(text);
    for (const kind of kinds) this.count(kind);
    return kinds.length === 0 ? text : "withheld";
  }

  note(): { kind: WithheldKind; parts: number }[] {
    return this.profile.map((kind) => ({ kind, parts: this.#parts.get(kind) ?? 0 }));
  }

  /** @throws PublishingError `release-leaks` where a text still gives something away */
  check(text: string): void {
    const [kind] = this.kindsIn(text);
    if (kind === undefined) return;
    throw new PublishingError("release-leaks", `Something that is to be left out is still there (${kind}).`, { kind });
  }
}
