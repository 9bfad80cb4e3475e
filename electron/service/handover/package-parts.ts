import type { ContributorKey, OriginCheckpoint, OriginEntry } from "../../contract/handover-package.ts";
import type { Packable, Provenance } from "../../domain/handovers/closure.ts";
import { contributorOfKey } from "../../domain/handovers/queries.ts";
import { memberName, vaultName } from "../../domain/members/queries.ts";
import { Refusal } from "../../domain/refusal.ts";
import { eventBytes, type PackedEvent } from "../../handover/index.ts";
import type { OpenSession } from "../open-session.ts";
import { hex } from "./own-card.ts";

/**
 * The lists of a package, filled while its events are added: an event of this vault is signed now, by its author or, for
 * somebody else of this vault, by who packs; one that came from another vault keeps the signature that it came with.
 */
export class PackageParts {
  readonly #session: OpenSession;
  readonly #note: string;
  readonly #ownKeys: ReadonlyMap<string, string>;
  readonly #contributors = new Map<string, ContributorKey>();
  readonly #checkpoints: OriginCheckpoint[] = [];
  readonly #checkpointPlaces = new Map<string, number>();
  readonly #entries: OriginEntry[] = [];
  readonly #entryPlaces = new Map<string, number>();

  constructor(session: OpenSession) {
    const { vault } = session;
    this.#session = session;
    this.#note = vault.checkpoint.note;
    this.#ownKeys = new Map(vault.memberKeys().map(({ memberId, signKey }) => [memberId, hex(signKey)]));
    this.#own(vault.memberId);
    this.#own(vault.checkpoint.signer);
    this.#checkpoint({ vaultId: vault.id, note: this.#note });
  }

  add(one: Packable): PackedEvent {
    const { provenance, event } = one;
    if (provenance === null) return { event, claim: this.#sign(one) };
    for (const contributor of provenance.contributors) this.#other(contributor);
    const entry = this.#entry(
      this.#checkpoint({ vaultId: provenance.origin.vaultId, note: provenance.note }),
      provenance,
    );
    return { event, claim: { ...provenance.origin.claim, entry } };
  }

  listed(): { contributors: ContributorKey[]; checkpoints: OriginCheckpoint[]; entries: OriginEntry[] } {
    return {
      contributors: [...this.#contributors.values()],
      checkpoints: this.#checkpoints,
      entries: this.#entries,
    };
  }

  #sign({ event, seq, index, stamp }: Packable): PackedEvent["claim"] {
    const { vault } = this.#session;
    const author = this.#own(event.by);
    const entry = this.#ownEntry(seq);
    const proved = this.#entries[entry];
    if (proved === undefined) throw new Error("an entry of a package is missing");
    const place = { vaultId: vault.id, entry: proved, claim: { index, stamp, author } };
    const signature = Buffer.from(vault.sign(eventBytes(place, event))).toString("base64");
    return { entry, index, stamp, author, signer: hex(vault.publicKey), signature };
  }

  /** Somebody of this vault; answers with their key. */
  #own(memberId: string): string {
    const { vault, model } = this.#session;
    const key = this.#ownKeys.get(memberId);
    if (key === undefined) throw new Refusal("vault-damaged", memberId, "It holds an event of nobody.");
    const facts = { vaultId: vault.id, vaultName: vaultName(model) || vault.label };
    this.#contributors.set(key, { ...facts, memberId, name: memberName(model, memberId).slice(0, 200), key });
    return key;
  }

  /** Somebody of another vault, by the name that was heard last. */
  #other(contributor: ContributorKey): void {
    const known = contributorOfKey(this.#session.model, contributor.key);
    const { name, vaultName: vault } = known ?? contributor;
    if (this.#ownKeys.get(contributor.memberId) !== undefined) this.#own(contributor.memberId);
    else this.#contributors.set(contributor.key, { ...contributor, name, vaultName: vault });
  }

  #checkpoint(checkpoint: OriginCheckpoint): number {
    const key = `${checkpoint.vaultId}\n${checkpoint.note}`;
    const known = this.#checkpointPlaces.get(key);
    if (known !== undefined) return known;
    this.#checkpointPlaces.set(key, this.#checkpoints.length);
    this.#checkpoints.push(checkpoint);
    return this.#checkpoints.length - 1;
  }

  #ownEntry(seq: number): number {
    const known = this.#entryPlaces.get(`0/${String(seq)}`);
    if (known !== undefined) return known;
    const { vault } = this.#session;
    return this.#put(`0/${String(seq)}`, {
      checkpoint: 0,
      seq,
      leaf: hex(vault.leafHash(seq)),
      path: vault.inclusionProof(seq).map(hex),
    });
  }

  #entry(checkpoint: number, { origin }: Provenance): number {
    const key = `${String(checkpoint)}/${String(origin.entry.seq)}`;
    return this.#entryPlaces.get(key) ?? this.#put(key, { ...origin.entry, checkpoint });
  }

  #put(key: string, entry: OriginEntry): number {
    this.#entryPlaces.set(key, this.#entries.length);
    this.#entries.push(entry);
    return this.#entries.length - 1;
  }
}
