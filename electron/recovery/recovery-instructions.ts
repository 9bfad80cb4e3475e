/** What stands on every share sheet, and in the text that goes with a new set. Safe for anyone to read. */

export const keepingRules: readonly string[] = [
  "One part of a key. With enough other parts it lets a new lead into the vault when no lead can open it any more. It opens nothing by itself and says nothing of what is in the vault.",
  "Keep it as you keep a key: a sealed envelope in a safe or a locked drawer, away from the other shares and from the vault file.",
  "Never photograph it, copy it, or send it. Who has enough shares and the vault file has the vault.",
  "Lost, damaged, or seen by somebody else? Tell a lead at once: new shares are made in a minute, and this one then no longer opens the vault (an older copy of the file it still does).",
];

/** What custodians do on the day. */
export function useSteps(threshold: number): readonly string[] {
  return [
    `Meet with ${String(threshold - 1)} other ${threshold === 2 ? "holder" : "holders"} or more, where the vault file is. Check who asks, and why.`,
    "In EvalVault, choose 'Lost access? Recover with shares' on the lock screen (or run evalvault recovery use).",
    "Each holder in turn opens the share's file, or types in the numbered lines of its code; a mistyped line is named.",
    "The new lead chooses a passphrase. What was done stands in the vault's journal for ever.",
    "Afterwards make new shares and destroy these.",
  ];
}

const wrapped = (text: string, first: string, indent: string): string => {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(" ")) {
    if (line.length + word.length + 1 > 92 && line.trim() !== first.trim()) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join("\n");
};

/** A page of plain text that goes with a new set of shares: handing out, keeping, using. Nothing secret, nothing of the vault. */
export function recoveryInstructions({
  threshold,
  total,
}: {
  readonly threshold: number;
  readonly total: number;
}): string {
  const handingOut: readonly string[] = [
    "Print each page (share-N-of-M.html) on a printer that keeps no copy, or give each holder the text file on a medium of their own.",
    "Hand each share to its holder only. Have them sign for it.",
    "Have each holder check theirs: EvalVault names a damaged or mistyped line, and opens nothing by checking.",
    "Then destroy this folder. Deleting alone leaves the files on many disks: write them to a medium that can be destroyed.",
  ];
  const numbered = (items: readonly string[]): string =>
    items.map((item, at) => wrapped(item, `  ${String(at + 1)}. `, "     ")).join("\n");
  return [
    `Recovery shares: ${String(total)} were made, any ${String(threshold)} bring access back`,
    "",
    "Handing out",
    numbered(handingOut),
    "",
    "Keeping",
    numbered(keepingRules),
    "",
    "Using",
    numbered(useSteps(threshold)),
    "",
    "docs/recovery.md describes the files, well enough to combine them without EvalVault.",
    "",
  ].join("\n");
}
