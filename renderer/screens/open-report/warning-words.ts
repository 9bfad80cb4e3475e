/** Warnings that the verdict over the signatures says already. */
const saidByVerdict: ReadonlySet<string> = new Set(["unsigned", "signature-missing", "signer-unknown"]);

interface OpenWarning {
  readonly code: string;
  readonly words: string;
}

/** Warnings of the opener that are still to be said, each as a sentence. */
export function warningsToSay(warnings: readonly OpenWarning[]): readonly string[] {
  return warnings.filter(({ code }) => !saidByVerdict.has(code)).map(({ words }) => words);
}
