const words: Readonly<Record<string, string>> = {
  "opened-by-unlisted-key": "The key that opened it is not among those it was sealed to: somebody passed it on to you.",
  "checkpoint-signer-unknown": "The vault checkpoint in it is signed by a key that is not a signer's of this report.",
  "checkpoint-signature-invalid":
    "The signature of the vault checkpoint in it does not fit: do not keep it as a witness.",
};

/** Warnings that the verdict over the signatures says already. */
const saidByVerdict: ReadonlySet<string> = new Set(["unsigned", "signature-missing", "signer-unknown"]);

/** Warnings of the opener that are still to be said, each as a sentence; one that is not known is shown by its code. */
export function warningsToSay(warnings: readonly string[]): readonly string[] {
  return warnings
    .filter((warning) => !saidByVerdict.has(warning))
    .map((warning) => words[warning] ?? `The opener warns: ${warning}.`);
}
