import { submissionRecords } from "../submissions/record.ts";
import { text, type ReadModel } from "../read-model.ts";

/** Names that this vault knows, by what a release leaves them out as. */
export interface VaultNames {
  /** Members, past ones too, those of other vaults who contributed, and who may know of a submission. */
  readonly people: readonly string[];
  /** Recipients, their organisations, and partners of submissions. */
  readonly partners: readonly string[];
  /** Ids and titles of tasks, where they are words: a number alone would be found everywhere. */
  readonly tasks: readonly string[];
}

/** At least three characters, one of them a letter. */
const isWord = (name: string): boolean => name.length >= 3 && /\p{L}/u.test(name);

/** Every name that the reader of this vault could give away, each once. Who does not read a compartment knows nothing of it. */
export function vaultNames(model: ReadModel): VaultNames {
  const column = (sql: string): string[] => model.all(sql).map((row) => text(row, "name"));
  const submissions = submissionRecords(model);
  const distinct = (names: readonly string[]): string[] =>
    [...new Set(names.map((name) => name.trim()))].filter(isWord);
  return {
    people: distinct([
      ...column("SELECT name FROM member"),
      ...column("SELECT name FROM contributor"),
      ...submissions.flatMap(({ needToKnow }) => needToKnow.map(({ name }) => name)),
    ]),
    partners: distinct([
      ...column("SELECT name FROM recipient"),
      ...column("SELECT organisation AS name FROM recipient"),
      ...submissions.flatMap(({ partners }) => partners.map(({ name }) => name)),
    ]),
    tasks: distinct([...column("SELECT id AS name FROM task"), ...column("SELECT title AS name FROM task")]),
  };
}
