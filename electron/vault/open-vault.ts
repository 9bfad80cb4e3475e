import { findBlob, BlobContent } from "./blobs.ts";
import { toHex } from "./canonical.ts";
import { asVaultError, lockedMeanwhile, VaultError } from "./errors.ts";
import { Compartments } from "./compartments.ts";
import { Journal, type Signer } from "./journal.ts";
import { makeKeyBackup } from "./key-backup.ts";
import { agreeWith } from "./key-agreement.ts";
import { copySecrets, wipeSecrets, type KeyRing } from "./keys.ts";
import { Membership } from "./membership.ts";
import { openMember } from "./open-member.ts";
import { findMember, findSlot } from "./outer.ts";
import type { OuterHost } from "./outer-change.ts";
import { outlineCheckpoint, outlineSlot } from "./outline.ts";
import { JournalProofs } from "./proofs.ts";
import { OpenedSecondSigner } from "./second-signer.ts";
import { checkSchema } from "./schema-check.ts";
import { addCompartmentKeys } from "./slots.ts";
import { Snapshots } from "./snapshots.ts";
import { signDetached, systemRandom, type RandomBytes } from "./sodium.ts";
import { closeWriter, hasLog, openForWriting, type SqliteDatabase } from "./sqlite.ts";
import { BlobStage } from "./staging.ts";
import { foldLog, PageFile, tidy } from "./tidy.ts";
import type {
  AppendOptions,
  BackupRequest,
  BlobReader,
  Checkpoint,
  CompartmentOutline,
  HolderChange,
  JournalEntry,
  KeyRotation,
  MemberPublicKeys,
  MemberRemoval,
  NewCompartment,
  NewMember,
  OpenVault,
  PassphraseChange,
  Receipt,
  SecondSigner,
  SlotOutline,
  Snapshot,
  SnapshotPart,
  StagedBlob,
  StageOptions,
  UnlockRequest,
  VerifyOptions,
  VerifyResult,
} from "./vault-types.ts";
import { verifyOpen } from "./verify.ts";

/** Who opens a vault, with the secret keys in hand. The vault wipes them when it is closed. */
export interface Opener {
  readonly memberId: string;
  readonly keys: KeyRing;
  readonly random?: RandomBytes | undefined;
  readonly openedWith?: "slot" | "backup" | undefined;
}

/** Opens a vault with secret keys. @throws VaultError as {@link openForWriting} does, and "damaged" */
export function openVaultWith(path: string, opener: Opener): OpenVault {
  const recovered = hasLog(path);
  const database = openForWriting(path);
  try {
    checkSchema(database);
    return new UnlockedVault(database, path, { ...opener, recovered });
  } catch (error) {
    closeWriter(database);
    throw asVaultError(error, path);
  }
}

class UnlockedVault implements OpenVault {
  readonly id: string;
  readonly memberId: string;
  readonly publicKey: Uint8Array;
  readonly openedWith: "slot" | "backup";
  readonly #database: SqliteDatabase;
  readonly #path: string;
  readonly #keys: KeyRing;
  readonly #random: RandomBytes;
  readonly #journal: Journal;
  readonly #stage: BlobStage;
  readonly #snapshots: Snapshots;
  readonly #proofs: JournalProofs;
  readonly #membership: Membership;
  readonly #compartments: Compartments;
  readonly #seconds = new Set<SecondSigner>();
  #pages: PageFile | null = null;
  /** Whether this session, or one before that was not closed properly, has put anything into the file. */
  #written: boolean;
  #closed = false;

  constructor(database: SqliteDatabase, path: string, opener: Opener & { readonly recovered: boolean }) {
    this.#database = database;
    this.#path = path;
    this.#keys = opener.keys;
    this.#random = opener.random ?? systemRandom;
    this.memberId = opener.memberId;
    this.#written = opener.recovered;
    const author = { memberId: opener.memberId, keys: opener.keys, random: this.#random };
    this.#journal = new Journal(database, path, author);
    this.id = toHex(this.#journal.outer.vaultId);
    this.publicKey = opener.keys.member.signing.slice(32);
    addCompartmentKeys(opener.keys, this.#journal.outer, opener.memberId);
    this.#stage = new BlobStage({
      database,
      path,
      keys: opener.keys,
      random: this.#random,
      place: (compartment) => this.#journal.place(compartment),
      beforeWriting: () => {
        this.#written = true;
        this.#journal.beforeWriting();
      },
    });
    this.#snapshots = new Snapshots(database, this.#journal, author);
    this.#proofs = new JournalProofs(this.#journal);
    this.openedWith = opener.openedWith ?? "slot";
    const host = this.#outerHost();
    this.#membership = new Membership(host, this.openedWith);
    this.#compartments = new Compartments(host);
  }

  #outerHost(): OuterHost {
    return {
      database: this.#database,
      journal: this.#journal,
      keys: this.#keys,
      memberId: this.memberId,
      random: this.#random,
      mustBeOpen: () => {
        this.#mustBeOpen();
      },
      beforeWriting: () => {
        this.#written = true;
      },
      afterRemoval: () => {
        this.#foldAway();
      },
    };
  }

  get label(): string {
    return this.#journal.outer.label;
  }

  get size(): number {
    return this.#journal.size;
  }

  get checkpoint(): Checkpoint {
    return outlineCheckpoint(this.#journal.tip.checkpoint);
  }

  append(plaintexts: readonly Uint8Array[], options: AppendOptions = {}): Receipt {
    return this.#commit(plaintexts, options);
  }

  #commit(plaintexts: readonly Uint8Array[], options: AppendOptions, signer?: Signer): Receipt {
    this.#mustBeOpen();
    this.#written = true;
    const taken = this.#stage.take(options.blobs ?? []);
    const { compartment } = options;
    const change = { entries: plaintexts, compartment, blobs: taken.rows, before: taken.before };
    const receipt = this.#journal.commit(change, signer);
    taken.done();
    return receipt;
  }

  entries(fromSeq: number, toSeq: number = this.size): Iterable<JournalEntry> {
    this.#mustBeOpen();
    if (!Number.isInteger(fromSeq) || fromSeq < 0) {
      throw new VaultError("invalid-argument", "The first entry must be a whole number from 0.");
    }
    return this.#guarded(this.#journal.entries(fromSeq, Math.min(toSeq, this.size)));
  }

  entry(seq: number): JournalEntry {
    return this.#guard(() => this.#journal.entry(seq));
  }

  async stageBlob(source: AsyncIterable<Uint8Array>, options: StageOptions = {}): Promise<StagedBlob> {
    this.#mustBeOpen();
    return this.#stage.stage(source, options);
  }

  discardBlob(blob: StagedBlob): void {
    this.#mustBeOpen();
    this.#stage.discard(blob);
  }

  blob(id: string): BlobReader {
    const { vaultId } = this.#journal.outer;
    return this.#guard(() => new BlobContent(this.#database, findBlob(this.#database, id), vaultId, this.#keys));
  }

  async addMember(member: NewMember): Promise<string> {
    return this.#membership.add(member);
  }

  removeMember(removal: MemberRemoval): void {
    this.#guard(() => {
      this.#membership.remove(removal);
    });
  }

  async changePassphrase(change: PassphraseChange): Promise<void> {
    return this.#membership.changePassphrase(change);
  }

  async backupKeys(request: BackupRequest): Promise<Uint8Array> {
    this.#mustBeOpen();
    const { label } = findSlot(this.#journal.outer, this.memberId);
    const secrets = copySecrets(this.#keys.member);
    try {
      return await makeKeyBackup({ vaultId: this.id, memberId: this.memberId, label }, secrets, request, this.#random);
    } finally {
      wipeSecrets(secrets);
    }
  }

  async secondSigner(request: UnlockRequest): Promise<SecondSigner> {
    this.#mustBeOpen();
    const member = await openMember(this.#journal.outer, request);
    if (this.#closed || member.memberId === this.memberId) {
      wipeSecrets(member.secrets);
      this.#mustBeOpen();
      throw new VaultError("invalid-argument", "The second person must be another member.");
    }
    const second = new OpenedSecondSigner(member, {
      append: (plaintexts, options, signer) => this.#commit(plaintexts, options, signer),
      remove: (removal, signer) => {
        this.#guard(() => {
          this.#membership.remove(removal, signer);
        });
      },
      mustBeMember: (id) => {
        this.#mustBeOpen();
        findMember(this.#journal.outer, id);
      },
      onClose: (closed) => this.#seconds.delete(closed),
    });
    this.#seconds.add(second);
    return second;
  }

  compartments(): readonly CompartmentOutline[] {
    return this.#compartments.list();
  }

  addCompartment(compartment: NewCompartment): number {
    return this.#guard(() => this.#compartments.add(compartment));
  }

  grantCompartment(change: HolderChange): void {
    this.#guard(() => {
      this.#compartments.grant(change);
    });
  }

  revokeCompartment(change: HolderChange): void {
    this.#guard(() => {
      this.#compartments.revoke(change);
    });
  }

  rotateCompartment(rotation: KeyRotation): void {
    this.#guard(() => {
      this.#compartments.rotate(rotation);
    });
  }

  sign(bytes: Uint8Array): Uint8Array {
    this.#mustBeOpen();
    return signDetached(bytes, this.#keys.member.signing);
  }

  agree(publicKey: Uint8Array): Uint8Array | null {
    return this.#guard(() => agreeWith(this.#keys.member.box, publicKey));
  }

  memberKeys(): readonly MemberPublicKeys[] {
    return this.#journal.outer.members.map((member) => ({
      memberId: toHex(member.id),
      signKey: member.ed25519,
      boxKey: member.x25519,
      addedBy: toHex(member.addedBy),
    }));
  }

  slots(): readonly SlotOutline[] {
    return this.#journal.outer.slots.map(outlineSlot);
  }

  checkpoints(fromNumber = 1, limit = Number.MAX_SAFE_INTEGER): readonly Checkpoint[] {
    const first = Math.max(fromNumber, 1);
    const last = Math.min(this.checkpointCount(), fromNumber + limit - 1);
    return this.#guard(() => this.#journal.reader.range(first, last).map(outlineCheckpoint));
  }

  checkpointCount(): number {
    return this.#journal.tip.checkpoint.number;
  }

  inclusionProof(seq: number): readonly Uint8Array[] {
    return this.#guard(() => this.#proofs.inclusion(seq));
  }

  consistencyProof(size1: number, size2: number): readonly Uint8Array[] {
    return this.#guard(() => this.#proofs.consistency(size1, size2));
  }

  rootAt(size: number): Uint8Array {
    return this.#guard(() => this.#proofs.rootAt(size));
  }

  leafHash(seq: number): Uint8Array {
    return this.#guard(() => this.#proofs.leafHash(seq));
  }

  saveSnapshot(parts: readonly SnapshotPart[]): void {
    this.#written = true;
    this.#guard(() => {
      this.#snapshots.save(parts);
    });
  }

  loadSnapshot(left: readonly string[] = []): Snapshot | null {
    return this.#guard(() => this.#snapshots.load(new Set(left)));
  }

  async verify(options: VerifyOptions = {}): Promise<VerifyResult> {
    this.#mustBeOpen();
    if (this.#written) foldLog(this.#database);
    return verifyOpen(this.#database, this.#pageFile(), { ...options, keys: this.#keys, tidy: false });
  }

  close(): void {
    if (this.#closed) return;
    for (const second of this.#seconds) second.close();
    this.#closed = true;
    try {
      if (this.#written) this.#leaveTidy();
    } catch {
      // All that was acknowledged is in the log, which stays: the next opening does what could not be done now.
    } finally {
      this.#keys.wipe();
      closeWriter(this.#database);
      this.#pages?.close();
    }
  }

  /** What was taken out of the file is in its log's older pages until they are folded. It is committed whether that works now or not. */
  #foldAway(): void {
    try {
      foldLog(this.#database);
    } catch {
      // Closing, or else the next opening, folds the log.
    }
  }

  #leaveTidy(): void {
    this.#journal.announceWriter();
    this.#stage.clear();
    foldLog(this.#database);
    tidy(this.#database, this.#pageFile());
  }

  /** One reader of the raw file for the whole session: closing it earlier would drop SQLite's lock. */
  #pageFile(): PageFile {
    this.#pages ??= new PageFile(this.#path, "r+");
    return this.#pages;
  }

  /** Does something with the open database; what SQLite throws becomes the vault's own error. */
  #guard<T>(work: () => T): T {
    this.#mustBeOpen();
    try {
      return work();
    } catch (error) {
      throw asVaultError(error, this.#path);
    }
  }

  *#guarded(entries: Iterable<JournalEntry>): Generator<JournalEntry> {
    const iterator = entries[Symbol.iterator]();
    for (let next = this.#guard(() => iterator.next()); next.done !== true; next = this.#guard(() => iterator.next())) {
      yield next.value;
    }
  }

  #mustBeOpen(): void {
    if (this.#closed) throw lockedMeanwhile();
  }
}
