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
  readonly dropped: string;
  readonly flag: string;
  readonly wrongFlag: string;
  readonly pack: string;
  readonly packTask: string;
  readonly logTask: string;
  readonly transcript: string;
  readonly recipient: string;
  readonly organisation: string;
  readonly reportTitle: string;
  readonly reportText: string;
  readonly comparison: string;
}

/** What no two journeys have alike: a canary's mark. */
export function newMark(): string {
  return `kq${randomBytes(5).toString("hex")}`;
}

/** Words for one journey. `mark`, where there is one, is in each of them. */
export function journeyWords(mark: string): JourneyWords {
  const word = (name: string): string =>
    mark === "" ? name : `${name} ${mark}${name.toLowerCase().replaceAll(/[^a-z]/g, "")}`;
  return {
    vaultName: word("Northgate"),
    outerLabel: "Team vault 7",
    lead: word("Lena Ortiz"),
    leadPassphrase: word("seven otters paint quiet harbours"),
    evaluator: word("Evan Brook"),
    evaluatorPassphrase: word("four lanterns under a granite bridge"),
    wrongPassphrase: word("a wrong passphrase"),
    developer: word("Acme"),
    model: word("Meridian"),
    checkpoint: word("checkpoint 0914"),
    access: word("endpoint on the enclave"),
    settings: word("temperature 0.7, 2M tokens"),
    modelNote: word("handed over under the autumn terms"),
    campaign: word("Autumn evaluation"),
    question: word("Which tasks are within reach?"),
    rule: word("More than half solved is reported"),
    attemptNote: word("Solved after the third hint"),
    evidence: word("screen of the solved task"),
    dropped: word("terminal of the other task"),
    flag: word("EV{seven_otters_under_the_pier}"),
    wrongFlag: word("EV{eight_otters_on_the_roof}"),
    pack: word("Harbour"),
    packTask: word("Lockpick"),
    logTask: word("agentic"),
    transcript: word("The flag is in the backup"),
    recipient: word("Assessment desk"),
    organisation: word("Agency K"),
    reportTitle: word("Cyber capability of Meridian"),
    reportText: word("Observed in the autumn"),
    comparison: word("Read out by telephone"),
  };
}
