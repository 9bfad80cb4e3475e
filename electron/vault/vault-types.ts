import type { SealedBlob } from "./sealed-blob.ts";

/** What the vault takes and gives. All ids are lower-case hex; all secrets and contents are bytes. */

/** Argon2id cost: `ops` passes over `memory` bytes, one lane. */
export interface KdfCost {
  readonly ops: number;
  readonly memory: number;
}

/** Bytes from the operating system; a parameter so that fixtures can be made again. */
export type RandomBytes = (length: number) => Uint8Array;

export interface SlotOutline {
  readonly memberId: string;
  /** Readable by anyone who holds the file. */
  readonly label: string;
  /** Whether opening needs a key file beside the passphrase. */
  readonly keyFile: boolean;
  readonly kdf: KdfCost;
}

/** What anyone who holds the file can know of it. */
export interface VaultOutline {
  readonly id: string;
  readonly label: string;
  readonly format: number;
  readonly slots: readonly SlotOutline[];
  /** Journal entries under the newest checkpoint. */
  readonly entries: number;
  readonly checkpoints: number;
  readonly checkpoint: CheckpointOutline;
  /** Size of the file. */
  readonly bytes: number;
}

export interface CheckpointOutline {
  /** How many entries it covers. */
  readonly size: number;
  /** RFC 6962 root over them, 64 hex digits. */
  readonly rootHex: string;
  /** Member id of its signer. */
  readonly signer: string;
}

export interface Checkpoint extends CheckpointOutline {
  /** Running number from 1; several checkpoints can have the same size. */
  readonly number: number;
  /** The C2SP signed note, whole. */
  readonly note: string;
}

export interface NewSlot {
  /** Readable by anyone who holds the file: a role and a letter, not a name. */
  readonly label: string;
  /** The person's name; only a keyed tag of it is stored outside the journal. */
  readonly name: string;
  /** The caller keeps and wipes its own copy. */
  readonly passphrase: Uint8Array;
  /** The key file's bytes, where one is used. */
  readonly keyFile?: Uint8Array | undefined;
  /** Default 3 passes over 256 MiB; below 3 passes over 64 MiB is refused. */
  readonly kdf?: KdfCost | undefined;
}

export interface CreationContext {
  readonly vaultId: string;
  readonly memberId: string;
}

export interface NewVault {
  /** Readable by anyone who holds the file. */
  readonly label: string;
  readonly founder: NewSlot;
  /** Compartment 1, the roster. Readable by anyone who holds the file. Default "Main". */
  readonly compartment?: { readonly label?: string | undefined } | undefined;
  /** Compartments 2 and further, which the founder holds. Labels are readable by anyone who holds the file. */
  readonly compartments?: readonly { readonly label: string }[] | undefined;
  /** Makes the plaintexts of the first entries of compartment 1, now that the ids are known. */
  readonly firstEntries: (context: CreationContext) => readonly Uint8Array[];
  /** Makes the plaintexts of the first entries of compartment 2, which must be among `compartments`. */
  readonly sharedEntries?: ((context: CreationContext) => readonly Uint8Array[]) | undefined;
  readonly random?: RandomBytes | undefined;
}

/** Whose slot to open: by id, by what the person is called, or by the readable label. */
export type SlotChoice = { readonly id: string } | { readonly name: string } | { readonly label: string };

export interface UnlockRequest {
  /** Absent: the only slot. */
  readonly member?: SlotChoice | undefined;
  readonly passphrase: Uint8Array;
  readonly keyFile?: Uint8Array | undefined;
  /** Bytes of a key backup, to be opened in place of a slot; `passphrase` is then the backup's, `keyFile` is not used. */
  readonly backup?: Uint8Array | undefined;
}

/** What a key backup says without its passphrase. */
export interface BackupOutline {
  readonly vaultId: string;
  readonly memberId: string;
  /** The readable label of the member's slot when the backup was made. */
  readonly label: string;
}

export interface Cancellable {
  readonly signal?: AbortSignal | undefined;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface Receipt {
  /** Equal to `lastSeq + 1` where nothing but the outer tables changed. */
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Root of the checkpoint that covers them, 64 hex digits. */
  readonly root: string;
}

export interface JournalEntry {
  /** Position in the journal, from 0: also its leaf index in the Merkle tree. */
  readonly seq: number;
  /** Member id of the signer of the first checkpoint that covers it. */
  readonly author: string;
  readonly compartment: number;
  readonly epoch: number;
  /**
   * Null: sealed. This member has no key of that compartment and epoch; that the entry is what was signed, and its author, were checked
   * all the same.
   */
  readonly plaintext: Uint8Array | null;
}

/** Part of a journal with keys of its own. */
export interface CompartmentOutline {
  /** From 1; 1 is the roster, which every member holds. */
  readonly id: number;
  /** Readable by anyone who holds the file. */
  readonly label: string;
  /** The newest key generation, from 1. */
  readonly epoch: number;
  /** Ids of the members with a key of the newest epoch. */
  readonly holders: readonly string[];
  /** Whether this member holds the newest epoch's key. */
  readonly readable: boolean;
}

export interface AppendOptions {
  /** Staged blobs to commit with the entries, whatever compartment they were staged for. */
  readonly blobs?: readonly StagedBlob[] | undefined;
  /** Where the entries go, all of them or each. Default 1. */
  readonly compartment?: number | readonly number[] | undefined;
}

/** A blob whose chunks are in the file but that no commit has made visible yet. */
export interface StagedBlob {
  readonly id: string;
  /** Of the plaintext, 64 hex digits. */
  readonly sha256: string;
  /** Of the plaintext, in bytes. */
  readonly size: number;
}

export interface BlobReader {
  readonly size: number;
  /** Of the plaintext, 64 hex digits. */
  readonly sha256: string;
  /** Bytes from `offset`; fewer than `length` at the end. */
  read(offset: number, length: number): Uint8Array;
  /** All of it, chunk by chunk; ends with an error where the hash does not agree. */
  stream(): AsyncIterable<Uint8Array>;
  /** Its ciphertext and its key, for another thread that opens it (sealed-blob.ts). */
  sealed(): SealedBlob;
}

export interface StageOptions extends Cancellable {
  /** Called with the plaintext bytes taken so far. */
  readonly progress?: ((bytes: number) => void) | undefined;
  /** Whose holders can read it. Default 1. */
  readonly compartment?: number | undefined;
}

export interface NewMember extends NewSlot {
  /** 32 hex digits; made by chance where absent ({@link newMemberId}). */
  readonly id?: string | undefined;
  /** Compartments to share with them, of those that the opener holds. Default all; 1 is always among them. */
  readonly compartments?: readonly number[] | undefined;
  /** Entries of compartment 1, committed in the same transaction: the events that say who this is. */
  readonly entries?: readonly Uint8Array[] | undefined;
}

export interface NewCompartment {
  /** Readable by anyone who holds the file. */
  readonly label: string;
  /** Member ids, at least one. */
  readonly holders: readonly string[];
  /** Makes the entries of compartment 1 that are committed with it, now that its id is known. */
  readonly entries: (id: number) => readonly Uint8Array[];
}

/** A change of who holds a compartment; `entries`, of compartment 1, are committed in the same transaction. */
export interface HolderChange {
  readonly compartment: number;
  readonly member: string;
  readonly entries?: readonly Uint8Array[] | undefined;
}

export interface KeyRotation {
  readonly compartment: number;
  /** Entries of compartment 1, committed in the same transaction. */
  readonly entries?: readonly Uint8Array[] | undefined;
}

export interface MemberRemoval {
  readonly member: string;
  /** Entries of compartment 1, committed in the same transaction and already under its new key. */
  readonly entries?: readonly Uint8Array[] | undefined;
}

export interface BackupRequest {
  /** The backup's own. The caller keeps and wipes its own copy. */
  readonly passphrase: Uint8Array;
  /** Default 3 passes over 256 MiB; below 3 passes over 64 MiB is refused. */
  readonly kdf?: KdfCost | undefined;
}

export interface PassphraseChange {
  /** Not needed where the vault was opened with a key backup. */
  readonly current?: Uint8Array | undefined;
  readonly currentKeyFile?: Uint8Array | undefined;
  readonly next: Uint8Array;
  /** Absent: the slot needs no key file afterwards. */
  readonly nextKeyFile?: Uint8Array | undefined;
  /** Never less than the slot's present cost, which is the least default too. */
  readonly kdf?: KdfCost | undefined;
  /** Entries of compartment 1, committed in the same transaction. */
  readonly entries?: readonly Uint8Array[] | undefined;
}

export interface MemberPublicKeys {
  readonly memberId: string;
  /** Ed25519, 32 bytes. */
  readonly signKey: Uint8Array;
  /** X25519, 32 bytes. */
  readonly boxKey: Uint8Array;
  /** Member id of who let them in; the founder's own for the founder. */
  readonly addedBy: string;
}

export interface SnapshotPart {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Snapshot {
  /** How many entries are in it. */
  readonly size: number;
  readonly parts: readonly SnapshotPart[];
  /** A part that was left for later; null where there is none of that name, or it is not whole. */
  later(name: string): Uint8Array | null;
}

export interface VerifyProblem {
  /** The thing: "entry 12", "checkpoint 3", "page 7". */
  readonly where: string;
  readonly what: string;
}

export interface VerifyOptions extends Cancellable {
  readonly progress?: ((progress: Progress) => void) | undefined;
}

export interface VerifyResult {
  readonly ok: boolean;
  /** "ciphertext": without keys; "everything": each entry and blob was also decrypted. */
  readonly depth: "ciphertext" | "everything";
  readonly entries: number;
  /** Entries that were checked but not opened for want of a key; 0 at depth "ciphertext". */
  readonly sealed: number;
  readonly checkpoints: number;
  readonly blobs: number;
  readonly bytes: number;
  readonly problems: readonly VerifyProblem[];
}

/** A second member's signature in a vault that the first has open: two persons, one workstation. */
export interface SecondSigner {
  readonly memberId: string;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** {@link OpenVault.append}, signed by the second person, encrypted with the open vault's keys. */
  append(plaintexts: readonly Uint8Array[], options?: AppendOptions): Receipt;
  /** {@link OpenVault.removeMember}, signed by the second person; neither of the two can be removed so. */
  removeMember(removal: MemberRemoval): void;
  /** Ed25519 signature, detached, 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
  /** Wipes the second person's keys. Safe to call twice; closing the vault does it too. */
  close(): void;
}

/** An unlocked vault. It holds the file alone until {@link OpenVault.close}. */
export interface OpenVault {
  readonly id: string;
  readonly label: string;
  readonly memberId: string;
  /** How many entries the journal has. */
  readonly size: number;
  readonly checkpoint: Checkpoint;
  /** This member's Ed25519 key, 32 bytes. */
  readonly publicKey: Uint8Array;
  /**
   * Commits entries, and blobs staged before, in one transaction under one new checkpoint.
   * @throws VaultError `disk-full`, `read-only`, `no-such-compartment` (or no key of it), `no-such-blob`, `invalid-argument` (an entry
   *   over 256 MiB; a blob that was staged before its compartment's key was changed), `closed`
   */
  append(plaintexts: readonly Uint8Array[], options?: AppendOptions): Receipt;
  /**
   * Entries `fromSeq` up to but without `toSeq` (default: all), each under a checked signature and root.
   * @throws VaultError `damaged` at the first that is not whole
   */
  entries(fromSeq: number, toSeq?: number): Iterable<JournalEntry>;
  /** @throws VaultError `no-such-entry`, `damaged` */
  entry(seq: number): JournalEntry;
  /** Writes a stream, encrypted, into the file; invisible until {@link OpenVault.append} names it. */
  stageBlob(source: AsyncIterable<Uint8Array>, options?: StageOptions): Promise<StagedBlob>;
  /** Removes a staged blob that is not wanted after all. */
  discardBlob(blob: StagedBlob): void;
  /** @throws VaultError `no-such-blob`, `damaged` */
  blob(id: string): BlobReader;
  /** How this member came in. */
  readonly openedWith: "slot" | "backup";
  /** @returns the new member's id @throws VaultError `no-such-compartment`, `kdf-refused`, `invalid-argument` (name or id taken) */
  addMember(member: NewMember): Promise<string>;
  /**
   * Takes a member's slot, keys and snapshot out of the file; every compartment that they held starts a new epoch, sealed to those who
   * stay. The remover need not hold it. Nobody holds a compartment any more whose only holder was removed.
   * @throws VaultError `no-such-member`, `invalid-argument` (oneself)
   */
  removeMember(removal: MemberRemoval): void;
  /** In the order of their ids. */
  compartments(): readonly CompartmentOutline[];
  /** A new compartment, its key sealed to the holders. @returns its id @throws VaultError `no-such-member`, `invalid-argument` */
  addCompartment(compartment: NewCompartment): number;
  /**
   * Seals the key of every epoch that this member holds of a compartment to another member.
   * @throws VaultError `no-such-member`, `no-such-compartment` (or no key of its newest epoch)
   */
  grantCompartment(change: HolderChange): void;
  /**
   * Takes a member's keys of a compartment out of the file and starts a new epoch for those who stay.
   * @throws VaultError `no-such-member`, `no-such-compartment`, `invalid-argument` (compartment 1, oneself, the only holder, no holder)
   */
  revokeCompartment(change: HolderChange): void;
  /** A new epoch for the same holders: a key may have leaked. @throws VaultError `no-such-compartment`, `invalid-argument` (no holder) */
  rotateCompartment(rotation: KeyRotation): void;
  /** @throws VaultError `wrong-passphrase`, `kdf-refused` (below the floor, or below the slot's present cost) */
  changePassphrase(change: PassphraseChange): Promise<void>;
  /**
   * This member's secret keys, wrapped under another passphrase: a file that opens the vault as this member when the slot's
   * passphrase is forgotten. It stays good until the member is removed. @throws VaultError `kdf-refused`
   */
  backupKeys(request: BackupRequest): Promise<Uint8Array>;
  /** Opens another member's keys beside this one's. @throws VaultError as unlocking does, `invalid-argument` (the same member) */
  secondSigner(request: UnlockRequest): Promise<SecondSigner>;
  /** Ed25519 signature, detached, 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
  /**
   * X25519 with another public key: opens what was encrypted to this member's box key. 32 bytes that the caller wipes; null for a key
   * of small order. @throws VaultError `closed`
   */
  agree(publicKey: Uint8Array): Uint8Array | null;
  memberKeys(): readonly MemberPublicKeys[];
  slots(): readonly SlotOutline[];
  /** Oldest first; numbers from `fromNumber` (default 1), at most `limit`. */
  checkpoints(fromNumber?: number, limit?: number): readonly Checkpoint[];
  checkpointCount(): number;
  /** RFC 6962 audit path of one entry in the tree of the newest checkpoint. */
  inclusionProof(seq: number): readonly Uint8Array[];
  /** RFC 6962 proof that the tree of `size2` entries continues the tree of `size1`. */
  consistencyProof(size1: number, size2: number): readonly Uint8Array[];
  /** RFC 6962 root over the first `size` entries, 32 bytes. @throws VaultError `invalid-argument` */
  rootAt(size: number): Uint8Array;
  /** RFC 6962 leaf hash of an entry, 32 bytes. @throws VaultError `no-such-entry` */
  leafHash(seq: number): Uint8Array;
  saveSnapshot(parts: readonly SnapshotPart[]): void;
  /** This member's snapshot, null where there is none or it does not fit this journal. @param left parts to be read only when asked for */
  loadSnapshot(left?: readonly string[]): Snapshot | null;
  verify(options?: VerifyOptions): Promise<VerifyResult>;
  /** Wipes the keys and closes the file. Safe to call twice. */
  close(): void;
}
