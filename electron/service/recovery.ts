import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { ParsedInput, RequestOutput } from "../contract/index.ts";
import { memberAdded, memberRemoved, recoveryKitMade } from "../domain/members/events.ts";
import { currentKits, listKits } from "../domain/members/recovery-kits.ts";
import { Refusal } from "../domain/refusal.ts";
import {
  combineShares,
  makeShares,
  parseShare,
  shareSheet,
  shareText,
  wipeShares,
  type Share,
  type ShareReading,
} from "../recovery/index.ts";
import { inspectVault, leastKdf, syncFolder, unlockVault, writeFileDurably, type OpenVault } from "../vault/index.ts";
import { objection } from "./anchors.ts";
import type { RequestContext } from "./handlers.ts";
import type { Host } from "./host.ts";
import { letIn } from "./membership.ts";
import { OpenSession } from "./open-session.ts";
import { checkPassphrase, readSecretFile, wiping } from "./secrets.ts";
import { changedShare, combineRefusal, shareProblemWords } from "./share-words.ts";

/**
 * Recovery: one more member, whose passphrase is 32 random bytes that nobody knows. The bytes are split into shares; enough
 * of them open that member, and all it may do is to let in a new lead.
 */

const secretBytes = 32;

/** Shares name a vault by the first 16 bytes of its id. */
function shareVaultId(id: string): string {
  return id.slice(0, 32);
}

function writeShares(folder: string, shares: readonly Share[]): string[] {
  const names = shares.flatMap((share) => {
    const name = `share-${String(share.number)}-of-${String(share.total)}`;
    const written: readonly [string, Uint8Array][] = [
      [`${name}.txt`, shareText(share)],
      [`${name}.html`, shareSheet(share)],
    ];
    return written.map(([file, bytes]) => {
      try {
        writeFileDurably(join(folder, file), bytes);
      } finally {
        bytes.fill(0);
      }
      return file;
    });
  });
  syncFolder(folder);
  return names;
}

/** Makes the recovery member and its shares; a kit of before is removed, so that its shares open nothing any more. */
export async function makeRecoveryKit(
  { host, progress }: RequestContext,
  { threshold, holders, destination }: ParsedInput<"recovery.make">,
): Promise<RequestOutput<"recovery.make">> {
  const { session } = host;
  if (threshold > holders.length) {
    throw new Refusal("invalid-request", "the threshold", "It takes more shares than there are people to hold them.");
  }
  const folder = host.destinationPath(destination);
  if (existsSync(folder)) throw new Refusal("destination-exists", host.files.name(destination));
  const label = `Recovery (${String(threshold)} of ${String(holders.length)})`;
  const made = String(host.now());
  const secret = new Uint8Array(randomBytes(secretBytes));
  return wiping([secret], async () => {
    progress({ step: "Deriving the recovery key", done: 0, total: null, unit: "steps" });
    // The secret is as strong as a key: making its guesses dear adds nothing.
    const member = { name: `${label}, ${made}`, label, passphrase: secret.slice(), kdf: leastKdf };
    const memberId = await wiping([member.passphrase], () =>
      session.addMember(member, (id) => [
        memberAdded.draft({ id, name: label, label, role: "recovery" }),
        recoveryKitMade.draft({ memberId: id, threshold, holders: [...holders] }),
      ]),
    );
    const shares = await makeShares({
      secret,
      threshold,
      holders,
      vaultId: shareVaultId(session.vault.id),
      recoveryId: memberId,
      vaultLabel: session.vault.label,
      madeAt: host.now(),
    });
    try {
      const files = keepOrRetract(session, memberId, folder, () => writeShares(folder, shares));
      retireKits(session, memberId, "New recovery shares were made");
      host.produced(folder);
      host.changed();
      const kit = listKits(session.model).find((one) => one.memberId === memberId);
      if (kit === undefined) throw new Error("a new recovery kit is missing in the read model");
      return { kit, files };
    } finally {
      wipeShares(shares);
    }
  });
}

/** Writes the shares of a kit; where that fails, there is neither a folder nor a kit whose secret nobody has. */
function keepOrRetract(session: OpenSession, memberId: string, folder: string, write: () => string[]): string[] {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return write();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    removeKit(session, memberId, "Its shares could not be written");
    throw error;
  }
}

/** Only when the new shares are written: before, the old ones are all that there is. */
function retireKits(session: OpenSession, newest: string, reason: string): void {
  for (const { memberId } of currentKits(session.model)) {
    if (memberId !== newest) removeKit(session, memberId, reason);
  }
}

function removeKit(session: OpenSession, memberId: string, reason: string): void {
  session.commit([memberRemoved.draft({ id: memberId, reason })], {
    write: (entries) => {
      session.vault.removeMember({ member: memberId, entries });
    },
  });
}

interface ReadShare {
  readonly source: string;
  readonly reading: ShareReading;
}

function readShares(host: Host, input: { files: readonly string[]; typed: readonly Uint8Array[] }): ReadShare[] {
  const files = input.files.map((handle) => {
    const path = host.outsidePath(handle);
    return { source: basename(path), bytes: readSecretFile(path) };
  });
  const typed = input.typed.map((bytes, place) => ({ source: `typed share ${String(place + 1)}`, bytes }));
  return [...files, ...typed].map(({ source, bytes }) => {
    try {
      return { source, reading: parseShare(bytes) };
    } finally {
      bytes.fill(0);
    }
  });
}

/** What is to be said of one share; `altered`: the numbers of those that the others say were changed. */
function verdictOn(
  { source, reading }: ReadShare,
  altered: ReadonlySet<number>,
): RequestOutput<"recovery.check">["shares"][number] {
  if (!reading.ok) {
    const { number, holder } = reading.problem;
    return { source, number, holder, problem: shareProblemWords(reading.problem) };
  }
  const { number, details } = reading.share;
  return { source, number, holder: details?.holder ?? null, problem: altered.has(number) ? changedShare : null };
}

/** The numbers of shares that the others say were changed. */
async function alteredShares(shares: readonly Share[]): Promise<Set<number>> {
  if (shares.length === 0) return new Set();
  const combined = await combineShares(shares);
  if (combined.ok) combined.secret.fill(0);
  if (combined.ok || combined.problem.code !== "altered") return new Set();
  return new Set(combined.problem.shares.map(({ number }) => number));
}

/** Whether shares are whole, belong together, and how many are missing. */
export async function checkShares(
  { host }: RequestContext,
  input: ParsedInput<"recovery.check">,
): Promise<RequestOutput<"recovery.check">> {
  const read = readShares(host, input);
  const shares = read.flatMap(({ reading }) => (reading.ok ? [reading.share] : []));
  try {
    const altered = await alteredShares(shares);
    const verdicts = read.map((one) => verdictOn(one, altered));
    const [first] = shares;
    if (first === undefined) return { shares: verdicts, vaultLabel: null, threshold: null, missing: null };
    const { threshold, details } = first;
    const missing = Math.max(0, threshold - shares.length + altered.size);
    return { shares: verdicts, vaultLabel: details?.vaultLabel ?? null, threshold, missing };
  } finally {
    wipeShares(shares);
  }
}

/** An older copy than was seen here is not written to, also not to let somebody in: they would be in no other copy. */
function openForWriting(host: Host, vault: OpenVault, fileName: string): OpenSession {
  try {
    const readOnly = objection(host.profile, vault);
    if (readOnly !== null) throw new Refusal("vault-rolled-back", fileName, readOnly.reason);
    return OpenSession.open(vault, { fileName, readOnly, now: host.now });
  } catch (error) {
    vault.close();
    throw error;
  }
}

/** The first share that could not be read, where the others were not enough; null where all could. */
function brokenShare(read: readonly ReadShare[]): Refusal | null {
  for (const { source, reading } of read) {
    if (!reading.ok) return new Refusal("share-damaged", source, shareProblemWords(reading.problem));
  }
  return null;
}

/** Opens the recovery member with shares, lets in a new lead and locks the vault again. */
export async function useRecovery(
  context: RequestContext,
  input: ParsedInput<"recovery.use">,
): Promise<{ memberId: string }> {
  const { host, signal, progress } = context;
  const { lead } = input;
  return wiping([lead.passphrase], async () => {
    checkPassphrase(lead.passphrase, lead.name);
    host.lock();
    const path = host.files.path(input.file);
    const read = readShares(host, input);
    const shares = read.flatMap(({ reading }) => (reading.ok ? [reading.share] : []));
    try {
      const combined = await combineShares(shares);
      if (!combined.ok) throw brokenShare(read) ?? combineRefusal(combined.problem);
      return await wiping([combined.secret], async () => {
        if (shareVaultId(inspectVault(path).id) !== combined.vaultId) {
          throw new Refusal("shares-mixed", host.files.name(input.file), "The shares are of another vault.");
        }
        progress({ step: "Opening the recovery slot", done: 0, total: null, unit: "steps" });
        const member = { id: combined.recoveryId };
        const vault = await unlockVault(path, { member, passphrase: combined.secret }, { signal });
        const fileName = host.files.name(input.file);
        const session = openForWriting(host, vault, fileName);
        try {
          return { memberId: await letIn(host, session, { ...lead, role: "lead" }, input.reason) };
        } finally {
          session.close();
        }
      });
    } finally {
      wipeShares(shares);
    }
  });
}
