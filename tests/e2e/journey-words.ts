import { randomBytes } from "node:crypto";

/** What is typed into the fields of a journey: each word is in no program and no dictionary, so that it can be searched. */
export interface JourneyWords {
  readonly vaultName: string;
  /** Public by design: anyone with the file can read it. */
  readonly outerLabel: string;
  readonly lead: string;
  readonly leadPassphrase: string;
  readonly evaluator: string;
  readonly evaluatorPassphrase: string;
  readonly wrongPassphrase: string;
  readonly developer: string;
  readonly model: string;
  readonly checkpoint: string;
  readonly access: string;
  readonly settings: string;
  readonly modelNote: string;
  readonly campaign: string;
  readonly question: string;
  readonly rule: string;
  readonly attemptNote: string;
  readonly evidence: string;
  readonly pack: string;
  readonly packTask: string;
  readonly logTask: string;
  readonly transcript: string;
  readonly recipient: string;
  readonly organisation: string;
  readonly reportTitle: string;
  readonly reportText: string;
}

/** Words for one journey. `mark` is in each of them; no two journeys have the same. */
export function journeyWords(mark = randomBytes(5).toString("hex")): JourneyWords {
  const word = (name: string): string => `${name} kq${mark}${name.toLowerCase().replaceAll(/[^a-z]/g, "")}`;
  return {
    vaultName: word("Northgate"),
    outerLabel: "Team vault 7",
    lead: word("Lena"),
    leadPassphrase: word("seven otters paint quiet harbours"),
    evaluator: word("Evan"),
    evaluatorPassphrase: word("four lanterns under a granite bridge"),
    wrongPassphrase: word("a wrong passphrase"),
    developer: word("Acme"),
    model: word("Meridian"),
    checkpoint: word("checkpoint"),
    access: word("endpoint"),
    settings: word("temperature"),
    modelNote: word("remark"),
    campaign: word("Autumn"),
    question: word("question"),
    rule: word("rule"),
    attemptNote: word("note"),
    evidence: word("screen"),
    pack: word("Harbour"),
    packTask: word("lockpick"),
    logTask: word("suite"),
    transcript: word("transcript"),
    recipient: word("Agency"),
    organisation: word("Bureau"),
    reportTitle: word("Evaluation"),
    reportText: word("observed"),
  };
}

/** Every word that no file and no process may hold: all but the outer label, which is public. */
export function secretWords({ outerLabel, ...words }: JourneyWords): readonly string[] {
  void outerLabel;
  return Object.values(words).map((words_) => words_.split(" ").find((word) => word.startsWith("kq")) ?? words_);
}
