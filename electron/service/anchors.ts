import type { Anchor } from "../contract/journal.ts";
import { cosignedCheckpoints } from "../domain/checkpoints/events.ts";
import type { ReadModel } from "../domain/read-model.ts";
import { parseCheckpoint, parseNote, verifyNote, type OpenVault } from "../vault/index.ts";
import type { Host } from "./host.ts";
import type { Profile, SeenCheckpoint } from "./profile.ts";

/**
 * What outside of the order of the file says how far a journal had got. A file that was put back as a whole looks whole
 * from inside; an anchor that saw more, or something else, shows it.
 */

/** Whether a member of this file signed a checkpoint note. */
function signedByMember(vault: OpenVault, noteText: string): boolean {
  const note = parseNote(noteText);
  if (note === null) return false;
  return vault.memberKeys().some(({ memberId, signKey }) => verifyNote(note, { name: memberId, publicKey: signKey }));
}

function verdictOf(vault: OpenVault, size: number, root: string): Anchor["verdict"] {
  if (size > vault.size) return "ahead";
  return Buffer.from(vault.rootAt(size)).toString("hex") === root ? "agrees" : "parted";
}

/** The verdict on a checkpoint that was met outside: it counts when a member of this vault signed it. */
export function judgeCheckpoint(vault: OpenVault, seen: SeenCheckpoint): Anchor {
  const { kind, size, root, at, source } = seen;
  const signed = signedByMember(vault, seen.note);
  return { kind, size, root, at, source, verdict: signed ? verdictOf(vault, size, root) : "unsigned" };
}

/** Every anchor that there is for an open vault: what objects first, then the largest first. */
export function anchorsOf(profile: Profile, vault: OpenVault, model: ReadModel | null): Anchor[] {
  const seen = profile.lastSeen(vault.id);
  const workstation: Anchor[] =
    seen === null
      ? []
      : [
          {
            kind: "workstation",
            size: seen.size,
            root: seen.root,
            at: seen.openedAt,
            source: "this workstation's profile",
            verdict: verdictOf(vault, seen.size, seen.root),
          },
        ];
  const outside = profile.checkpoints(vault.id).map((one) => judgeCheckpoint(vault, one));
  const cosigned = (model === null ? [] : cosignedCheckpoints(model)).flatMap(({ size, root, cosigners }) =>
    cosigners.map(({ name, at }) => ({
      kind: "cosigned" as const,
      size,
      root,
      at,
      source: name,
      verdict: verdictOf(vault, size, root),
    })),
  );
  return [...workstation, ...outside, ...cosigned].sort(
    (a, b) => Number(objects(b)) - Number(objects(a)) || b.size - a.size,
  );
}

function objects({ verdict }: Anchor): boolean {
  return verdict === "ahead" || verdict === "parted";
}

const kindWords: Record<Anchor["kind"], string> = {
  workstation: "This workstation",
  "sealed-report": "The sealed report",
  cosigned: "The cosigner",
  "checkpoint-file": "The checkpoint file",
  "hand-over": "The hand-over package",
};

/** Why a vault may only be read: the first anchor that objects, in words. Null when none does. */
export function objection(profile: Profile, vault: OpenVault): { reason: string } | null {
  const found = anchorsOf(profile, vault, null).find(objects);
  if (found === undefined) return null;
  const when = new Date(found.at).toISOString().slice(0, 16).replace("T", " ");
  const who = found.kind === "workstation" ? kindWords.workstation : `${kindWords[found.kind]} ${found.source}`;
  if (found.verdict === "ahead") {
    const [theirs, ours] = [String(found.size), String(vault.size)];
    return { reason: `${who} saw ${theirs} entries at ${when} UTC; this file has ${ours}.` };
  }
  return { reason: `${who} saw another history of this vault at ${when} UTC.` };
}

/** A checkpoint note as an anchor to remember; null where it is no checkpoint of a vault. */
export function seenCheckpoint(
  note: string,
  met: { kind: SeenCheckpoint["kind"]; at: number; source: string },
): SeenCheckpoint | null {
  const parsed = parseNote(note);
  const body = parsed === null ? null : parseCheckpoint(parsed.text);
  if (body === null) return null;
  const [vault, root] = [body.vaultId, body.root].map((bytes) => Buffer.from(bytes).toString("hex"));
  if (vault === undefined || root === undefined) return null;
  return { ...met, vault, size: body.size, root, note };
}

/** Keeps a checkpoint that came from outside in the profile: an older copy of its vault is recognised here from now on. */
export function rememberWitness(
  host: Host,
  note: string,
  met: { readonly kind: SeenCheckpoint["kind"]; readonly source: string },
): void {
  const seen = seenCheckpoint(note, { ...met, at: host.now() });
  if (seen !== null) host.profile.rememberCheckpoint(seen);
}
