import { findBlob, BlobContent } from "./blobs.ts";
import { fromHex, sameBytes, toHex } from "./canonical.ts";
import { asVaultError, damaged, lockedMeanwhile, VaultError } from "./errors.ts";
import { Journal } from "./journal.ts";
import { defaultKdf, type Secret } from "./key-derivation.ts";
import { KeyRing, memberKeyPairs, type MemberSecrets } from "./keys.ts";
import { consistencyProof, inclusionProof } from "./merkle.ts";
import { memberIdLength, signMember, type OuterRows, type SlotRow } from "./outer.ts";
import { insertCompartmentKey, insertMember, insertSlot, replaceSlot } from "./outer-writes.ts";
import { outlineSlot } from "./outline.ts";
import { checkSchema } from "./schema-check.ts";
import {
  checkLabel,
  makeSlot,
  nameTagOf,
  openCompartmentKey,
  openSlot,
  sealCompartmentKey,
  wrongPassphrase,
  type NewSlotRow,
  type SlotFacts,
} from "./slots.ts";
import { Snapshots } from "./snapshots.ts";
import { signDetached, systemRandom, type RandomBytes } from "./sodium.ts";
import { closeWriter, hasLog, openForWriting, type SqliteDatabase } from "./sqlite.ts";
import { BlobStage } from "./staging.ts";
import { foldLog, PageFile, tidy } from "./tidy.ts";
import type {
  AppendOptions,
  BlobReader,
  Checkpoint,
  CompartmentOutline,
  JournalEntry,
  MemberPublicKeys,
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
  VerifyOptions,
  VerifyResult,
} from "./vault-types.ts";
import { verifyOpen } from "./verify.ts";

export type { OpenVault } from "./vault-types.ts";

/** Who opens a vault, with the secret keys in hand. The vault wipes them when it is closed. */
export interface Opener {
  readonly memberId: string;
  readonly keys: KeyRing;
  readonly random?: RandomBytes | undefined;
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
  readonly #database: SqliteDatabase;
  readonly #path: string;
  readonly #keys: KeyRing;
  readonly #random: RandomBytes;
  readonly #journal: Journal;
  readonly #stage: BlobStage;
  readonly #snapshots: Snapshots;
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
      place: () => this.#journal.place,
      beforeWriting: () => {
        this.#written = true;
        this.#journal.announceWriter();
      },
    });
    this.#snapshots = new Snapshots(database, this.#journal, author);
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
    this.#mustBeOpen();
    this.#written = true;
    const taken = this.#stage.take(options.blobs ?? []);
    const { compartment } = options;
    const receipt = this.#journal.commit({ entries: plaintexts, compartment, blobs: taken.rows, before: taken.before });
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
    this.#mustBeOpen();
    const { outer } = this.#journal;
    const { vaultId } = outer;
    const id = member.id === undefined ? this.#random(memberIdLength) : fromHex(member.id);
    checkNewMember(outer, id, nameTagOf(vaultId, member.name));
    const { secrets, publicKeys } = memberKeyPairs(this.#random(32), this.#random(32));
    const facts = {
      vaultId,
      member: id,
      label: checkLabel(member.label, "slot's label"),
      nameTag: nameTagOf(vaultId, member.name),
      kdf: member.kdf ?? defaultKdf,
    };
    const slot = await this.#makeSlot(facts, secrets, member);
    this.#mustBeOpen();
    const row = { id, ...publicKeys, addedBy: fromHex(this.memberId) };
    const before = (): void => {
      insertMember(this.#database, { ...row, signature: signMember(vaultId, row, this.#keys.member.signing) });
      insertSlot(this.#database, slot);
      this.#shareCompartments(id, publicKeys.x25519);
    };
    this.#written = true;
    this.#journal.commit({ entries: member.entries, before, outer: true });
    return toHex(id);
  }

  async changePassphrase(change: PassphraseChange): Promise<void> {
    this.#mustBeOpen();
    const old = this.#ownSlot();
    const { outer } = this.#journal;
    if (change.current === undefined) throw wrongPassphrase();
    const current = { passphrase: change.current, keyFile: change.currentKeyFile };
    const secrets = await openSlot(outer, old, current);
    const { member, label, nameTag } = old;
    const facts = { vaultId: outer.vaultId, member, label, nameTag, kdf: change.kdf ?? defaultKdf };
    const next = { passphrase: change.next, keyFile: change.nextKeyFile };
    const slot = await this.#makeSlot(facts, secrets, next);
    this.#mustBeOpen();
    this.#written = true;
    this.#journal.commit({
      entries: change.entries,
      before: () => {
        replaceSlot(this.#database, old.number, slot);
      },
      outer: true,
    });
  }

  readonly openedWith = "slot";

  compartments(): readonly CompartmentOutline[] {
    return this.#notYet();
  }

  addCompartment(): number {
    return this.#notYet();
  }

  grantCompartment(): void {
    this.#notYet();
  }

  revokeCompartment(): void {
    this.#notYet();
  }

  rotateCompartment(): void {
    this.#notYet();
  }

  removeMember(): void {
    this.#notYet();
  }

  async backupKeys(): Promise<Uint8Array> {
    await Promise.resolve();
    return this.#notYet();
  }

  async secondSigner(): Promise<SecondSigner> {
    await Promise.resolve();
    return this.#notYet();
  }

  rootAt(): Uint8Array {
    return this.#notYet();
  }

  leafHash(): Uint8Array {
    return this.#notYet();
  }

  #notYet(): never {
    throw new VaultError("io", "This is not built yet.");
  }

  sign(bytes: Uint8Array): Uint8Array {
    this.#mustBeOpen();
    return signDetached(bytes, this.#keys.member.signing);
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
    return this.#guard(() =>
      Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
        outlineCheckpoint(this.#journal.reader.read(first + index)),
      ),
    );
  }

  checkpointCount(): number {
    return this.#journal.tip.checkpoint.number;
  }

  inclusionProof(seq: number): readonly Uint8Array[] {
    if (!Number.isInteger(seq) || seq < 0 || seq >= this.size) {
      throw new VaultError("no-such-entry", `The journal has no entry ${String(seq)}.`, { seq });
    }
    return this.#guard(() => inclusionProof(this.#journal.known.leaves(this.size), seq));
  }

  consistencyProof(size1: number, size2: number): readonly Uint8Array[] {
    if (!Number.isInteger(size1) || !Number.isInteger(size2) || size1 < 0 || size1 > size2 || size2 > this.size) {
      throw new VaultError("invalid-argument", "The journal has no trees of these sizes.", { size1, size2 });
    }
    return this.#guard(() => consistencyProof(this.#journal.known.leaves(size2), size1));
  }

  saveSnapshot(parts: readonly SnapshotPart[]): void {
    this.#written = true;
    this.#guard(() => {
      this.#snapshots.save(parts);
    });
  }

  loadSnapshot(): Snapshot | null {
    return this.#guard(() => this.#snapshots.load());
  }

  async verify(options: VerifyOptions = {}): Promise<VerifyResult> {
    this.#mustBeOpen();
    if (this.#written) foldLog(this.#database);
    return verifyOpen(this.#database, this.#pageFile(), { ...options, keys: this.#keys, tidy: false });
  }

  close(): void {
    if (this.#closed) return;
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

  #leaveTidy(): void {
    this.#journal.announceWriter();
    this.#stage.clear();
    foldLog(this.#database);
    tidy(this.#database, this.#pageFile());
  }

  /** One reader of the raw file for the whole session: closing it earlier would drop SQLite's lock. */
  #pageFile(): PageFile {
    this.#pages ??= new PageFile(this.#path);
    return this.#pages;
  }

  /** Wraps secret keys in a slot and wipes them, whatever happens. */
  async #makeSlot(facts: SlotFacts, secrets: MemberSecrets, secret: Secret): Promise<NewSlotRow> {
    try {
      return await makeSlot(facts, secrets, secret, { random: this.#random });
    } finally {
      new KeyRing(secrets).wipe();
    }
  }

  #ownSlot(): SlotRow {
    const slot = this.#journal.outer.slots.find((one) => toHex(one.member) === this.memberId);
    if (slot === undefined) throw damaged("slot", "this member has none");
    return slot;
  }

  #shareCompartments(member: Uint8Array, x25519: Uint8Array): void {
    const { outer } = this.#journal;
    for (const { compartment, epoch, member: owner } of outer.compartmentKeys) {
      if (toHex(owner) !== this.memberId) continue;
      const place = { vaultId: outer.vaultId, compartment, epoch };
      const sealed = sealCompartmentKey(place, this.#keys.compartment(compartment, epoch), x25519);
      insertCompartmentKey(this.#database, { compartment, epoch, member, sealed });
    }
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

function checkNewMember(outer: OuterRows, id: Uint8Array, nameTag: Uint8Array): void {
  if (id.length !== memberIdLength || outer.members.some((one) => sameBytes(one.id, id))) {
    throw new VaultError("invalid-argument", "The new member's id is not 32 hex digits of its own.");
  }
  if (outer.slots.some((slot) => sameBytes(slot.nameTag, nameTag))) {
    throw new VaultError("invalid-argument", "There is already a member of that name.");
  }
}

function outlineCheckpoint({ number, size, rootHex, signer, note }: Checkpoint): Checkpoint {
  return { number, size, rootHex, signer, note };
}

function addCompartmentKeys(keys: KeyRing, outer: OuterRows, memberId: string): void {
  const { vaultId } = outer;
  const pair = { box: keys.member.box, x25519: memberKeyPairs(keys.member.seed, keys.member.box).publicKeys.x25519 };
  outer.compartmentKeys.forEach(({ compartment, epoch, member, sealed }, index) => {
    if (toHex(member) !== memberId) return;
    const key = openCompartmentKey({ vaultId, compartment, epoch }, sealed, pair);
    if (key === null) throw damaged(`compartment key ${String(index + 1)}`, "it is not what was written there");
    keys.add(compartment, epoch, key);
  });
}
