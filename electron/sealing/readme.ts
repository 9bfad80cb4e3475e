/** What the text beside a sealed file may say: nothing that is not safe at the outer marking. */
export interface ReadmeFacts {
  readonly outerName: string;
  readonly outerMarking: string | undefined;
  readonly scheme: "X25519" | "mlkem768x25519" | "scrypt";
  readonly sealedFile: string;
  /** SHA-256 of the sealed file, for checking that it arrived as it was sent. */
  readonly sha256: string;
  /** Signature members of the manifest, the first signer's first. */
  readonly signatures: readonly string[];
  /** What else there is to say of the package. */
  readonly remarks: readonly string[];
}

const openingLines: Record<ReadmeFacts["scheme"], (file: string) => readonly string[]> = {
  X25519: (file) => [
    "You need age 1.0 or later and the key file whose public key you gave the sender.",
    "",
    `    age -d -i KEYFILE -o report.tar ${file}`,
  ],
  mlkem768x25519: (file) => [
    "You need age 1.3 or later (or an older one with age-plugin-pq) and the post-quantum",
    "key file whose public key you gave the sender.",
    "",
    `    age -d -i KEYFILE -o report.tar ${file}`,
  ],
  scrypt: (file) => [
    "You need age 1.0 or later and the passphrase, which comes to you by another way.",
    "",
    `    age -d -o report.tar ${file}`,
  ],
};

const banner = (marking: string | undefined): string[] => (marking === undefined ? [] : [marking, ""]);

/** README.txt: how to open and check the package with stock tools. */
export function readmeText(facts: ReadmeFacts): string {
  const further = facts.signatures
    .slice(1)
    .map((name) => `    minisign -V -m manifest.json -x ${name} -P OTHERSIGNERKEY`);
  return [
    ...banner(facts.outerMarking),
    `Sealed report ${facts.outerName}`,
    "",
    "1. Check that it arrived whole. The SHA-256 of the sealed file is",
    "",
    `    ${facts.sha256}  ${facts.sealedFile}`,
    "",
    "   This only finds accidents: whoever changes the file can change this text too.",
    "",
    "2. Open it.",
    "",
    ...openingLines[facts.scheme](facts.sealedFile).map((text) =>
      text === "" || text.startsWith(" ") ? text : `   ${text}`,
    ),
    "    mkdir report && tar -x -f report.tar -C report && cd report",
    "",
    "   If age prints an error, delete report.tar: it is not whole.",
    "",
    "3. Check who signed it. You need minisign and the signer's public key, which you must have",
    "   from the signer by another way than this package (it begins with RW).",
    "",
    "    minisign -V -m manifest.json -P SIGNERKEY",
    ...further,
    "",
    "   The trusted comment that is printed names the report, its revision and the vault checkpoint.",
    "",
    "4. Check every file against the signed manifest. One line with python3:",
    "",
    `    ${checkCommand}`,
    "",
    "   It prints nothing but OK lines when every file is the one that was signed.",
    "",
    "EvalVault does all of this by itself: File, Open sealed report.",
    ...facts.remarks.flatMap((remark) => ["", remark]),
    ...(facts.outerMarking === undefined ? [] : ["", facts.outerMarking]),
    "",
  ].join("\n");
}

/** Checks every member's SHA-256 with what any desk has; printed in README.txt and in the documentation. */
export const checkCommand =
  "python3 -c \"import json;[print(m['sha256']+'  '+m['path']) for m in json.load(open('manifest.json'))['members']]\" | sha256sum -c";
