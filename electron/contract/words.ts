import type { ErrorCode, Failure } from "./result.ts";

/** What happened and what to do, for each error code: the one place where failures become words. `{}` is the subject. */
const words: Record<ErrorCode, readonly [happened: string, remedy: string]> = {
  "invalid-request": ["The request was not understood: {}", "Check the values and try again."],
  "not-allowed": ["Your role does not allow this: {}", "Ask a lead of this vault to do it."],
  "not-found": ["Not found: {}", "It may have been withdrawn; go back to the list and choose again."],
  conflict: ["This does not fit what is recorded already: {}", "Look at the current state and try again."],
  cancelled: ["Cancelled: {}", "Nothing was changed."],
  "unknown-handle": ["The chosen file is no longer known: {}", "Choose the file again."],
  "file-unreadable": ["The file cannot be read: {}", "Check that it exists and that you may read it."],
  "file-too-large": ["The file is larger than this can take: {}", "Split it or choose another."],
  "disk-full": ["The disk is full: {}", "Free some space and try again; nothing was changed."],
  "destination-exists": [
    "There is something at that place already: {}",
    "Choose another name; nothing is overwritten.",
  ],
  "destination-unwritable": ["Nothing can be written there: {}", "Choose a folder that you may write to."],
  "vault-locked": ["No vault is open: {}", "Unlock the vault first."],
  "vault-missing": ["The vault file is not there: {}", "Check the path, or open another vault."],
  "vault-exists": ["A file of that name exists already: {}", "Choose another name; nothing is overwritten."],
  "vault-invalid": ["This file is no vault: {}", "Choose a file that ends in .evault and was made by EvalVault."],
  "vault-future": ["This vault was made by a newer EvalVault: {}", "Open it with that version; it was not changed."],
  "vault-in-use": ["The vault is open elsewhere: {}", "Lock it there first, then try again."],
  "vault-damaged": ["The vault file is damaged: {}", "Run verify to see what is not whole, and restore a copy."],
  "vault-read-only": ["The vault cannot be written to: {}", "Check the permissions of the file and its folder."],
  "vault-rolled-back": [
    "This file is older than one seen on this workstation before: {}",
    "It can be read, not written. Find the newer copy, or ask a lead what happened.",
  ],
  "kdf-below-floor": ["The key derivation of this slot is weaker than allowed: {}", "Have a lead renew the slot."],
  "passphrase-weak": [
    "The passphrase is too easy to guess: {}",
    "Use a longer one; several unrelated words work well.",
  ],
  "unlock-failed": ["This member, passphrase and key file do not open the vault.", "Check all three and try again."],
  "second-person-needed": [
    "This takes a second person: {}",
    "Have another member confirm it with their own passphrase, now or when they next unlock the vault.",
  ],
  "shares-too-few": ["There are too few recovery shares: {}", "Bring more of the same set."],
  "share-damaged": ["A recovery share is not whole: {}", "Compare it with the paper, or bring another share."],
  "shares-mixed": ["The recovery shares do not belong together: {}", "Bring shares of one set, each once."],
  "backup-invalid": ["This is no key backup of this vault: {}", "Choose the file that was saved for this vault."],
  "checkpoint-invalid": ["This is no checkpoint of this vault: {}", "Choose a checkpoint file that this vault made."],
  "not-a-log": [
    "This file is no evaluation log: {}",
    "Choose a log of Inspect, lm-evaluation-harness or promptfoo, or a table.",
  ],
  "log-unsupported": ["This log is of a version that cannot be read: {}", "Export it again with a supported version."],
  "log-damaged": ["This log is damaged beyond reading: {}", "Copy it again from where it was made."],
  "table-invalid": ["This file cannot be read as a table: {}", "Save it as CSV or JSON Lines in UTF-8 and try again."],
  "table-too-large": ["The table is larger than this can take: {}", "Split it into several files."],
  "mapping-unfit": ["The table cannot be taken in with these columns: {}", "Say for each column what it is."],
  "pack-invalid": ["This file is no benchmark pack: {}", "Check the file against the pack format and try again."],
  "pack-duplicate-task": ["The pack names a task twice: {}", "Give each task an id of its own and import again."],
  "recipient-key-invalid": ["This is no age public key: {}", "Compare it with the owner, character by character."],
  "recipient-duplicate": ["A recipient is named twice: {}", "Choose each recipient once."],
  "recipients-empty": [
    "No recipient was chosen: {}",
    "Choose at least one; a report sealed to nobody opens for nobody.",
  ],
  "recipients-mixed": [
    "Classic and post-quantum keys cannot be mixed: {}",
    "Seal once for each kind of key, or ask for keys of the same kind.",
  ],
  "report-not-frozen": ["The report is still a draft: {}", "Freeze it first."],
  "report-frozen": ["The report is frozen: {}", "Start a new revision to change it."],
  "report-unsigned": ["The report is not signed: {}", "Sign it first."],
  "print-failed": ["The PDF could not be made: {}", "Try again, or seal without it: that is recorded."],
  "package-invalid": ["This is no sealed report: {}", "Choose the .sealed folder, its .tar, or report.tar.age."],
  "package-damaged": [
    "The sealed report was changed or damaged: {}",
    "Ask the sender for it again; nothing of it was kept.",
  ],
  "package-not-for-you": [
    "This key or passphrase does not open the sealed report: {}",
    "Use the key it was sealed to.",
  ],
  "handover-invalid": [
    "This is no hand-over package that can be taken: {}",
    "Ask the sender to pack it again; nothing of it was taken.",
  ],
  "handover-not-for-you": [
    "This hand-over package is for somebody else: {}",
    "Send your card to the sender and ask them to pack it for you.",
  ],
  "handover-unknown-sender": [
    "Nobody here has accepted the key that signed this: {}",
    "Compare its fingerprint with the owner by another way, then accept it.",
  ],
  "handover-diverged": [
    "The history of the sender's vault is another than it was before: {}",
    "Take nothing from it until a lead has found out why; an older copy may have been restored there.",
  ],
  "handover-card-invalid": ["This is no hand-over card: {}", "Ask its owner to save it again and to send it to you."],
  "network-blocked": ["A network call was refused: {}", "EvalVault makes none; report this as a defect."],
  "service-stopped": ["The vault service stopped: {}", "What was saved is safe. Unlock again to go on."],
  internal: ["Something went wrong inside EvalVault: {}", "What was saved is safe. Note what you did and report it."],
};

/** A failure in words: what happened, to what, and what to do. */
export function failureWords(failure: Failure): { happened: string; remedy: string; detail: string | null } {
  const [happened, remedy] = words[failure.code];
  const filled =
    failure.subject === undefined ? happened.replace(/: \{\}$/, ".") : happened.replace("{}", failure.subject);
  return { happened: filled, remedy, detail: failure.detail ?? null };
}

/** The same on one line, for a terminal. */
export function failureLine(failure: Failure): string {
  const { happened, remedy, detail } = failureWords(failure);
  const end = /[.!?]$/.test(happened) ? "" : ".";
  return [`${happened}${end}`, ...(detail === null ? [] : [detail]), remedy].join(" ");
}
