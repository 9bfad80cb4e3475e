import { lockedMeanwhile } from "./errors.ts";
import type { Signer } from "./journal.ts";
import { wipeSecrets } from "./keys.ts";
import type { OpenedMember } from "./open-member.ts";
import { signDetached } from "./sodium.ts";
import type { AppendOptions, MemberRemoval, Receipt, SecondSigner } from "./vault-types.ts";

/** What a second signer needs of the open vault. */
export interface SigningHost {
  readonly append: (plaintexts: readonly Uint8Array[], options: AppendOptions, signer: Signer) => Receipt;
  readonly remove: (removal: MemberRemoval, signer: Signer) => void;
  /** @throws VaultError "closed" (the vault), "no-such-member" (they were removed meanwhile) */
  readonly mustBeMember: (memberId: string) => void;
  readonly onClose: (closed: SecondSigner) => void;
}

/** A second member's keys beside an open vault. */
export class OpenedSecondSigner implements SecondSigner {
  readonly memberId: string;
  readonly publicKey: Uint8Array;
  readonly #member: OpenedMember;
  readonly #host: SigningHost;
  #closed = false;

  constructor(member: OpenedMember, host: SigningHost) {
    this.#member = member;
    this.#host = host;
    this.memberId = member.memberId;
    this.publicKey = member.secrets.signing.slice(32);
  }

  append(plaintexts: readonly Uint8Array[], options: AppendOptions = {}): Receipt {
    return this.#host.append(plaintexts, options, this.#signer());
  }

  removeMember(removal: MemberRemoval): void {
    this.#host.remove(removal, this.#signer());
  }

  sign(bytes: Uint8Array): Uint8Array {
    return signDetached(bytes, this.#signer().signing);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    wipeSecrets(this.#member.secrets);
    this.#host.onClose(this);
  }

  #signer(): Signer {
    if (this.#closed) throw lockedMeanwhile();
    this.#host.mustBeMember(this.memberId);
    return { memberId: this.memberId, signing: this.#member.secrets.signing };
  }
}
