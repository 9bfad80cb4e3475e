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
  /** Readable by anyone who holds the file. Default "Main". */
  readonly compartment?: { readonly label?: string | undefined } | undefined;
  /** Makes the plaintexts of the first entries, now that the ids are known. */
  readonly firstEntries: (context: CreationContext) => readonly Uint8Array[];
  readonly random?: RandomBytes | undefined;
}

/** Whose slot to open: by id, by what the person is called, or by the readable label. */
export type SlotChoice = { readonly id: string } | { readonly name: string } | { readonly label: string };

export interface UnlockRequest {
  /** Absent: the only slot. */
  readonly member?: SlotChoice | undefined;
  readonly passphrase: Uint8Array;
  readonly keyFile?: Uint8Array | undefined;
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
  readonly plaintext: Uint8Array;
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
}

export interface StageOptions extends Cancellable {
  /** Called with the plaintext bytes taken so far. */
  readonly progress?: ((bytes: number) => void) | undefined;
}

export interface NewMember extends NewSlot {
  /** 32 hex digits; made by chance where absent ({@link newMemberId}). */
  readonly id?: string | undefined;
  /** Entries committed in the same transaction: the events that say who this is. */
  readonly entries?: readonly Uint8Array[] | undefined;
}

export interface PassphraseChange {
  readonly current: Uint8Array;
  readonly currentKeyFile?: Uint8Array | undefined;
  readonly next: Uint8Array;
  /** Absent: the slot needs no key file afterwards. */
  readonly nextKeyFile?: Uint8Array | undefined;
  readonly kdf?: KdfCost | undefined;
  /** Entries committed in the same transaction. */
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
  readonly checkpoints: number;
  readonly blobs: number;
  readonly bytes: number;
  readonly problems: readonly VerifyProblem[];
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
   * @throws VaultError `disk-full`, `read-only`, `invalid-argument` (an entry over 256 MiB), `closed`
   */
  append(plaintexts: readonly Uint8Array[], options?: { readonly blobs?: readonly StagedBlob[] }): Receipt;
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
  /** @returns the new member's id */
  addMember(member: NewMember): Promise<string>;
  /** @throws VaultError `wrong-passphrase` */
  changePassphrase(change: PassphraseChange): Promise<void>;
  /** Ed25519 signature, detached, 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
  memberKeys(): readonly MemberPublicKeys[];
  slots(): readonly SlotOutline[];
  /** Oldest first; numbers from `fromNumber` (default 1), at most `limit`. */
  checkpoints(fromNumber?: number, limit?: number): readonly Checkpoint[];
  checkpointCount(): number;
  /** RFC 6962 audit path of one entry in the tree of the newest checkpoint. */
  inclusionProof(seq: number): readonly Uint8Array[];
  /** RFC 6962 proof that the tree of `size2` entries continues the tree of `size1`. */
  consistencyProof(size1: number, size2: number): readonly Uint8Array[];
  saveSnapshot(parts: readonly SnapshotPart[]): void;
  /** This member's snapshot, null where there is none or it does not fit this journal. */
  loadSnapshot(): Snapshot | null;
  verify(options?: VerifyOptions): Promise<VerifyResult>;
  /** Wipes the keys and closes the file. Safe to call twice. */
  close(): void;
}
