import { endOfDay } from "../../../electron/contract/end-of-day.ts";
import type { FindingChange, FindingFields } from "../../../electron/contract/finding-fields.ts";
import type { Finding } from "../../../electron/contract/findings.ts";
import { dayWords } from "../../state/time-words.ts";

type Texts = Pick<
  FindingFields,
  | "title"
  | "summary"
  | "impact"
  | "mitigation"
  | "detection"
  | "sink"
  | "priority"
  | "exploitMaturity"
  | "remediation"
  | "distribution"
  | "marking"
>;

/** Fields of a finding as they are typed. */
export interface FieldsDraft extends Texts {
  readonly embargo: string;
  /** One a line. */
  readonly aliases: string;
}

export function fieldsDraft({ fields }: Pick<Finding, "fields">): FieldsDraft {
  const { title, summary, impact, mitigation, detection, sink, priority, exploitMaturity } = fields;
  const { remediation, distribution, marking } = fields;
  return {
    ...{ title, summary, impact, mitigation, detection, sink, priority, exploitMaturity },
    ...{ remediation, distribution, marking },
    embargo: fields.embargoUntil === null ? "" : dayWords(fields.embargoUntil),
    aliases: fields.aliases.join("\n"),
  };
}

/** The fields as they were typed. An embargo on the day that it had is left at its minute. */
export function changeOf({ embargo, aliases, ...texts }: FieldsDraft, { embargoUntil }: FindingFields): FindingChange {
  const isSameDay = embargoUntil !== null && dayWords(embargoUntil) === embargo.trim();
  const names = aliases.split("\n").map((name) => name.trim());
  return {
    ...texts,
    title: texts.title.trim(),
    sink: texts.sink.trim(),
    embargoUntil: isSameDay ? embargoUntil : endOfDay(embargo),
    aliases: [...new Set(names.filter((name) => name !== ""))].slice(0, 50),
  };
}
